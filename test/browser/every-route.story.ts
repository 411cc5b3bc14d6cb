import axe from 'axe-core';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { Devices, openHome } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { clientRoutes } from '#support/client-routes.js';
import { aPurchase, DEPARTMENTS } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { addressOf, makeAll, moduleFixtures, type Named, together, type Who } from '#support/module-fixtures.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { type Theme, violationsIn, violationsInBothThemes, violationsOn } from '#support/violations.js';

const modules = await moduleFixtures();
let server: TestServer;
let devices: Devices;
/** What all pages are looked at with; nobody changes anything there. */
let full: FullStory;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
  full = await aFullStory();
});
afterEach(() => devices?.closeAll());
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

/** Who goes through the pages in one test. */
const CROWDS = [['member'], ['shy', 'nobody'], ['manager', 'owner']] as const satisfies Who[][];

/** How each page is reached. A route that no module brings fails. */
const pages = together(modules.map((module) => module.pages));

const WEEK_MS = 7 * 86_400_000;
const LOCALES = { es: 'es-ES', en: 'en-GB' } as const;
const LANGUAGES = ['es', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const WIDE = { width: 1_280, height: 900 };
/** A screen of 1280 pixels at 400 %. */
const NARROW = { width: 320, height: 700 };

/**
 * `npm test -- browser --full`: every state of every page in both languages and both themes. Without it each state is seen once: these
 * four take turns over the states of a page, and which comes first hangs on the page alone, not on the others that there are.
 */
const IS_FULL = process.env['FULL'] !== undefined;
const TURNS = [
  ['es', 'light'],
  ['es', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const satisfies [Language, Theme][];

/** What somebody looks at in a language; `theme` null: in both. */
function looksOf(who: Who, language: Language): { address: string; theme: Theme | null }[] {
  return Object.entries(pages).flatMap(([route, states]) =>
    states.flatMap((state, index) => {
      if (state.who !== who) return [];
      const address = addressOf(route, state, full.made);
      const first = Array.from(route).reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
      const [spoken, theme] = TURNS[(first + index) % TURNS.length] ?? TURNS[0];
      return IS_FULL || spoken === language ? [{ address, theme: IS_FULL ? null : theme }] : [];
    }),
  );
}

interface FullStory {
  readonly story: Story;
  readonly person: Person;
  readonly shy: Person;
  readonly made: Named;
}

/** Somebody with a tier, a badge, a completed mission and progress in others, and whatever the modules make. */
async function aFullStory(): Promise<FullStory> {
  const story = await Story.begin(server);
  const person = await story.person();
  const { externalId } = person;
  await story.record(aPurchase({ externalId, totalMinor: 60_000, departments: DEPARTMENTS.slice(0, 5) }));
  await story.record(
    aPurchase({ externalId, totalMinor: 4_200, privateLabelMinor: 900, departments: DEPARTMENTS.slice(4) }),
  );
  await story.record(aPurchase({ externalId, totalMinor: 0 }));
  const lastWeekAt = new Date(Date.now() - WEEK_MS).toISOString();
  await story.record(aPurchase({ externalId, totalMinor: 3_000, occurredAt: lastWeekAt }));
  const made = await makeAll(modules, story, person);
  for (const { ready } of modules) await ready?.(story, made);
  return { story, person, shy: await somebodyShy(story), made };
}

async function somebodyShy(story: Story): Promise<Person> {
  const person = await story.person();
  await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
  const params = { program: story.slug, member: 'me' };
  await call(person.caller, changeProfile, { params, body: { alias: 'Callada', boards: 'hidden' } });
  return person;
}

async function device(who: Who, options: Parameters<Devices['fresh']>[0] = {}): Promise<BrowserContext> {
  const { story, person, shy } = full;
  if (who === 'nobody') return devices.fresh(options);
  if (who === 'member') return devices.signedIn(story, person, options);
  if (who === 'shy') return devices.signedIn(story, shy, options);
  return devices.signedInElevated(story, await story.person(who, { secondFactor: false }), options);
}

/** Goes through what is to be looked at on two pages of a device at once: while one waits for the server, the other is looked at. */
async function onPages<T>(
  context: BrowserContext,
  looks: readonly T[],
  look: (page: Page, traffic: Traffic, one: T) => Promise<void>,
): Promise<void> {
  const left = [...looks];
  const go = async (): Promise<void> => {
    const page = await context.newPage();
    const traffic = new Traffic(page);
    for (let one = left.shift(); one !== undefined; one = left.shift()) await look(page, traffic, one);
  };
  await Promise.all([go(), go()]);
}

/** What a page has asked for and not got yet. Playwright's own idle is half a second of silence more, a hundred times over. */
class Traffic {
  private readonly open = new Set<Request>();

  constructor(page: Page) {
    page.on('request', (request) => this.open.add(request));
    const end = (request: Request): void => void this.open.delete(request);
    page.on('requestfinished', end);
    page.on('requestfailed', end);
  }

  /** Resolves when everything came and two frames later nothing more was asked for. */
  async quiet(page: Page): Promise<void> {
    await eventually(
      async () => {
        if (page.isClosed()) return true;
        if (this.open.size > 0) return false;
        await page.evaluate(
          () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
        );
        return this.open.size === 0;
      },
      { withinMs: 60_000, until: 'the page has got all that it asked for' },
    );
  }
}

/** Waits until the page says what it is, and nothing is loading any more. */
async function settled(page: Page, traffic: Traffic): Promise<void> {
  await page.locator('h1').first().waitFor();
  await Promise.race([traffic.quiet(page), page.waitForLoadState('networkidle')]);
  const busy = page.locator('.skeleton, [aria-busy=true]').first();
  await busy.waitFor({ state: 'detached' }).catch((cause: unknown) => {
    throw new Error(`${page.url()} goes on loading.`, { cause });
  });
}

describe('every route', () => {
  for (const language of LANGUAGES) {
    for (const crowd of CROWDS) {
      test(`#79 axe finds nothing serious on any route, light and dark, and at 320 pixels nothing scrolls sideways: ${language}, ${crowd.join(' ')}`, async () => {
        const wrong: string[] = [];
        for (const who of crowd) {
          const looks = looksOf(who, language);
          if (looks.length === 0) continue;
          const context = await device(who, { locale: LOCALES[language] });
          // By the browser itself, as each document begins: sent into every page anew it takes longer than it runs.
          await context.addInitScript({ content: axe.source });
          await onPages(context, looks, async (page, traffic, { address, theme }) => {
            await page.emulateMedia({ colorScheme: theme ?? 'light' });
            await page.goto(`${server.url}${address}`);
            await settled(page, traffic);
            expect(await page.locator('html').getAttribute('lang')).toBe(language);
            const found = theme === null ? await violationsInBothThemes(page) : await violationsIn(theme, page);
            wrong.push(...found.map((one) => `${who} ${address}: ${one}`));
            await page.setViewportSize(NARROW);
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            if (width > NARROW.width) wrong.push(`${who} ${address}: ${width} pixels wide`);
            await page.setViewportSize(WIDE);
          });
          await context.close();
        }
        expect(wrong).toEqual([]);
      });
    }

    test(`#79 nor on what lies over them: account, tier dialog, toast, offline, end of session, ${language}`, async () => {
      const story = await Story.begin(server);
      const person = await story.person();
      const context = await devices.signedIn(story, person, { locale: LOCALES[language] });
      const page = await context.newPage();
      await openHome(page, story);
      const wrong: string[] = [];
      const look = async (what: string) =>
        wrong.push(...(await violationsInBothThemes(page)).map((one) => `${what}: ${one}`));
      await look('the first day');
      await page
        .getByRole('button', { name: language === 'es' ? 'Tu cuenta' : 'Your account' })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
      await look('account');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await story.record(aPurchase({ externalId: person.externalId, totalMinor: 60_000 }));
      await page.getByRole('dialog').waitFor();
      await look('tier dialog');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.locator('.toast').first().hover();
      await look('toast');
      await context.setOffline(true);
      await page
        .getByText(language === 'es' ? 'Sin conexión.' : 'offline', { exact: false })
        .first()
        .waitFor();
      await look('offline');
      expect(wrong).toEqual([]);
    });
  }

  test('each page of the routes folder has a fixture here, and each fixture a page', async () => {
    expect(Object.keys(pages).sort()).toEqual(await clientRoutes());
  });

  test('an address that does not exist says so, and leads back', async () => {
    const page = await (await device('member')).newPage();
    await page.goto(`${server.url}/${full.story.slug}/no-hay-nada`);
    await page.getByRole('heading', { level: 1, name: 'Aquí no hay nada' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Volver al inicio' }).click();
    await page.locator('[data-balance]').waitFor();
  });
});
