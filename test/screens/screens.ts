import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { progressOn } from '@verbena/server/launcher/progress.js';
import { findChromium } from '@verbena/server/launcher/setup.js';
import { startStores } from '@verbena/server/launcher/stores.js';
import { PLAZA } from '@verbena/seeds/demo/plaza.js';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { beside, startCommand } from '#excerpt/run-command.js';
import { clientRoutes } from '#support/client-routes.js';
import { addressOf, moduleFixtures, type Named, type ScreenState, together } from '#support/module-fixtures.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { type Demo, DemoPeople, type Who } from './demo-people.js';

/** What a module brings, at its address. */
type Screen = ScreenState & { readonly path: string };

/**
 * `npm run screens [-- --out FOLDER] [--only TEXT] [--quick]`
 *
 * Every screen of the client over the demo program, as pictures: 390 and 1440 px wide, light and dark, Spanish and English;
 * `--quick` takes Spanish and light alone. Stores, server and demo are its own. Ends with code 1 where a page has no line in
 * `test/modules/`, could not be opened, or scrolls sideways.
 */
const WIDTHS = [390, 1_440] as const;
const THEMES = ['light', 'dark'] as const;
const LANGUAGES = ['es', 'en'] as const;
const HEIGHTS = { 390: 844, 1_440: 900 } as const;
const SETTLE_MS = 30_000;
const HEIGHT_MAX = 6_000;

const options = readOptions(process.argv.slice(2));
const out = path.resolve(options.out ?? fileURLToPath(new URL('../../.data/screens', import.meta.url)));
const folder = mkdtempSync(path.join(tmpdir(), 'verbena-screens-'));
process.env['VERBENA_TEST_DIR'] = folder;
const problems: string[] = [];
const stores = await startStores({ dataDir: path.join(folder, 'stores') });
try {
  const server = await startServer({ mongodbUri: stores.mongodbUri, redisUrl: stores.redisUrl });
  try {
    await shoot(server);
  } finally {
    await server.stop();
  }
} finally {
  await stores.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
console.log(`${out}${problems.length > 0 ? `: ${problems.length} problems` : ''}`);
process.exit(problems.length > 0 ? 1 : 0);

async function shoot(server: TestServer): Promise<void> {
  const dataDir = path.join(folder, 'demo');
  mkdirSync(dataDir, { recursive: true });
  const seeded = await startCommand('seed', [], { ...beside(server), DATA_DIR: dataDir }).ended;
  if (seeded.code !== 0) throw new Error(seeded.output);
  const demo = JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')) as Demo;
  const people = new DemoPeople(server, demo);
  const modules = await moduleFixtures();
  const pages = together(modules.map((module) => module.screens));
  for (const route of await clientRoutes())
    if (!(route in pages)) problems.push(`No module brings a screen of ${route}.`);
  const lucia = { url: server.url, bearer: await people.tokenOf('lucia') };
  const demoPlace = { server, slug: PLAZA.slug, lucia };
  let made: Named = { program: PLAZA.slug };
  for (const { makeInDemo } of modules) made = together([made, await makeInDemo?.(demoPlace)]);
  const screens = Object.entries(pages).flatMap(([route, states]) =>
    states.map((state) => ({ ...state, path: addressOf(route, state, made) })),
  );
  const wanted = screens.filter(({ name }) => options.only === undefined || name.includes(options.only));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await findChromium({ progress: progressOn(process.stderr) }));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    for (const language of options.quick ? LANGUAGES.slice(0, 1) : LANGUAGES)
      for (const theme of options.quick ? THEMES.slice(0, 1) : THEMES)
        for (const width of WIDTHS) await shootAll(browser, server, people, wanted, { language, theme, width });
  } finally {
    await browser.close();
  }
}

interface Look {
  readonly language: (typeof LANGUAGES)[number];
  readonly theme: (typeof THEMES)[number];
  readonly width: (typeof WIDTHS)[number];
}

async function shootAll(
  browser: Browser,
  server: TestServer,
  people: DemoPeople,
  screens: readonly Screen[],
  look: Look,
): Promise<void> {
  for (const who of new Set(screens.map((screen) => screen.who))) {
    const context = await openContext(browser, people, who, look);
    const page = await context.newPage();
    for (const screen of screens.filter((one) => one.who === who)) await shootOne(page, server, screen, look);
    await context.close();
  }
}

async function openContext(
  browser: Browser,
  people: DemoPeople,
  who: Who,
  { language, theme, width }: Look,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: language === 'es' ? 'es-ES' : 'en-GB',
    timezoneId: 'Europe/Madrid',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height: HEIGHTS[width] },
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(SETTLE_MS);
  await people.enter(context, who);
  return context;
}

async function shootOne(
  page: Page,
  server: TestServer,
  screen: Screen,
  { language, theme, width }: Look,
): Promise<void> {
  const file = path.join(out, `${screen.name}-${width}-${theme}-${language}.png`);
  try {
    await page.goto(`${server.url}${screen.path}`);
    await page.locator('h1').first().waitFor();
    await page.locator('.skeleton, [aria-busy=true]').first().waitFor({ state: 'detached' });
    if (screen.prepare !== undefined) {
      await screen.prepare(page);
      await page.locator('.skeleton, [aria-busy=true]').first().waitFor({ state: 'detached' });
    }
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    if (widest > width) problems.push(`${path.basename(file)} is ${widest} px wide.`);
    // As high as the page, so that the bar at the bottom stands there and not in the middle of the picture.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (screen.prepare === undefined) await page.setViewportSize({ width, height: Math.min(height, HEIGHT_MAX) });
    await page.screenshot({ path: file });
    await page.setViewportSize({ width, height: HEIGHTS[width] });
  } catch (error) {
    problems.push(
      `${path.basename(file)}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
    );
  }
}

function readOptions(args: readonly string[]): { out?: string; only?: string; quick: boolean } {
  const found: { out?: string; only?: string; quick: boolean } = { quick: false };
  for (let place = 0; place < args.length; place += 1) {
    const word = args[place];
    if (word === '--quick') found.quick = true;
    else if (word === '--out' || word === '--only') {
      const value = args[(place += 1)];
      if (value === undefined) throw new Error(`${word} needs a value.`);
      if (word === '--out') found.out = value;
      else found.only = value;
    } else throw new Error(`npm run screens does not know ${word}; it knows --out, --only and --quick.`);
  }
  return found;
}
