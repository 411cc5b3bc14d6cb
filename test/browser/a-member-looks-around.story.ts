import { logout } from '@verbena/shared/identity/identity.routes.js';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { ask } from '#support/http-call.js';
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

describe('a member looks around', () => {
  test('the receipt says why, and why not', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    for (let count = 0; count < 8; count += 1) await story.record(aPurchase({ externalId, totalMinor: 1_000 }));
    const result = await story.record(aPurchase({ externalId, totalMinor: 4_000, privateLabelMinor: 50 }));
    const points = result.lines.reduce((sum, { amount }) => sum + amount, 0);
    const page = await (await devices.signedIn(story, person)).newPage();
    await page.goto(`${server.url}/${story.slug}/wallet`);
    await page.getByRole('heading', { level: 1, name: 'Cartera' }).waitFor();
    await page
      .getByRole('link', { name: /^¿Por qué\?/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '¿Por qué?', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}/wallet/9`);
    const why = page.getByRole('region', { name: '¿Por qué?', exact: true });
    const whyText = (await why.count()) > 0 ? await why.innerText() : await page.locator('main').innerText();
    expect(whyText).toContain('Compra');
    expect(whyText).toContain(`+${points} puntos`);
    const main = await page.locator('main').innerText();
    expect(main).toContain('¿Por qué no?');
    expect(main).toMatch(/Te falta 1 compra/);
    await page.getByText('9 de 10').first().waitFor();
  });

  test('with the keyboard from home to a receipt; each page begins at its heading', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 1_000 }));
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Saltar al contenido');
    const follow = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses += 1) {
        const text = await page.evaluate(() => {
          const active = document.activeElement;
          return active instanceof HTMLAnchorElement
            ? (active.getAttribute('aria-label') ?? active.textContent ?? '').trim()
            : '';
        });
        if (name.test(text)) return page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not reach ${String(name)}.`);
    };
    const isAt = (title: RegExp) =>
      eventually(
        async () =>
          title.test(
            await page.evaluate(() =>
              document.activeElement?.tagName === 'H1' ? (document.activeElement.textContent ?? '') : '',
            ),
          ),
        { until: `the heading ${String(title)} has the focus` },
      );
    await follow(/^Misiones$/);
    await isAt(/^Misiones$/);
    expect(await page.title()).toContain('Misiones');
    await page.keyboard.press('Shift+Tab');
    await page.evaluate(() => document.body.focus());
    await follow(/^Cartera$/);
    await isAt(/^Cartera$/);
    await follow(/^¿Por qué\?/);
    await isAt(/Compra en/);
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}/wallet/1`);
  });

  test('#84 #82 language and theme change at once, without a reload, and stay', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 123_400 }));
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    await page.evaluate(() => (window.mark = 'the same page'));
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Tu cuenta' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('English').click();
    await dialog.getByRole('heading', { name: 'Your account' }).waitFor();
    await dialog.getByText('Dark', { exact: true }).click();
    await eventually(async () => (await background()) !== light, { until: 'the page is dark' });
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Missions' }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('[data-balance]').innerText()).toMatch(/^\d,\d{3}$/);
    expect(await page.evaluate(() => window.mark)).toBe('the same page');
    await page.reload();
    await page.getByRole('link', { name: 'Missions' }).first().waitFor();
    expect(await background()).not.toBe(light);
  });

  test('#83 with reduced motion nothing falls or moves, and the same is said', async () => {
    const story = await Story.begin(server);
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      const person = await story.person();
      const page = await (await devices.signedIn(story, person, { reducedMotion })).newPage();
      await openHome(page, story);
      await story.record(aPurchase({ externalId: person.externalId, totalMinor: 60_000 }));
      await page.getByRole('dialog', { name: 'Ya tienes la categoría Plata' }).waitFor();
      await page.locator('.toast').first().waitFor();
      if (reducedMotion === 'no-preference') {
        await eventually(async () => (await shownOn(page)).canvases === 1, { until: 'confetti falls' });
      } else {
        const moving = await page.evaluate(
          () =>
            document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 10).length,
        );
        expect(moving).toBe(0);
        await page.keyboard.press('Escape');
        await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
        await eventually(async () => (await shownOn(page)).toasts.length === 2);
        expect((await shownOn(page)).canvases).toBe(0);
      }
      expect((await shownOn(page)).toasts[0]).toContain('Nueva categoría: Plata');
    }
  });

  test('#62 the session ends elsewhere: a dialog over the page, log in there, and go on where one was', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const context = await devices.signedIn(story, person);
    const page = await context.newPage();
    await openHome(page, story);
    await page.evaluate(() => (window.mark = 'the same page'));
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    expect((await ask({ url: server.url }, logout, { headers: { cookie } })).text).toBe('{"ended":true}');
    const dialog = page.getByRole('dialog', { name: 'Tu sesión ha terminado' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    expect(await dialog.getByLabel('Correo electrónico').inputValue()).toBe(person.email);
    await dialog.locator('input[name=password]').fill(person.password);
    await dialog.getByRole('button', { name: 'Entrar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const result = await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
    await page.locator('.toast').waitFor();
    expect(await page.locator('[data-balance]').innerText()).toBe(String(result.balances['puntos']));
    expect(await page.evaluate(() => window.mark)).toBe('the same page');
  });
});
