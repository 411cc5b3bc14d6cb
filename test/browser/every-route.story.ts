import axe from 'axe-core';
import { register } from '@verbena/shared/identity/accounts.routes.js';
import { changeProfile, joinProgram } from '@verbena/shared/members/members.routes.js';
import { changeConsents } from '@verbena/shared/members/consents.routes.js';
import { publishLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { getUndoPlan, planUndo } from '@verbena/shared/undo/undo-plans.routes.js';
import { createDraft } from '@verbena/shared/programs/versions.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { Devices, openHome } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { clientRoutes } from '#support/client-routes.js';
import { aMember, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { violationsInBothThemes, violationsOn } from '#support/violations.js';

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

interface Fixture {
  readonly who: Who;
  /** The address; `person` is the member of the story. */
  readonly at: (story: Story, person: Person) => string;
}

/** Everybody that a page may show itself to, by who goes through the pages in one test. `shy` is a member who hides from boards and has invited nobody. Staff come with an authenticator app that this session has shown. */
const CROWDS = [['member'], ['shy', 'nobody'], ['manager', 'owner']] as const;
type Who = (typeof CROWDS)[number][number];

/** How each page is reached, by whom, in each state worth a look. A route without a line here fails. */
const FIXTURES: Readonly<Record<string, readonly Fixture[]>> = {
  '/': [
    { who: 'nobody', at: () => '/' },
    { who: 'member', at: () => '/' },
  ],
  '/console/[program]': [
    { who: 'owner', at: (story) => `/console/${story.slug}` },
    { who: 'manager', at: (story) => `/console/${story.slug}` },
    { who: 'member', at: (story) => `/console/${story.slug}` },
  ],
  '/console/[program]/activities': [
    { who: 'manager', at: (story) => `/console/${story.slug}/activities` },
    { who: 'manager', at: (story, { member }) => `/console/${story.slug}/activities?member=${member}` },
  ],
  '/console/[program]/preview': [{ who: 'manager', at: (story) => `/console/${story.slug}/preview` }],
  '/console/[program]/approvals': [
    { who: 'manager', at: (story) => `/console/${story.slug}/approvals` },
    { who: 'manager', at: (story) => `/console/${story.slug}/approvals?show=decided` },
  ],
  '/console/[program]/audit': [{ who: 'manager', at: (story) => `/console/${story.slug}/audit` }],
  '/console/[program]/legal': [
    { who: 'owner', at: (story) => `/console/${story.slug}/legal` },
    { who: 'manager', at: (story) => `/console/${story.slug}/legal` },
  ],
  '/console/[program]/drafts/[draft]': [
    { who: 'owner', at: (story) => `/console/${story.slug}/drafts/${drafts.get(story.slug)}` },
    { who: 'manager', at: (story) => `/console/${story.slug}/drafts/${drafts.get(story.slug)}?show=edit` },
    { who: 'manager', at: (story) => `/console/${story.slug}/drafts/${drafts.get(story.slug)}?show=try` },
    { who: 'manager', at: (story) => `/console/${story.slug}/drafts/${drafts.get(story.slug)}?show=past` },
    { who: 'manager', at: (story) => `/console/${story.slug}/drafts/01HZZZZZZZZZZZZZZZZZZZZZZZ` },
  ],
  '/console/[program]/undo': [
    { who: 'manager', at: (story) => `/console/${story.slug}/undo` },
    { who: 'manager', at: (story) => `/console/${story.slug}/undo?version=1` },
  ],
  '/console/[program]/undo/[plan]': [
    { who: 'owner', at: (story) => `/console/${story.slug}/undo/${plans.get(story.slug)}` },
    { who: 'manager', at: (story) => `/console/${story.slug}/undo/01HZZZZZZZZZZZZZZZZZZZZZZZ` },
  ],
  '/console/[program]/versions': [
    { who: 'owner', at: (story) => `/console/${story.slug}/versions` },
    { who: 'manager', at: (story) => `/console/${story.slug}/versions` },
  ],
  '/console/[program]/versions/[version]': [
    { who: 'manager', at: (story) => `/console/${story.slug}/versions/1` },
    { who: 'manager', at: (story) => `/console/${story.slug}/versions/99` },
  ],
  '/console/[program]/health': [{ who: 'manager', at: (story) => `/console/${story.slug}/health` }],
  '/console/[program]/keys': [
    { who: 'owner', at: (story) => `/console/${story.slug}/keys` },
    { who: 'manager', at: (story) => `/console/${story.slug}/keys` },
  ],
  '/console/[program]/keys/new': [{ who: 'owner', at: (story) => `/console/${story.slug}/keys/new` }],
  '/console/[program]/brands': [
    { who: 'owner', at: (story) => `/console/${story.slug}/brands` },
    { who: 'manager', at: (story) => `/console/${story.slug}/brands` },
  ],
  '/console/[program]/mail': [{ who: 'owner', at: (story) => `/console/${story.slug}/mail` }],
  '/console/[program]/members': [
    { who: 'manager', at: (story) => `/console/${story.slug}/members` },
    { who: 'owner', at: (story) => `/console/${story.slug}~test/members` },
    { who: 'manager', at: (story) => `/console/${story.slug}/members?search=nadie-se-llama-as%C3%AD` },
  ],
  '/console/[program]/members/[member]': [
    { who: 'manager', at: (story, { member }) => `/console/${story.slug}/members/${member}` },
    { who: 'manager', at: (story, { member }) => `/console/${story.slug}/members/${member}?show=missions` },
    { who: 'manager', at: (story) => `/console/${story.slug}/members/01HZZZZZZZZZZZZZZZZZZZZZZZ` },
  ],
  '/console/[program]/members/[member]/entries/[entry]': [
    { who: 'manager', at: (story, { member }) => `/console/${story.slug}/members/${member}/entries/2` },
  ],
  '/console/[program]/members/[member]/then': [
    { who: 'manager', at: (story, { member }) => `/console/${story.slug}/members/${member}/then` },
    { who: 'manager', at: (story) => `/console/${story.slug}/members/01HZZZZZZZZZZZZZZZZZZZZZZZ/then` },
  ],
  '/console/[program]/security': [{ who: 'owner', at: (story) => `/console/${story.slug}/security` }],
  '/[program]': [
    { who: 'member', at: (story) => `/${story.slug}` },
    { who: 'nobody', at: (story) => `/${story.slug}` },
  ],
  '/[program]/i/[code]': [{ who: 'nobody', at: (story) => `/${story.slug}/i/N0EX1STE` }],
  '/[program]/join': [{ who: 'nobody', at: (story) => `/${story.slug}/join` }],
  '/[program]/legal/[text]': [
    { who: 'nobody', at: (story) => `/${story.slug}/legal/terms` },
    { who: 'member', at: (story) => `/${story.slug}/legal/privacy?version=1` },
    { who: 'nobody', at: (story) => `/${story.slug}/legal/terms?version=9` },
    { who: 'nobody', at: (story) => `/${story.slug}/legal/otra-cosa` },
  ],
  '/[program]/login': [{ who: 'nobody', at: (story) => `/${story.slug}/login` }],
  '/[program]/me': [{ who: 'member', at: (story) => `/${story.slug}/me` }],
  '/[program]/boards': [
    { who: 'member', at: (story) => `/${story.slug}/boards` },
    { who: 'shy', at: (story) => `/${story.slug}/boards` },
  ],
  '/[program]/boards/[board]': [
    { who: 'member', at: (story) => `/${story.slug}/boards/semana` },
    { who: 'member', at: (story) => `/${story.slug}/boards/siempre` },
    { who: 'member', at: (story) => `/${story.slug}/boards/semana?run=${lastWeek()}` },
    { who: 'member', at: (story) => `/${story.slug}/boards/no-hay` },
    { who: 'shy', at: (story) => `/${story.slug}/boards/semana` },
  ],
  '/[program]/invite': [
    { who: 'member', at: (story) => `/${story.slug}/invite` },
    { who: 'shy', at: (story) => `/${story.slug}/invite` },
  ],
  '/[program]/members/[alias]': [
    { who: 'member', at: (story) => `/${story.slug}/members/Luz%20de%20Feria` },
    { who: 'shy', at: (story) => `/${story.slug}/members/Luz%20de%20Feria` },
    { who: 'member', at: (story) => `/${story.slug}/members/Nadie%20aqu%C3%AD` },
  ],
  '/[program]/missions': [
    { who: 'member', at: (story) => `/${story.slug}/missions` },
    { who: 'member', at: (story) => `/${story.slug}/missions?show=available` },
    { who: 'member', at: (story) => `/${story.slug}/missions?show=completed` },
  ],
  '/[program]/missions/[mission]': [
    { who: 'member', at: (story) => `/${story.slug}/missions/diez-visitas` },
    { who: 'member', at: (story) => `/${story.slug}/missions/ocho-secciones` },
    { who: 'member', at: (story) => `/${story.slug}/missions/racha-semanal` },
    { who: 'member', at: (story) => `/${story.slug}/missions/no-hay` },
  ],
  '/[program]/badges': [{ who: 'member', at: (story) => `/${story.slug}/badges` }],
  '/[program]/rules': [{ who: 'member', at: (story) => `/${story.slug}/rules` }],
  '/[program]/tiers': [{ who: 'member', at: (story) => `/${story.slug}/tiers` }],
  '/[program]/reset': [
    { who: 'nobody', at: (story) => `/${story.slug}/reset` },
    { who: 'nobody', at: (story) => `/${story.slug}/reset#code=${'x'.repeat(43)}` },
    { who: 'nobody', at: (story) => `/${story.slug}/reset#code=corto` },
  ],
  '/[program]/verify': [
    { who: 'nobody', at: (story) => `/${story.slug}/verify#code=${'x'.repeat(43)}` },
    { who: 'member', at: (story) => `/${story.slug}/verify` },
  ],
  '/[program]/wallet': [
    { who: 'member', at: (story) => `/${story.slug}/wallet` },
    { who: 'member', at: (story) => `/${story.slug}/wallet?show=reversed` },
    { who: 'member', at: (story) => `/${story.slug}/wallet?show=missions` },
  ],
  '/[program]/wallet/[entry]': [
    { who: 'member', at: (story) => `/${story.slug}/wallet/2` },
    { who: 'member', at: (story) => `/${story.slug}/wallet/99` },
  ],
};

/** A draft of each story's program. */
const drafts = new Map<string, string>();
const plans = new Map<string, string>();

const WEEK_MS = 7 * 86_400_000;
const EVERYTHING = { name: true, tier: true, badges: true, points: true, joined: true };

const LOCALES = { es: 'es-ES', en: 'en-GB' } as const;
const LANGUAGES = ['es', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const WIDE = { width: 1_280, height: 900 };
/** A screen of 1280 pixels at 400 %. */
const NARROW = { width: 320, height: 700 };

/** Spanish sees every state of a page. Its English has the same elements and shorter words, so there the first state does. */
function fixturesOf(who: Who, language: Language): readonly Fixture[] {
  return Object.values(FIXTURES)
    .flatMap((states) => (language === 'es' ? states : states.slice(0, 1)))
    .filter((one) => one.who === who);
}

/** Somebody with a tier, a badge, a completed mission and progress in others. */
async function aFullStory(): Promise<{ story: Story; person: Person }> {
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
  const params = { program: story.slug, member: 'me' };
  await call(person.caller, changeProfile, { params, body: { alias: 'Luz de Feria', shows: EVERYTHING } });
  await inviteSomebody(story, person);
  // One member accepted what is in force, the others are asked to.
  await publishTexts(story);
  await call(person.caller, changeConsents, {
    params,
    body: { version: 1, language: 'es', accepts: true, ofAge: true, purposes: { ofertas: true } },
  });
  const draft = await call(server.local, createDraft, { params: { program: story.slug }, body: { name: 'Otoño' } });
  drafts.set(story.slug, draft.id);
  const ofProgram = { program: story.slug };
  const { definitions } = await call(server.local, getDefinitions, { params: ofProgram });
  // Another version of the same sense, so that the first is over and can be undone.
  for (const { earn } of definitions.rules)
    for (const { amount } of earn)
      amount.product = amount.product.map((factor) =>
        'ratio' in factor ? { ratio: [factor.ratio[0] * 2, factor.ratio[1] * 2] } : factor,
      );
  await call(server.local, putDefinitions, { params: ofProgram, body: { definitions } });
  const { id } = await call(server.local, planUndo, {
    params: ofProgram,
    body: { version: 1, rule: 'compra', reason: 'Un cero de más', message: { es: 'Lo hemos corregido.' } },
  });
  await eventually(
    async () => (await call(server.local, getUndoPlan, { params: { ...ofProgram, plan: id } })).status === 'planned',
    { withinMs: 60_000, until: 'the undo is worked out' },
  );
  plans.set(story.slug, id);
  return { story, person };
}

async function publishTexts(story: Story): Promise<void> {
  const terms = { es: '## Una cosa\n\n- Uno\n- [Dos](https://example.com)\n\n| A | B |\n|---|---|\n| 1 | 2 |' };
  await call(server.local, publishLegalTexts, {
    params: { program: story.slug },
    body: {
      ...{ terms, privacy: { es: 'Lo que guardamos.' }, ageMin: 16, mustAccept: true, expectedVersion: 0 },
      purposes: [{ id: 'ofertas', text: { es: 'Quiero ofertas', en: 'I want offers' } }],
    },
  });
}

/** Somebody new joins by the person's code. */
async function inviteSomebody(story: Story, { caller }: Person): Promise<void> {
  const params = { program: story.slug, member: 'me' };
  const { code } = await call(caller, getReferrals, { params });
  const { name, email, password } = aMember();
  await call({ url: server.url }, register, { body: { name, email, password } });
  const friend = await story.logIn({ email, password });
  await call(friend.caller, joinProgram, { params: { program: story.slug }, body: { invitation: code } });
}

async function somebodyShy(story: Story): Promise<Person> {
  const person = await story.person();
  await story.record(aPurchase({ externalId: person.externalId, totalMinor: 2_000 }));
  const params = { program: story.slug, member: 'me' };
  await call(person.caller, changeProfile, { params, body: { alias: 'Callada', boards: 'hidden' } });
  return person;
}

/** The run of a weekly board seven days ago. */
function lastWeek(): string {
  const date = new Date(Date.now() - WEEK_MS);
  // The Thursday of a week decides its year.
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const days = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000;
  return `${date.getUTCFullYear()}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

async function device(
  story: Story,
  person: Person,
  who: Who,
  options: Parameters<Devices['fresh']>[0] = {},
): Promise<BrowserContext> {
  if (who === 'nobody') return devices.fresh(options);
  if (who === 'member') return devices.signedIn(story, person, options);
  if (who === 'shy') return devices.signedIn(story, await somebodyShy(story), options);
  return devices.signedInElevated(story, await story.person(who, { secondFactor: false }), options);
}

/** Goes through addresses on two pages of a device at once: while one waits for the server, the other is looked at. */
async function onPages(
  context: BrowserContext,
  addresses: readonly string[],
  look: (page: Page, traffic: Traffic, address: string) => Promise<void>,
): Promise<void> {
  const left = [...addresses];
  const go = async (): Promise<void> => {
    const page = await context.newPage();
    const traffic = new Traffic(page);
    for (let address = left.shift(); address !== undefined; address = left.shift()) await look(page, traffic, address);
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
        const { story, person } = await aFullStory();
        const wrong: string[] = [];
        for (const who of crowd) {
          const fixtures = fixturesOf(who, language);
          if (fixtures.length === 0) continue;
          const context = await device(story, person, who, { locale: LOCALES[language] });
          // By the browser itself, as each document begins: sent into every page anew it takes longer than it runs.
          await context.addInitScript({ content: axe.source });
          const addresses = fixtures.map((fixture) => fixture.at(story, person));
          await onPages(context, addresses, async (page, traffic, address) => {
            await page.goto(`${server.url}${address}`);
            await settled(page, traffic);
            expect(await page.locator('html').getAttribute('lang')).toBe(language);
            wrong.push(...(await violationsInBothThemes(page)).map((one) => `${who} ${address}: ${one}`));
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
    expect(Object.keys(FIXTURES).sort()).toEqual(await clientRoutes());
  });

  test('an address that does not exist says so, and leads back', async () => {
    const { story, person } = await aFullStory();
    const page = await (await devices.signedIn(story, person)).newPage();
    await page.goto(`${server.url}/${story.slug}/no-hay-nada`);
    await page.getByRole('heading', { level: 1, name: 'Aquí no hay nada' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: 'Volver al inicio' }).click();
    await page.locator('[data-balance]').waitFor();
  });
});
