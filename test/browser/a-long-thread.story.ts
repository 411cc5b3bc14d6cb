import type { Page } from 'playwright-core';
import { changePost } from '@verbena/shared/forums/threads.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { focusedOn, ForumScreens, postOn, press } from '#support/forum-screens.js';
import { call } from '#support/http-call.js';
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

const begin = () => ForumScreens.begin(server, devices);

describe('#52 a long thread', () => {
  async function aLongThread() {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const thread = await forum.open(ana, talk);
    const posts = [];
    for (let number = 2; number <= 65; number += 1)
      posts.push(await forum.reply(ana, thread, { body: `mensaje ${number}` }));
    return { screens, forum, thread, posts, ana, beto };
  }
  const numbers = (page: Page) =>
    page.locator('article[id^=p]').evaluateAll((all) => [all[0]?.id, all.at(-1)?.id, all.length]);

  test('#51 #52 pages both ways, a deep link loads what is around it, to the parent and back', async () => {
    const { screens, forum, thread, posts, ana, beto } = await aLongThread();
    await forum.reply(ana, thread, { body: 'de vuelta', ...(posts[0] ? { replyTo: posts[0].id } : {}) });
    const page = await screens.open(beto, screens.at(thread));
    await postOn(page, 20).waitFor();
    expect(await numbers(page)).toEqual(['p1', 'p20', 20]);
    await press(page, 'Ver siguientes');
    await postOn(page, 40).waitFor();
    expect([await numbers(page), await focusedOn(page)]).toEqual([['p1', 'p40', 40], 'p21']);

    await page.goto('about:blank');
    await page.goto(screens.at(thread, '#p60'));
    await eventually(async () => (await focusedOn(page)) === 'p60');
    expect(await numbers(page)).toEqual(['p40', 'p66', 27]);
    await press(page, 'Ver anteriores');
    await eventually(async () => (await focusedOn(page)) === 'p39');
    await postOn(page, 66).getByRole('link', { name: 'En respuesta a Ana (n.º 2)' }).click();
    await eventually(async () => (await focusedOn(page)) === 'p2');
    await postOn(page, 2).getByRole('link', { name: 'Volver al mensaje 66' }).click();
    await eventually(async () => (await focusedOn(page)) === 'p66');
  });

  test('#51 a link to a post far away holds against what was being read of the page that was known', async () => {
    const { screens, forum, thread, posts, ana, beto } = await aLongThread();
    const far = `[allí](/${screens.story.slug}/forum/p/${posts[58]?.id ?? ''})`;
    const params = { ...forum.params, post: thread.id };
    await call(ana.caller, changePost, { params, body: { body: far, version: 1 } });
    const page = await screens.open(beto, screens.at(thread));
    await postOn(page, 20).waitFor();
    let release = (): void => {};
    const focusIsThere = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/threads/*?after=0', async (route) => {
      await focusIsThere;
      await route.continue().catch(() => undefined);
    });
    await postOn(page, 1).getByRole('link', { name: 'allí' }).click();
    await eventually(async () => (await focusedOn(page)) === 'p60');
    release();
    await page.waitForLoadState('networkidle');
    expect([await numbers(page), await focusedOn(page)]).toEqual([['p40', 'p65', 26], 'p60']);
  });

  test('#52 the back button brings back the posts that were there, where they were', async () => {
    const { screens, thread, beto } = await aLongThread();
    const page = await screens.open(beto, screens.at(thread));
    await press(page, 'Ver siguientes');
    await postOn(page, 40).waitFor();
    await postOn(page, 35).evaluate((element) => element.scrollIntoView({ block: 'start' }));
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(2_000);
    await postOn(page, 35).getByRole('link', { name: 'Ana', exact: true }).click();
    await page.waitForURL(/\/members\/Ana$/);
    await page.goBack();
    await postOn(page, 35).waitFor();
    await eventually(async () => Math.abs((await page.evaluate(() => scrollY)) - before) < 40);
    expect(await numbers(page)).toEqual(['p1', 'p40', 40]);
  });
});
