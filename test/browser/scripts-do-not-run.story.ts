import type { BrowserContext, Page } from 'playwright-core';
import type { Category } from '@verbena/shared/forums/category.js';
import type { Thread } from '@verbena/shared/forums/threads.routes.js';
import { changePost } from '@verbena/shared/forums/threads.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { call } from '#support/http-call.js';
import { SCRIPT_MARK, scriptPayloads } from '#support/script-payloads.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** So many different texts stand in the posts, taken evenly from all that there are. */
const PAYLOADS = 900;
/** In one post; the blank lines between them are what ends most blocks. */
const PER_POST = 45;
const TITLES = 12;

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

/** What went wrong on the pages of a device: a mark that was set, a page that went somewhere by itself, a window that opened. */
class Watch {
  readonly wrong: string[] = [];

  constructor(private readonly page: Page) {
    page.on('dialog', (dialog) => {
      this.wrong.push(`${page.url()}: a dialog, ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => this.wrong.push(`${page.url()}: a window, ${popup.url()}`));
  }

  /** Touches all that could act, and then looks whether something did. */
  async look(address: string): Promise<void> {
    await this.page.evaluate(() => {
      for (const one of document.querySelectorAll<HTMLElement>('main *')) {
        for (const event of ['focus', 'mouseover', 'toggle', 'load', 'error'])
          one.dispatchEvent(new Event(event, { bubbles: false }));
        if (one instanceof HTMLDetailsElement) one.open = true;
      }
    });
    await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const found = await this.page.evaluate((mark) => mark in globalThis, SCRIPT_MARK);
    if (found) this.wrong.push(`${address}: the mark is set`);
    if (this.page.url().split('#')[0] !== address.split('#')[0])
      this.wrong.push(`${address} became ${this.page.url()}`);
    const elements = await this.page
      .locator(
        'main :is(script, iframe, object, embed, base, meta, form[action], img, video, svg[onload], [onerror], [onfocus])',
      )
      .evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)));
    if (elements.length > 0) this.wrong.push(`${address}: ${elements.join(' ')}`);
    const hrefs = await this.page
      .locator('main a[href]')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
    const strange = hrefs.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol));
    if (strange.length > 0) this.wrong.push(`${address}: links by ${[...new Set(strange)].join(' ')}`);
  }
}

/** A thread whose posts and versions hold them all, and others that are called like some of them. */
async function aHostileForum() {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const ana = await someoneCalled(story, 'Ana');
  const clara = await someoneCalled(story, 'Clara', 2_000);
  const rights = {
    see: null,
    read: null,
    create: null,
    reply: null,
    react: null,
    moderate: { tier: { atLeast: 'oro' } },
  };
  const talk = await forum.category('charla', { rights });
  const all = scriptPayloads();
  const step = Math.floor(all.length / PAYLOADS);
  const chosen = all.filter((_, at) => at % step === 0).slice(0, PAYLOADS);
  expect(new Set(chosen).size).toBeGreaterThanOrEqual(500);
  const bodies = Array.from({ length: Math.ceil(chosen.length / PER_POST) }, (_, at) =>
    chosen.slice(at * PER_POST, (at + 1) * PER_POST).join('\n\n'),
  );
  const [first = '', ...rest] = bodies;
  const thread = await forum.open(ana, talk, { title: titles(all)[0] ?? '', body: first });
  for (const body of rest) await forum.reply(ana, thread, { body });
  await call(ana.caller, changePost, {
    params: { ...forum.params, post: thread.id },
    body: { body: `${first}\n\n${rest[0] ?? ''}`.slice(0, 20_000), version: 1 },
  });
  await openOthers(forum, ana, talk, titles(all).slice(1));
  return { story, thread, ana, clara };
}

/** Payloads that fit into a title. */
function titles(all: readonly string[]): string[] {
  return all
    .filter((text) => text.length <= 100 && !/[\n\0]/.test(text))
    .filter((_, at) => at % 97 === 0)
    .slice(0, TITLES);
}

async function openOthers(forum: Forum, ana: Person, talk: Category, names: readonly string[]): Promise<void> {
  for (const title of names) await forum.open(ana, talk, { title, body: title });
}

test('the check can fail: a page that sets the mark, and one that goes away, are seen', async () => {
  const context: BrowserContext = await devices.fresh();
  const page = await context.newPage();
  const watch = new Watch(page);
  await page.goto(`${server.url}/robots.txt`);
  const address = page.url();
  await page.setContent(
    `<main><img src=x><a href="javascript:1">x</a><script>globalThis.${SCRIPT_MARK}=1</script></main>`,
  );
  await page.evaluate((mark) => Object.assign(globalThis, { [mark]: 1 }), SCRIPT_MARK);
  await watch.look(address);
  expect(watch.wrong.map((one) => one.replace(address, ''))).toEqual([
    ': the mark is set',
    expect.stringContaining('<img'),
    ': links by javascript:',
  ]);
  await watch.look(`${server.url}/elsewhere`);
  expect(watch.wrong.at(3)).toContain('the mark is set');
  expect(watch.wrong.at(4)).toContain('became');
});

test('#22 what members write never runs: thread, list, edit box, preview and versions, for members and for moderators', async () => {
  const { story, thread, ana, clara } = await aHostileForum();
  const wrong: string[] = [];
  for (const [who, moderates] of [
    [ana, false],
    [clara, true],
  ] as const) {
    const page = await (await devices.signedIn(story, who)).newPage();
    const watch = new Watch(page);
    const forumAt = `${server.url}/${story.slug}/forum`;
    for (const path of ['', '/charla']) {
      await page.goto(`${forumAt}${path}`);
      await page.locator('main [data-step]').first().waitFor();
      await watch.look(`${forumAt}${path}`);
    }
    const address = addressOf(forumAt, thread);
    await page.goto(address);
    await page.locator('#p1').waitFor();
    await page.getByRole('button', { name: 'Más sobre el mensaje 1', exact: true }).waitFor();
    await watch.look(address);
    const more = async (name: string) => {
      await page.getByRole('button', { name: 'Más sobre el mensaje 1', exact: true }).click();
      await page.getByRole('button', { name, exact: true }).click();
    };
    await more('Ver versiones');
    await page.getByRole('dialog').getByText('Como está ahora').waitFor();
    await watch.look(address);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await more('Editar');
    const box = page.getByRole('textbox', { name: 'Cambiar el mensaje' });
    await eventually(async () => (await box.inputValue()).length > 100);
    await page.locator('#p1').getByRole('tab', { name: 'Vista previa' }).click();
    await page.locator('#p1 .prose').waitFor();
    await watch.look(address);
    await page.locator('#p1').getByRole('button', { name: 'Cancelar' }).click();
    if (moderates) {
      await page.getByRole('button', { name: 'Moderar el hilo' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Título' }).waitFor();
      await watch.look(address);
    }
    wrong.push(...watch.wrong);
  }
  expect(wrong).toEqual([]);
});

function addressOf(forumAt: string, { id, slug }: Thread): string {
  return `${forumAt}/t/${id}/${slug}`;
}
