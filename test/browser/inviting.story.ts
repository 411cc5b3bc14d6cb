import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { register } from '@verbena/shared/identity/accounts.routes.js';
import { changeProfile, joinProgram } from '@verbena/shared/members/members.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { Devices, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aMember, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

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

async function anAdvocate(story: Story): Promise<Person> {
  const person = await story.person();
  const params = { program: story.slug, member: 'me' };
  await call(person.caller, changeProfile, { params, body: { alias: 'Luz de Gas' } });
  return person;
}

/** Somebody new joins by a code. */
async function aFriend(story: Story, invitation: string, alias: string): Promise<string> {
  const { name, email, password } = aMember();
  await call({ url: server.url }, register, { body: { name, email, password, language: 'es' } });
  const { caller } = await story.logIn({ email, password });
  const joined = await call(caller, joinProgram, { params: { program: story.slug }, body: { invitation, alias } });
  return joined.id;
}

async function openInvite(page: Page, story: Story): Promise<string> {
  await page.goto(`${server.url}/${story.slug}/invite`);
  return (await page.locator('[data-invitation-code]').innerText()).trim();
}

describe('inviting', () => {
  test('I1 link, code and QR are there; copying is said, also where the browser gives no permission', async () => {
    const story = await Story.begin(server);
    const page = await (await devices.signedIn(story, await anAdvocate(story))).newPage();
    const code = await openInvite(page, story);
    const link = `${server.url}/${story.slug}/i/${code}`;
    const field = page.getByLabel('Enlace de invitación');
    expect(await field.inputValue()).toBe(link);
    await page.getByRole('img', { name: `Código QR que abre ${link}` }).waitFor();
    await page.getByText('Todavía no has invitado a nadie').waitFor();

    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('Not now', 'NotAllowedError'));
      document.addEventListener('copy', () => (window.mark = getSelection()?.toString() || 'copied from the field'));
    });
    await page.getByRole('button', { name: 'Copiar el enlace' }).click();
    await page.getByRole('button', { name: 'Enlace copiado' }).waitFor();
    expect(await page.evaluate(() => window.mark)).toBeDefined();
    expect(
      await field.evaluate((input: HTMLInputElement) =>
        input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
      ),
    ).toBe(link);
    await eventually(async () => (await shownOn(page)).spoken.includes('Enlace copiado'));

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Descargar QR' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`invitacion-${code}.png`);
    const picture = await readFile(await download.path());
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(picture.length).toBeGreaterThan(500);
  });

  test('I1 where nothing may be copied at all, the link stands selected and the page says what to do', async () => {
    const story = await Story.begin(server);
    const page = await (await devices.signedIn(story, await anAdvocate(story))).newPage();
    await openInvite(page, story);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('Not now', 'NotAllowedError'));
      document.execCommand = () => false;
    });
    await page.getByRole('button', { name: 'Copiar el enlace' }).click();
    await page.getByText('Tu navegador no deja copiar.', { exact: false }).first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  });

  test('I2 a friend joins, buys for the first time, and the page says so without a reload', async () => {
    const story = await Story.begin(server);
    const advocate = await anAdvocate(story);
    const page = await (await devices.signedIn(story, advocate, { viewport: { width: 390, height: 844 } })).newPage();
    const code = await openInvite(page, story);
    const friend = await aFriend(story, code, 'Ana Nueva');
    await page.reload();
    await page.locator('[data-friend=pending]').waitFor();
    expect(await page.locator('[data-friend]').innerText()).toMatch(/Ana Nueva[^]*Puede contar hasta el[^]*Pendiente/);
    await page.getByText('1 pendiente').waitFor();
    await page.evaluate(() => (window.mark = 'the same page'));

    await story.record(aPurchase({ member: { id: friend }, totalMinor: 2_000 }));
    await page.locator('[data-friend=qualified]').waitFor();
    expect(await page.locator('[data-friend]').innerText()).toMatch(/Cumplida[^]*\+300 puntos/);
    await page.getByText('1 cumplida').waitFor();
    await page.getByText('Ganas por 10 personas como mucho al mes. Llevas 1.').waitFor();
    expect(await page.evaluate(() => window.mark)).toBe('the same page');

    // The friend's card is one step away.
    await page.getByRole('link', { name: 'Ana Nueva', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Carné de Ana Nueva' }).waitFor();
  });

  test('A3 one’s own card says how the others see one, and where to change it', async () => {
    const story = await Story.begin(server);
    const page = await (await devices.signedIn(story, await anAdvocate(story))).newPage();
    await page.goto(`${server.url}/${story.slug}/members/${encodeURIComponent('Luz de Gas')}`);
    await page.getByText('Así te ven los demás.').waitFor();
    const change = page.getByRole('link', { name: 'Cambiar lo que enseñas' });
    expect(await change.getAttribute('href')).toBe(`/${story.slug}/me`);
    await page.goto(`${server.url}/${story.slug}/members/Nadie`);
    await page.getByRole('heading', { level: 1, name: 'Aquí no hay nadie con ese alias' }).waitFor();
  });

  test('I1 a program without invitations says so, and its menu does not lead there', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const { definitions } = await call(server.local, getDefinitions, { params });
    await call(server.local, putDefinitions, { params, body: { definitions: { ...definitions, referrals: [] } } });
    const page = await (await devices.signedIn(story, await story.person())).newPage();
    await page.goto(`${server.url}/${story.slug}/invite`);
    await page.getByText('Este programa no tiene invitaciones').waitFor();
    expect(await page.locator(`nav a[href="/${story.slug}/invite"]`).count()).toBe(0);
  });
});
