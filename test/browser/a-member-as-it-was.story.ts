import { getMember } from '@verbena/shared/members/members.routes.js';
import type { Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const DAY_MS = 86_400_000;
let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  // The browser's own clock stays; the server's begins ten days ago.
  [server, devices] = await Promise.all([
    startServer({ clock: new Date(Date.now() - 10 * DAY_MS).toISOString() }),
    Devices.open(),
  ]);
});
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

const said = (page: Page, what: string) => page.locator(`[data-then="${what}"]`).innerText();

test('C11 the staff see a member as it was, by the keyboard, on a laptop and on a phone, in both languages', async () => {
  const story = await Story.begin(server);
  const [externalId, rival] = [aKey('tarjeta'), aKey('tarjeta')];
  await story.record(aPurchase({ externalId, totalMinor: 40_000 }));
  await server.moveClock(new Date(Date.now() - 5 * DAY_MS).toISOString());
  await story.record(aPurchase({ externalId: rival, totalMinor: 900_000 }));
  await story.record(aPurchase({ externalId, totalMinor: 60_000 }));
  await server.moveClock(new Date().toISOString());
  const owner = await story.person('owner');
  const { id } = await call(server.local, getMember, { params: story.member(externalId) });

  const page = await (await devices.signedIn(story, owner)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/members/${id}`);
  await page.getByRole('link', { name: 'Así estaba' }).click();
  const slider = page.getByRole('slider', { name: 'Día' });
  await slider.waitFor();
  await page.locator('[data-then="balances"]').waitFor();
  const now = await said(page, 'balances');
  expect(await page.locator('[data-moment]').innerText()).toBe('Ahora');
  expect(await said(page, 'entries')).toBe('2');

  // A week back: only the first purchase was known, and nobody stood above.
  await slider.focus();
  for (let days = 0; days < 7; days += 1) await page.keyboard.press('ArrowLeft');
  await eventually(async () => (await said(page, 'balances')) !== now, { until: 'the balance is that of then' });
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/^Al acabar el \d/);
  expect(await said(page, 'entries')).toBe('1');
  await eventually(async () => (await page.locator('[data-place="siempre"]').innerText()).includes('1.º de 1'), {
    until: 'its place is that of then',
  });
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await eventually(async () => (await said(page, 'balances')) === now, { until: 'it is now again' });

  // From entry to entry.
  await page.getByRole('button', { name: 'Apunte anterior' }).click();
  await eventually(async () => (await said(page, 'entries')) === '1', { until: 'the first entry' });
  await page.getByRole('button', { name: 'Apunte anterior' }).click();
  await page.getByText('No hay ningún apunte anterior.').first().waitFor();
  await page.getByText('Ver las reglas').click();
  await page.getByText('Compra', { exact: true }).last().waitFor();
  expect(await said(page, 'version')).toContain('Versión 1');

  // The address leads to that moment, on a phone and in English too.
  const phone = await (
    await devices.signedIn(story, owner, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      locale: 'en-GB',
    })
  ).newPage();
  await phone.goto(page.url());
  await phone.locator('[data-then="entries"]').waitFor();
  expect(await said(phone, 'entries')).toBe('1');
  expect(await phone.locator('[data-moment]').innerText()).toMatch(/^On \d/);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('C10 the owner has the books verified, and reads on the health page that they are right', async () => {
  const story = await Story.begin(server);
  await story.record(aPurchase({ externalId: aKey('tarjeta') }));
  const owner = await story.person('owner', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, owner)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/health`);
  await page.getByRole('button', { name: 'Revisar ahora' }).click();
  await page.locator('[data-books="clean"]').waitFor();
  expect(await page.getByRole('region', { name: 'Los libros' }).innerText()).toMatch(/todo cuadraba[\s\S]*1 socio/);
  await page.locator('[data-part="books"]').getByText('En la última revisión todo cuadraba.').waitFor();
});
