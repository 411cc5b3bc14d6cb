import type { Page } from 'playwright-core';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { Devices, openHome } from '#support/browser.js';
import { aMember, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { violationsOn } from '#support/violations.js';

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
});
afterEach(() => devices?.closeAll());
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

async function boxOf(page: Page, selector: string): Promise<{ top: number; bottom: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen.`);
  return { top: box.y, bottom: box.y + box.height };
}

test('#51 #60 on a phone an award covers neither the greeting nor the balance; a choice of the profile is no movement', async () => {
  const story = await Story.begin(server);
  const person = await story.person();
  const page = await (await devices.signedIn(story, person, PHONE)).newPage();
  await openHome(page, story);
  const params = { program: story.slug, member: 'me' };
  await call(person.caller, changeProfile, { params, body: { alias: 'Luz de Gas', zone: 'Atlantic/Canary' } });
  await story.record(aPurchase({ externalId: person.externalId, totalMinor: 1_200 }));
  await page.locator('.toast').first().waitFor();
  const [toast, balance, greeting] = await Promise.all(
    ['.toast', '[data-balance]', 'h1'].map((one) => boxOf(page, one)),
  );
  for (const box of [balance, greeting]) expect(toast?.top).toBeGreaterThan(box?.bottom ?? Infinity);
  const last = page.getByRole('region', { name: 'Últimos movimientos' });
  await last.getByText('Compra').first().waitFor();
  expect(await last.getByText('Cambio en el perfil').count()).toBe(0);
});

test('#53 the address that waits is told at home and in the profile, and takes no room elsewhere', async () => {
  const story = await Story.begin(server);
  const draft = aMember();
  const page = await (await devices.fresh(PHONE)).newPage();
  await page.goto(`${server.url}/${story.slug}/join`);
  for (const name of ['name', 'email', 'password'] as const)
    await page.locator(`input[name=${name}]`).fill(draft[name]);
  await page.getByRole('button', { name: 'Unirme' }).click();
  await page.locator('[data-balance]').waitFor();
  const banner = page.getByText(draft.email);
  await banner.first().waitFor();
  await page.goto(`${server.url}/${story.slug}/missions`);
  await page.getByRole('heading', { level: 1, name: 'Misiones' }).waitFor();
  await page.getByText('No tienes ninguna misión a medias').waitFor();
  expect(await banner.count()).toBe(0);
});

test('#61 #62 the console stands in landmarks; before it is recorded, staff read what it would give', async () => {
  const story = await Story.begin(server);
  const lucia = await story.person();
  const manager = await story.person('manager');
  const page = await (await devices.signedIn(story, manager)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/activities?member=${lucia.member}`);
  await page.getByLabel('Total', { exact: true }).fill('1200');
  expect(await violationsOn(page, ['region'])).toEqual([]);
  await page.getByLabel('Motivo').fill('La caja no leyó tu tarjeta');
  await page.getByRole('button', { name: 'Revisar' }).click();
  const trial = page.locator('[data-trial]');
  await trial.getByText('Sube a Plata').waitFor();
  expect(await trial.innerText()).toMatch(/\+[12]\.[24]00 puntos/);
  // Nothing was recorded by looking.
  expect((await story.journal(lucia.externalId)).map(({ cause }) => cause.type)).not.toContain('purchase');
});

test('#59 a badge that is older than the enrolment is explained beside it', async () => {
  const story = await Story.begin(server);
  const [imported, fresh] = [await story.person(), await story.person()];
  const longAgo = new Date(Date.now() - 100 * 86_400_000).toISOString();
  await story.record(aPurchase({ externalId: imported.externalId, occurredAt: longAgo }));
  await story.record(aPurchase({ externalId: fresh.externalId }));
  const page = await (await devices.signedIn(story, await story.person('manager'))).newPage();
  const open = async (member: string | null) => {
    await page.goto(`${server.url}/console/${story.slug}/members/${member ?? ''}`);
    await page.getByText('Primera compra').first().waitFor();
    return page.getByText('con historial al menos desde el').count();
  };
  expect([await open(imported.member), await open(fresh.member)]).toEqual([1, 0]);
});
