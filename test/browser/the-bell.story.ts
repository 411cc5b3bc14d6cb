import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import type { Page } from 'playwright-core';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase, withoutLastDay } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
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

const bellOf = (page: Page) => page.getByRole('button', { name: /^Avisos/ }).locator('visible=true');
const unreadOn = async (page: Page) => Number(await bellOf(page).getAttribute('data-unread'));
const listOn = (page: Page) => page.getByRole('dialog', { name: 'Avisos' });

describe('the bell', () => {
  test('#65 counts what came, lists it with receipts, and once opened is read on every device', async () => {
    const story = await Story.begin(server, { program: { definitions: withoutLastDay } });
    const person = await story.person();
    const laptop = await (await devices.signedIn(story, person)).newPage();
    const phone = await (
      await devices.signedIn(story, person, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    ).newPage();
    for (const page of [laptop, phone]) await openHome(page, story);
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 3_000 }));
    for (const page of [laptop, phone])
      await eventually(async () => (await unreadOn(page)) === 2, { until: 'both devices count two' });
    await bellOf(phone).filter({ hasText: '2' }).click();
    await listOn(phone).waitFor();
    const notices = listOn(phone).locator('[data-notice]');
    await eventually(async () => (await notices.count()) === 2);
    expect(await notices.first().innerText()).toContain('Nuevo');
    expect(await notices.last().innerText()).toContain('Insignia: Primera compra');
    await eventually(async () => (await unreadOn(laptop)) === 0, { until: 'the laptop knows that it was read' });
    expect(await bellOf(laptop).getAttribute('aria-label')).toBe('Avisos');
    // While it stands open, what arrives is read as it comes; so it is closed before the next.
    await phone.keyboard.press('Escape');
    await listOn(phone).waitFor({ state: 'hidden' });
    // Where it was read stays so after a reload, also without opening it there.
    await laptop.reload();
    await laptop.locator('[data-mission=diez-visitas]').waitFor();
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 4_000 }));
    await eventually(async () => (await unreadOn(laptop)) === 1, { until: 'only the newest is unread' });
    await bellOf(phone).click();
    await eventually(async () => (await notices.count()) === 3, { until: 'the third is listed, too' });
    await notices.last().getByRole('link').click();
    await phone.getByRole('heading', { name: '¿Por qué?', exact: true }).waitFor();
    expect(new URL(phone.url()).pathname).toBe(`/${story.slug}/wallet/1`);
  });

  test('#79 with the keyboard: it opens at its heading, closes with Escape, and the focus comes back', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await bellOf(page).focus();
    await page.keyboard.press('Enter');
    await listOn(page).waitFor();
    await listOn(page).getByText('Todavía no hay avisos').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await eventually(async () => (await focused()) === 'Avisos', { until: 'the heading has the focus' });
    await page.keyboard.press('Escape');
    await listOn(page).waitFor({ state: 'hidden' });
    expect(await bellOf(page).evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('C5 what is taken back is a calm notice there and in the toast, and never celebrated', async () => {
    const story = await Story.begin(server, {
      key: { permissions: ['activities.write', 'activities.read', 'activities.reverse', 'members.read'] },
    });
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    const bought = await story.record(aPurchase({ externalId: person.externalId, totalMinor: 3_600 }));
    await eventually(async () => (await shownOn(page)).toasts.length === 1, { until: 'the purchase is shown' });
    await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: bought.key },
      body: { key: aKey('devolucion') },
    });
    await eventually(async () => (await shownOn(page)).toasts.length === 2, { until: 'the reversal is shown' });
    const { toasts, dialogs, canvases } = await shownOn(page);
    expect(toasts[1]).toContain('Se ha anulado: Compra');
    expect(toasts[1]).toMatch(/−\d+ puntos/);
    expect(toasts[1]).toContain('Ya no cuenta la insignia Primera compra');
    expect([dialogs, canvases]).toEqual([[], 0]);
    await bellOf(page).click();
    await listOn(page).getByText('Se ha anulado: Compra').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/${story.slug}/wallet?show=reversed`);
    await page.locator('[data-entry="2"]').getByRole('link', { name: 'Ver lo que anula' }).click();
    await page.getByText('Este movimiento se anuló después').waitFor();
    await page.getByRole('link', { name: 'Ver la anulación' }).click();
    await page.getByText('Anula un movimiento anterior').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}/wallet/2`);
  });
});
