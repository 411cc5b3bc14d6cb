import { Devices, openHome } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase, DEPARTMENTS } from '#support/factories.js';
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

describe('a mission page', () => {
  test('E1 from the list to its rule, its evidence and the receipt; a purchase moves it while one looks', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { externalId } = person;
    const page = await (await devices.signedIn(story, person)).newPage();
    await page.goto(`${server.url}/${story.slug}/missions`);
    await page.getByRole('heading', { name: 'No tienes ninguna misión a medias' }).waitFor();
    await page.getByRole('link', { name: 'Ver las disponibles' }).click();
    await page.getByRole('link', { name: /^Disponibles 3$/ }).waitFor();
    await page.getByRole('link', { name: 'Ocho secciones' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ocho secciones' }).waitFor();
    const main = page.locator('main');
    await main.getByText('Cuenta cada «Sección» diferente que trae la actividad «Compra».').waitFor();
    await main.getByText('Repetir un valor de «Sección» que ya tienes no suma.').waitFor();
    await main.getByText('Aún no ha contado nada.').waitFor();
    expect(await page.title()).toContain('Ocho secciones');

    await page.evaluate(() => (window.mark = 'the same page'));
    await story.record(aPurchase({ externalId, departments: DEPARTMENTS.slice(0, 3) }));
    await eventually(async () => (await main.getByRole('progressbar').getAttribute('aria-valuetext')) === '3 de 8', {
      until: 'three lanterns are lit',
    });
    await main.locator('[data-evidence="1"]').waitFor();
    expect(await main.locator('[data-evidence="1"]').innerText()).toContain(DEPARTMENTS[0]);
    expect(await page.evaluate(() => window.mark)).toBe('the same page');
    await main.locator('[data-evidence="1"]').getByRole('link').click();
    await page.getByRole('heading', { name: '¿Por qué?', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}/wallet/1`);
  });

  test('E1 a mission that does not exist says so, and leads back', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await page.goto(`${server.url}/${story.slug}/missions/no-hay`);
    await page.getByText('Esta misión no existe.').waitFor();
    await page.getByRole('link', { name: 'Volver a las misiones' }).click();
    await page.getByRole('heading', { level: 1, name: 'Misiones' }).waitFor();
  });

  test('F1 G6 #80 first steps, keys, badges with progress and the ladder of tiers say where one stands', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const page = await (await devices.signedIn(story, person)).newPage();
    await openHome(page, story);
    const step = (id: string) => page.locator(`[data-step=${id}]`);
    await step('buy').waitFor();
    expect(await step('profile').getAttribute('data-done')).toBe('false');
    expect(await step('profile').innerText()).toContain('+50 puntos');
    await story.record(aPurchase({ externalId: person.externalId, totalMinor: 60_000 }));
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => (await step('buy').getAttribute('data-done')) === 'true', { until: 'the step ticks' });
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('heading', { level: 1, name: 'Misiones' }).waitFor();
    // The list under ?, where keys can be switched off; then they are letters, as they always are in a field.
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Atajos de teclado' });
    await keys.locator('dt').first().waitFor();
    expect(await keys.locator('dt').allInnerTexts()).toHaveLength(5);
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await page.goto(`${server.url}/${story.slug}/me`);
    const alias = page.getByLabel('Alias', { exact: true });
    await alias.fill('');
    await alias.pressSequentially('gm?');
    expect(await alias.inputValue()).toBe('gm?');
    expect(page.url()).toContain('/me');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await keys.getByLabel('Usar atajos de una tecla').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    expect([await page.getByRole('dialog').count(), new URL(page.url()).pathname]).toEqual([0, `/${story.slug}/me`]);
    await page.goto(`${server.url}/${story.slug}/badges`);
    await page.getByText('Tienes 1 de 4').waitFor();
    expect(
      await page.locator('[data-badge=cliente-fiel]').getByRole('progressbar').getAttribute('aria-valuetext'),
    ).toBe('1 de 100');
    await page.goto(`${server.url}/${story.slug}/tiers`);
    expect(await page.locator('[aria-current=step]').getAttribute('data-tier')).toBe('plata');
    expect(await page.locator('[data-tier=oro]').innerText()).toMatch(/Te faltan [\d.]+ puntos/);
    expect(await page.locator('[data-tier=plata]').innerText()).toContain('pasas a Socio: solo un escalón');
  });
});
