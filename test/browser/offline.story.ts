import type { BrowserContext, Page } from 'playwright-core';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { Devices, openHome } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { readQr } from '#support/read-qr.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
});
afterEach(async () => {
  if (!server.isRunning()) await server.start();
  await devices?.closeAll();
});
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

/** The addresses that are kept of the API, without the host. */
function keptOn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      if (!name.startsWith('verbena-answers:')) continue;
      const requests = await (await caches.open(name)).keys();
      found.push(...requests.map(({ url }) => new URL(url).pathname + new URL(url).search));
    }
    return found.sort();
  });
}

/** Waits until the worker is in charge and has kept what home, missions and wallet stand on. */
async function waitUntilKept(page: Page, story: Story): Promise<void> {
  const member = `/api/v1/programs/${story.slug}/members/me`;
  const needed = ['/api/v1/me', `/api/v1/programs/${story.slug}`, `/api/v1/programs/${story.slug}/definitions`, member];
  needed.push(`${member}/standing`, `${member}/missions`);
  await eventually(
    async () => {
      const kept = await keptOn(page);
      const isWalletKept = kept.some((address) => address.startsWith(`${member}/entries?limit=20`));
      const missing = needed.filter((address) => !kept.includes(address));
      if (isWalletKept && missing.length === 0) return true;
      const worker = await page.evaluate(async () => {
        const found = await navigator.serviceWorker.getRegistration();
        return [
          found?.installing?.state,
          found?.waiting?.state,
          found?.active?.state,
          navigator.serviceWorker.controller !== null,
        ];
      });
      throw new Error(`missing ${missing.join(' ')}; the worker is ${JSON.stringify(worker)}`);
    },
    { withinMs: 90_000, until: 'home, missions and wallet are kept' },
  );
}

async function aMemberAtHome(): Promise<{ story: Story; person: Person; context: BrowserContext; page: Page }> {
  const story = await Story.begin(server);
  const person = await story.person();
  await story.record(aPurchase({ externalId: person.externalId, totalMinor: 12_300 }));
  const context = await devices.signedIn(story, person);
  const page = await context.newPage();
  await openHome(page, story);
  await waitUntilKept(page, story);
  return { story, person, context, page };
}

const balanceOn = (page: Page) => page.locator('[data-balance]').innerText();
const offlineBanner = (page: Page) => page.getByText('Sin conexión. Lo que ves puede no estar al día').first();

describe('without a connection', () => {
  test('#2 A6 the code for the till is there, and opens for the scanner', async () => {
    const { page } = await aMemberAtHome();
    const code = await page.locator('[data-member-code]').innerText();
    await server.stop();
    await page.reload();
    await offlineBanner(page).waitFor();
    expect(await page.locator('[data-member-code]').innerText()).toBe(code);
    await page.locator('[data-member-code]').click();
    expect(await readQr(page.locator('dialog [role=img]'))).toEqual([code.replaceAll(' ', '')]);
  });

  test('#81 the last home, missions and wallet are read, with the time of the data; back online they are live again', async () => {
    const { story, person, page } = await aMemberAtHome();
    const balance = await balanceOn(page);
    expect(Number(balance)).toBeGreaterThan(0);
    await server.stop();

    await page.reload();
    await page.locator('[data-balance]').waitFor();
    expect(await balanceOn(page)).toBe(balance);
    await offlineBanner(page).waitFor();
    expect(await offlineBanner(page).innerText()).toMatch(/Datos de las \d{2}:\d{2}\./);
    await page.getByRole('link', { name: 'Misiones' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Misiones' }).waitFor();
    await page.locator('[data-mission=diez-visitas]').waitFor();
    await page.getByRole('link', { name: 'Cartera' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Cartera' }).waitFor();
    await page.getByText('Compra', { exact: false }).first().waitFor();

    // An address that was never opened says that there is no network, and does not pretend.
    await page.goto(`${server.url}/otro-programa`);
    await page.getByRole('heading', { level: 1, name: 'Estás sin conexión' }).waitFor();

    await page.goto(`${server.url}/${story.slug}`);
    await page.locator('[data-balance]').waitFor();
    await server.start();
    const result = await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
    await eventually(async () => (await balanceOn(page)) === String(result.balances['puntos']), {
      withinMs: 60_000,
      until: 'the new balance is on the screen',
    });
    await offlineBanner(page).waitFor({ state: 'hidden' });
  });

  test('#46 boards and cards that were seen are read too, with the time of the data; what was not seen is not there', async () => {
    const { story, page } = await aMemberAtHome();
    const other = await story.person();
    const params = { program: story.slug, member: 'me' };
    await call(other.caller, changeProfile, { params, body: { alias: 'Luz de Gas' } });
    await story.record(aPurchase({ externalId: other.externalId, totalMinor: 45_600 }));
    const board = `${server.url}/${story.slug}/boards/semana`;
    const card = `${server.url}/${story.slug}/members/${encodeURIComponent('Luz de Gas')}`;
    await page.goto(board);
    await page.getByRole('link', { name: 'Luz de Gas' }).first().waitFor();
    await page.goto(card);
    await page.getByRole('heading', { level: 1, name: /Luz de Gas/ }).waitFor();
    const api = `/api/v1/programs/${story.slug}`;
    await eventually(
      async () => {
        const kept = await keptOn(page);
        return [`${api}/boards/semana?`, `${api}/profiles/Luz`].every((one) => kept.some((url) => url.startsWith(one)));
      },
      { withinMs: 20_000, until: 'both are kept' },
    );
    await server.stop();
    await page.goto(board);
    await page.getByRole('link', { name: 'Luz de Gas' }).first().waitFor();
    await page
      .locator('[data-live]')
      .getByText(/^Sin conexión\. Datos de las \d{2}:\d{2}\.$/)
      .waitFor();
    await page.goto(card);
    await page.getByRole('heading', { level: 1, name: /Luz de Gas/ }).waitFor();
    expect(await offlineBanner(page).innerText()).toMatch(/Datos de las \d{2}:\d{2}\./);
    await page.goto(`${server.url}/${story.slug}/members/Nadie`);
    await page.getByRole('alert').first().waitFor();
  });

  test('#81 nothing is kept of staff, sessions or log-ins, and of other members only what a board that was read shows', async () => {
    const { story, page } = await aMemberAtHome();
    await page.goto(`${server.url}/${story.slug}/me`);
    await page.locator('[data-session]').first().waitFor();
    const allowed = new RegExp(
      `^/api/v1/(?:me|programs/${story.slug}(?:/definitions|/boards/semana\\?limit=10|/members/me(?:/standing|/missions|/entries\\?(?!.*before=).*)?)?)$`,
    );
    const kept = await keptOn(page);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter((address) => !allowed.test(address))).toEqual([]);
  });

  test('#81 after a log-out nothing of it is left, with and without a connection', async () => {
    const { story, page } = await aMemberAtHome();
    await page.evaluate(() => (window.mark = 'the same page'));
    await page.getByRole('button', { name: 'Tu cuenta' }).first().click();
    await page.getByRole('button', { name: 'Cerrar sesión' }).click();
    await page.getByRole('link', { name: 'Unirme' }).first().waitFor();
    expect(await keptOn(page)).toEqual([]);
    await server.stop();
    await page.goto(`${server.url}/${story.slug}`);
    await page.getByRole('heading', { level: 1, name: 'Estás sin conexión' }).waitFor();
    expect(await page.locator('[data-balance]').count()).toBe(0);
  });

  test('#81 a log-out without a connection is told to the server before anything else', async () => {
    const { story, page } = await aMemberAtHome();
    await server.stop();
    await page.getByRole('button', { name: 'Tu cuenta' }).first().click();
    await page.getByRole('button', { name: 'Cerrar sesión' }).click();
    await eventually(async () => (await keptOn(page)).length === 0, { until: 'nothing is kept any more' });
    await server.start();
    await page.goto(`${server.url}/${story.slug}`);
    await page.getByRole('link', { name: 'Unirme' }).first().waitFor();
    expect(await page.locator('[data-balance]').count()).toBe(0);
  });

  test('#81 another member on the same device never reads what the first one left', async () => {
    const { story, page } = await aMemberAtHome();
    const other = await story.person('member', { name: 'Otra Persona' });
    const firstName = await page.getByRole('heading', { level: 1 }).innerText();
    // The session changes under the page, as after a log-in in another window.
    await page.evaluate(
      async ({ email, password }) => {
        await fetch('/api/v1/auth/login', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
      },
      { email: other.email, password: other.password },
    );
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Hola, Otra' }).waitFor();
    await waitUntilKept(page, story);
    const names = await page.evaluate(async () =>
      (await caches.keys()).filter((name) => name.startsWith('verbena-answers:')),
    );
    expect(names).toHaveLength(1);
    expect(names[0]).toContain(other.user);
    await server.stop();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Hola, Otra' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe(firstName);
    expect(await balanceOn(page)).toBe('0');
  });

  test('#81 the browser finds it installable: manifest, icons, theme', async () => {
    const story = await Story.begin(server);
    const page = await (await devices.fresh()).newPage();
    await page.goto(`${server.url}/${story.slug}/login`);
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string }[]; display: string };
    expect(manifest.display).toBe('standalone');
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      expect(size).toBe(sizes);
    }
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  });
});
