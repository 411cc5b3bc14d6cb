import type { Page } from 'playwright-core';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase, withoutLastDay } from '#support/factories.js';
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

/** So long without a network, the issue says; the banner's five seconds pass many times over. */
const AWAY_MS = 30_000;

const isOffline = (page: Page) => page.getByText('Sin conexión. Lo que ves puede no estar al día').first();

async function awayWith(purchases: number, page: Page, story: Story, person: Person): Promise<void> {
  const left = performance.now();
  await page.context().setOffline(true);
  await isOffline(page).waitFor();
  for (let count = 0; count < purchases; count += 1)
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
  await eventually(() => performance.now() - left > AWAY_MS, {
    withinMs: AWAY_MS + 1_000,
    until: 'thirty seconds are over',
  });
  expect((await shownOn(page)).toasts).toEqual([]);
  await page.context().setOffline(false);
  await isOffline(page).waitFor({ state: 'hidden' });
}

describe('while you were away', () => {
  test('#59 #64 thirty seconds offline with one award: the banner meanwhile, exactly one toast on return', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await awayWith(1, page, story, person);
    await eventually(async () => (await shownOn(page)).toasts.length > 0, { until: 'the toast appears' });
    // The next award is the barrier: had there been a second toast for the first one, it would stand before this one.
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 3_000 }));
    await eventually(async () => (await shownOn(page)).toasts.length >= 2);
    const { toasts } = await shownOn(page);
    expect(toasts).toHaveLength(2);
    expect(toasts[0]).toContain('Primera compra');
    expect(await page.getByRole('heading', { name: 'Mientras no estabas' }).count()).toBe(0);
  });

  test('#59 with five awards: exactly one summary, and no toast for any of them', async () => {
    const story = await Story.begin(server, { program: { definitions: withoutLastDay } });
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await awayWith(5, page, story, person);
    await page.getByRole('heading', { name: 'Mientras no estabas' }).first().waitFor();
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 3_000 }));
    await eventually(async () => (await shownOn(page)).toasts.length > 0, { until: 'the next award is a toast again' });
    const { toasts } = await shownOn(page);
    expect(toasts).toHaveLength(1);
    expect(toasts[0]).not.toContain('Mientras no estabas');
    expect(await page.getByRole('heading', { name: 'Mientras no estabas' }).count()).toBe(1);
    expect(
      await page.locator('[data-mission=diez-visitas]').getByRole('progressbar').getAttribute('aria-valuetext'),
    ).toBe('6 de 10');
  });

  test('#59 five awards while the page was closed: one summary on the home screen', async () => {
    const story = await Story.begin(server, { program: { definitions: withoutLastDay } });
    const person = await story.person();
    const context = await devices.signedIn(story, person);
    const before = await context.newPage();
    await openHome(before, story);
    await before.close();
    for (let count = 0; count < 5; count += 1)
      await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
    const page = await context.newPage();
    await openHome(page, story);
    await page.getByRole('heading', { name: 'Mientras no estabas' }).waitFor();
    expect((await shownOn(page)).toasts).toEqual([]);
    await page.getByRole('button', { name: 'Entendido' }).click();
    await page.reload();
    await page.locator('[data-mission=diez-visitas]').waitFor();
    // What was seen once is never shown again: the next award arrives alone.
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
    await eventually(async () => (await shownOn(page)).toasts.length > 0);
    expect((await shownOn(page)).toasts).toHaveLength(1);
    expect(await page.getByRole('heading', { name: 'Mientras no estabas' }).count()).toBe(0);
  });
});
