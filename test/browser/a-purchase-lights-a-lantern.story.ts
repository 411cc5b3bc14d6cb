import type { Page } from 'playwright-core';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase, withoutLastDay } from '#support/factories.js';
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

const balanceOf = async (page: Page) =>
  Number((await page.locator('[data-balance]').innerText()).replaceAll(/\D/g, ''));

/** Presses Tab until the element with the focus is that one. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

describe('a purchase lights a lantern', () => {
  test('#79 somebody logs in with the keyboard alone, and lands on the home screen', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.fresh()).newPage();
    await page.goto(`${server.url}/${story.slug}/login`);
    await page.getByLabel('Correo electrónico').waitFor();
    await tabTo(page, 'input[name=email]');
    await page.keyboard.type(person.email);
    await tabTo(page, 'input[name=password]');
    await page.keyboard.type('no-es-esta-clave');
    await page.keyboard.press('Enter');
    await page.getByText('El correo o la contraseña no coinciden').first().waitFor();
    expect(await page.locator('input[name=email]').inputValue()).toBe(person.email);
    await page.locator('input[name=password]').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(person.password);
    await page.keyboard.press('Enter');
    await page
      .getByRole('heading', { level: 1, name: new RegExp(`^Hola, ${person.name.split(' ')[0] ?? ''}`) })
      .waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}`);
  });

  test('B1 points with their reason, lantern, badge, tier and balance appear without a reload', async () => {
    const story = await Story.begin(server, { program: { definitions: withoutLastDay } });
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await page.evaluate(() => (window.mark = 'the same page'));
    expect(await balanceOf(page)).toBe(0);

    const result = await story.record(aPurchase({ externalId: person.externalId, totalMinor: 60_000 }));
    const points = result.balances['puntos'] ?? 0;
    const dialog = page.getByRole('dialog', { name: 'Ya tienes la categoría Plata' });
    await dialog.waitFor();
    expect(
      await dialog
        .getByRole('heading')
        .first()
        .evaluate((heading) => heading === document.activeElement),
    ).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    const toast = page.getByRole('region', { name: 'Avisos' }).locator('.toast');
    await toast.waitFor();
    expect(await toast.innerText()).toContain(`+${points.toLocaleString('es-ES', { useGrouping: 'always' })} puntos`);
    expect(await toast.innerText()).toContain('Insignia: Primera compra');
    await eventually(async () => (await balanceOf(page)) === points);
    const mission = page.locator('[data-mission=diez-visitas]');
    expect(await mission.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('1 de 10');
    expect(await mission.locator('.lantern.lit').count()).toBe(1);
    await page.getByText('Primera compra').first().waitFor();
    await page.getByText('Plata', { exact: true }).first().waitFor();
    await eventually(async () => (await shownOn(page)).spoken.some((text) => text.includes('puntos')), {
      until: 'screen readers are told',
    });
    expect(await page.evaluate(() => window.mark)).toBe('the same page');
  });

  test('G1 the dialog of a new tier stays until it is answered, whatever words arrive meanwhile', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 60_000 }));
    const dialog = page.getByRole('dialog', { name: 'Ya tienes la categoría Plata' });
    await dialog.waitFor();
    // Two seconds after the first screen the words of all other dialogs are fetched.
    await page.waitForFunction(() => performance.now() > 3_500);
    await page.waitForLoadState('networkidle');
    expect((await shownOn(page)).dialogs).toEqual(['Ya tienes la categoría Plata']);
    await dialog.getByRole('button', { name: 'Seguir' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  test('#65 once, also with two tabs and a second device open', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const laptop = await devices.signedIn(story, person);
    const phone = await devices.signedIn(story, person, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const pages = [await laptop.newPage(), await laptop.newPage(), await phone.newPage()];
    for (const page of pages) await openHome(page, story);

    const count = async () => {
      const shown = await Promise.all(pages.map(shownOn));
      return { toasts: shown.flatMap(({ toasts }) => toasts), dialogs: shown.flatMap(({ dialogs }) => dialogs) };
    };
    let expected = 0;
    // Each purchase is the barrier for the one before it: a double would stand here by then.
    for (let number = 1; number <= 4; number += 1) {
      const result = await story.record(
        aPurchase({ externalId: person.externalId, totalMinor: number === 1 ? 60_000 : 2_000 }),
      );
      expected = result.balances['puntos'] ?? 0;
      for (const page of pages)
        await eventually(async () => (await balanceOf(page)) === expected, { until: 'every page shows the balance' });
      await eventually(async () => (await count()).toasts.length >= number, { until: `toast ${number} of ${number}` });
      expect((await count()).toasts).toHaveLength(number);
    }
    expect((await count()).dialogs).toEqual(['Ya tienes la categoría Plata']);
  });
});
