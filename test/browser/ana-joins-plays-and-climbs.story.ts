import { verifyEmail } from '@verbena/shared/identity/accounts.routes.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aMember, aPurchase } from '#support/factories.js';
import { finger, type Hand, keyboard } from '#support/hand.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { linkTo } from '#support/mailbox.js';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } satisfies BrowserContextOptions;

/** Lucía is there already: a name on the boards, points of this week, a link to share. */
async function aHost(story: Story): Promise<{ lucia: Person; code: string }> {
  const lucia = await story.person('member', { name: 'Lucía Herrero' });
  const own = { program: story.slug, member: 'me' };
  await call(lucia.caller, changeProfile, { params: own, body: { alias: 'Lucía H.' } });
  await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 32_000 }));
  const { code } = await call(lucia.caller, getReferrals, { params: own });
  return { lucia, code };
}

/** The rows of the board that is open, as `alias score`, from the first place down. */
async function rowsOn(page: Page): Promise<string[]> {
  const rows = page.locator('[data-board-rows]').last().locator('tbody tr');
  return rows.evaluateAll((found) =>
    found.map((row) => {
      const name = row.querySelector('th a, th [data-name]')?.textContent?.trim() ?? '';
      const cells = [...row.querySelectorAll('td')];
      return `${name} ${cells.at(-1)?.textContent?.trim() ?? ''}`;
    }),
  );
}

async function untilFirst(page: Page, alias: string): Promise<void> {
  await eventually(async () => (await rowsOn(page))[0]?.startsWith(`${alias} `) ?? false, {
    withinMs: 10_000,
    until: `${alias} stands first`,
  });
}

/** Ana's member id, read with a session of her own. */
async function memberOf(story: Story, person: { email: string; password: string }): Promise<string> {
  const { caller } = await story.logIn(person);
  const member = (await call(caller, getMe)).enrolments[0]?.member;
  if (member == null) throw new Error('Ana is no member.');
  return member;
}

interface Way {
  readonly how: string;
  readonly device: BrowserContextOptions;
  readonly hand: (page: Page) => Hand;
}
const WAYS: readonly Way[] = [
  { how: 'on a phone', device: PHONE, hand: finger },
  { how: 'by keyboard alone and without motion', device: { reducedMotion: 'reduce' }, hand: keyboard },
];

test.each(WAYS)(
  'I2 G1 H4 #65 #84 Ana joins from Lucía’s link, plays and climbs, $how',
  async ({ device, hand: handOf }) => {
    const story = await Story.begin(server);
    const { lucia, code } = await aHost(story);
    const ana = aMember({ name: 'Ana Torres' });

    // Lucía looks at the week's board.
    const hers = await (await devices.signedIn(story, lucia)).newPage();
    await hers.goto(`${server.url}/${story.slug}/boards/semana`);
    await untilFirst(hers, 'Lucía H.');
    await hers.locator('[data-live=true]').waitFor();

    // Ana follows the link, reads what it is, and joins.
    const context = await devices.fresh(device);
    const page = await context.newPage();
    const hand = handOf(page);
    await page.goto(`${server.url}/${story.slug}/i/${code}`);
    await page.getByRole('heading', { level: 1, name: 'Lucía H. te invita a Plaza Verbena' }).waitFor();
    await page.getByText('300 puntos').first().waitFor();
    await page.getByText('150 puntos').first().waitFor();
    await hand.press(page.getByRole('link', { name: 'Unirme a Plaza Verbena' }));
    await hand.write(page.locator('input[name=name]'), ana.name);
    await hand.write(page.locator('input[name=email]'), ana.email);
    await hand.write(page.locator('input[name=password]'), ana.password);
    await hand.write(page.locator('input[name=alias]'), 'Ana T.');
    await hand.press(page.getByRole('button', { name: 'Unirme', exact: true }));
    await page.getByRole('heading', { level: 1, name: /^Hola, Ana/ }).waitFor();

    // Her first step takes a minute: the profile. #43 Its points come with her address, and the page said so before.
    await page.locator('[data-step=profile]').getByText('confirma tu correo').waitFor();
    await hand.press(page.locator('[data-step=profile] a'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const details = page.getByRole('region', { name: 'Tus datos' });
    await details.getByText('La primera vez que los guardas ganas 50 puntos, en cuanto confirmes tu correo').waitFor();
    await hand.press(details.getByRole('button', { name: 'Guardar' }));
    await details.getByText('Tus datos están guardados.').waitFor();
    const { code: mailed } = await linkTo(server, story.slug, ana.email, 'verify');
    await call({ url: server.url }, verifyEmail, { body: { code: mailed } });
    await page.locator('.toast').filter({ hasText: '+50 puntos' }).waitFor();

    // She looks at the board too, then buys: both get their points live, and Ana passes Lucía while both look.
    await page.goto(`${server.url}/${story.slug}/boards/semana`);
    await untilFirst(page, 'Lucía H.');
    await page.locator('[data-live=true]').waitFor();
    await Promise.all([page, hers].map((one) => one.evaluate(() => (window.mark = 'the same page'))));
    const member = await memberOf(story, ana);
    await story.record(aPurchase({ member: { id: member }, totalMinor: 61_000 }));
    const dialog = page.getByRole('dialog', { name: 'Ya tienes la categoría Plata' });
    await dialog.waitFor();
    await hand.press(dialog.getByRole('button', { name: 'Seguir' }));
    await untilFirst(page, 'Ana T.');
    await untilFirst(hers, 'Ana T.');
    await hers.locator('.toast').filter({ hasText: '+300 puntos' }).waitFor();
    await eventually(async () => (await rowsOn(hers)).some((row) => row.startsWith('Lucía H. ')), { withinMs: 5_000 });
    expect(await Promise.all([page, hers].map((one) => one.evaluate(() => window.mark)))).toEqual([
      'the same page',
      'the same page',
    ]);

    // Why?
    await page.goto(`${server.url}/${story.slug}/wallet`);
    await hand.press(page.getByRole('link', { name: /¿Por qué\? Compra/ }).first());
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Total: 610,00 €').first().waitFor();

    // English and dark, at once and without a reload.
    await page.evaluate(() => (window.mark = 'not loaded again'));
    await openSettings(page, hand);
    await choose(page, hand, 'English');
    await page.locator('html[lang=en]').waitFor();
    await choose(page, hand, 'Dark');
    await page.locator('html[data-theme=dark]').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Total: €610.00').first().waitFor();

    // The train goes into a tunnel, and comes out again.
    await context.setOffline(true);
    await page.getByText('offline', { exact: false }).first().waitFor({ timeout: 20_000 });
    await story.record(aPurchase({ member: { id: member }, totalMinor: 5_000 }));
    await context.setOffline(false);
    await page.locator('.toast').filter({ hasText: 'points' }).first().waitFor({ timeout: 45_000 });
    expect(await page.evaluate(() => window.mark)).toBe('not loaded again');
  },
);

/** The settings, wherever the size of the screen puts their button. */
async function openSettings(page: Page, hand: Hand): Promise<void> {
  const button = page.locator('button[aria-haspopup=dialog]:visible').filter({ hasText: /Más|Idioma|Tu cuenta/ });
  await hand.press(button.last());
  await page.getByRole('dialog').waitFor();
}

async function choose(page: Page, hand: Hand, label: string): Promise<void> {
  const radio = page.getByRole('dialog').getByRole('radio', { name: label });
  if ((await page.evaluate(() => navigator.maxTouchPoints)) > 0) await radio.check({ force: true });
  else {
    // A group of radio buttons is one stop; the arrows go from one to the next.
    const group = page
      .getByRole('dialog')
      .getByRole('group')
      .filter({ has: page.getByRole('radio', { name: label }) });
    await hand.press(group.getByRole('radio', { checked: true }));
    for (let presses = 0; presses < 3 && !(await radio.isChecked()); presses += 1)
      await page.keyboard.press('ArrowRight');
  }
}
