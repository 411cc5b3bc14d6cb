import type { Page } from 'playwright-core';
import type { Thread } from '@verbena/shared/forums/threads.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { focusedOn, ForumScreens, postOn, press } from '#support/forum-screens.js';
import type { Person } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { violationsInBothThemes } from '#support/violations.js';

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

/** High enough that a few fill a screen. */
const body = (number: number) => Array.from({ length: 4 }, (_, at) => `mensaje ${number}, línea ${at}`).join('\n\n');

/** A thread of Ana's with so many posts; Beto has come to the program before. */
async function aThread(count: number) {
  const screens = await ForumScreens.begin(server, devices);
  const { forum, talk, ana, beto } = screens;
  const thread = await forum.open(ana, talk, { title: 'La terraza', body: body(1) });
  const write = async (from: number, to: number) => {
    for (let number = from; number <= to; number += 1) await forum.reply(ana, thread, { body: body(number) });
  };
  await write(2, count);
  return {
    ...{ screens, ana, beto, clara: screens.clara, thread, write },
    lastRead: async (who: Person = beto) => (await forum.read(who, thread)).thread.lastRead,
  };
}

const show = (page: Page, number: number) =>
  postOn(page, number).evaluate((post) => post.scrollIntoView({ block: 'end' }));
const topOf = (page: Page, selector: string): Promise<number> =>
  page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
/** Until it goes elsewhere, a page has the focus only where it has: without this each of them believes that it has. */
const giveRealFocus = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
};
/** The post above which what is new begins. */
const newFrom = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('[data-new]')?.parentElement?.querySelector('article')?.id);
const row = (page: Page, { id }: Pick<Thread, 'id'>) => page.locator(`[data-thread="${id}"]`);

describe('#44 coming back to a thread', () => {
  test('#44 it opens where one stopped, under a divider that stands while one reads on; the list knows at once', async () => {
    const { screens, beto, thread, write, lastRead } = await aThread(12);
    const page = await screens.open(beto, screens.at(''));
    await page.locator('[data-category="charla"]').getByText('Con mensajes nuevos').waitFor();
    await page.getByRole('link', { name: 'Charla' }).click();
    await row(page, thread).getByText('12 mensajes nuevos').waitFor();
    await page.getByRole('link', { name: 'La terraza' }).click();
    await postOn(page, 12).waitFor();
    expect([await page.evaluate(() => scrollY), await newFrom(page)]).toEqual([0, undefined]);
    await show(page, 12);
    await eventually(async () => (await lastRead()) === 12, { withinMs: 10_000 });
    await page.goBack();
    await row(page, thread).waitFor();
    await row(page, thread).locator('[data-unread]').waitFor({ state: 'detached' });

    await write(13, 40);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await row(page, thread).getByText('28 mensajes nuevos').waitFor();
    await page.getByRole('link', { name: 'La terraza' }).click();
    await eventually(async () => (await focusedOn(page)) === 'p13');
    expect(await newFrom(page)).toBe('p13');
    expect(await topOf(page, '[data-new]')).toBeGreaterThanOrEqual(0);
    expect(await topOf(page, '[data-new]')).toBeLessThan(200);
    expect(await page.getByText('Nuevo desde tu última visita').count()).toBe(1);
    expect(await violationsInBothThemes(page)).toEqual([]);
    await show(page, 20);
    await eventually(async () => (await lastRead()) >= 20, { withinMs: 10_000 });
    expect(await newFrom(page)).toBe('p13');
    expect(await lastRead()).toBeLessThan(40);

    // An address that names a post leads there.
    await page.goto('about:blank');
    await page.goto(screens.at(thread, '#p3'));
    await eventually(async () => (await focusedOn(page)) === 'p3');
  });

  test('#44 what did not arrive is told when the thread is left, and a list that was asked for before it arrives is put right', async () => {
    const { screens, beto, thread, lastRead } = await aThread(2);
    const page = await screens.open(beto, screens.at('/charla'));
    await row(page, thread).getByText('2 mensajes nuevos').waitFor();
    let isFirst = true;
    let release = (): void => {};
    const listIsThere = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/reading', async (route) => {
      if (isFirst) {
        isFirst = false;
        return route.abort();
      }
      await listIsThere;
      await route.continue();
    });
    await page.getByRole('link', { name: 'La terraza' }).click();
    await postOn(page, 2).waitFor();
    const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/reading'));
    await show(page, 2);
    await lost;
    const list = page.waitForResponse((answer) => answer.url().endsWith('/charla/threads'));
    await page.goBack();
    await list;
    await row(page, thread).getByText('2 mensajes nuevos').waitFor();
    expect(await lastRead()).toBe(0);
    release();
    await row(page, thread).getByText('2 mensajes nuevos').waitFor({ state: 'detached' });
    expect(await lastRead()).toBe(2);
  });

  test('#44 all of a section is read by one button, which goes with what was unread', async () => {
    const { screens, beto, thread } = await aThread(3);
    const page = await screens.open(beto, screens.at('/charla'));
    await row(page, thread).getByText('3 mensajes nuevos').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await press(page, 'Marcar todo como leído');
    await row(page, thread).getByText('3 mensajes nuevos').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Marcar todo como leído' }).waitFor({ state: 'detached' });
    await page.goto(screens.at(''));
    await page.locator('[data-category="charla"]').waitFor();
    expect(await page.getByText('Con mensajes nuevos').count()).toBe(0);
  });
});

test('#44 FB6 what comes while another window has the focus is not read, and is new to whoever comes back', async () => {
  const { screens, beto, clara, thread, write, lastRead } = await aThread(2);
  const page = await screens.open(beto, screens.at(thread));
  await postOn(page, 2).waitFor();
  await show(page, 2);
  await eventually(async () => (await lastRead()) === 2, { withinMs: 10_000 });
  const other = await page.context().newPage();
  await giveRealFocus(page);
  await other.bringToFront();
  await eventually(async () => !(await page.evaluate(() => document.hasFocus())));
  await write(3, 5);
  await other.goto(screens.at('/charla'));
  await giveRealFocus(other);
  await row(other, thread).getByText('3 mensajes nuevos').waitFor();
  // Brought onto the screen without anybody there.
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await postOn(page, 5).waitFor();
  await show(page, 5);
  // Whoever looks at the same has read it meanwhile.
  const claras = await screens.open(clara, screens.at(thread, '#p5'));
  await postOn(claras, 5).waitFor();
  await show(claras, 5);
  await eventually(async () => (await lastRead(clara)) === 5, { withinMs: 10_000 });
  expect(await lastRead()).toBe(2);
  await page.bringToFront();
  await eventually(async () => (await newFrom(page)) === 'p3');
  await eventually(async () => (await lastRead()) === 5, { withinMs: 10_000 });
  expect(await newFrom(page)).toBe('p3');
  await other.bringToFront();
  await row(other, thread).getByText('3 mensajes nuevos').waitFor({ state: 'detached' });
});

test('#52 a page that is loaded anew shows what was on the screen, where it was', async () => {
  const { screens, beto, thread, lastRead } = await aThread(45);
  const page = await screens.open(beto, screens.at(thread));
  await press(page, 'Ver siguientes');
  await postOn(page, 40).waitFor();
  await postOn(page, 33).evaluate((post) => post.scrollIntoView({ block: 'start' }));
  await page.evaluate(() => scrollBy(0, 70));
  const before = await topOf(page, '#p33');
  await eventually(async () => (await lastRead()) >= 33, { withinMs: 10_000 });
  await page.reload();
  await postOn(page, 33).waitFor();
  await eventually(async () => Math.abs((await topOf(page, '#p33')) - before) < 3);
  await page.goto(screens.at('/charla'));
  await page.getByRole('heading', { level: 1, name: 'Charla' }).waitFor();
  await page.goBack();
  await postOn(page, 33).waitFor();
  await eventually(async () => Math.abs((await topOf(page, '#p33')) - before) < 3);
});
