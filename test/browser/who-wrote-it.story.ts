import type { Page } from 'playwright-core';
import { getThread } from '@verbena/shared/forums/threads.routes.js';
import { changeProfile, getMember } from '@verbena/shared/members/members.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aPurchase } from '#support/factories.js';
import { focusedOn, ForumScreens, postOn } from '#support/forum-screens.js';
import { call } from '#support/http-call.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { publish } from '#support/undo-story.js';
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

const SHOWS = { name: true, tier: true, badges: true, points: true, joined: false };
const MORE = ['Buena vecina', 'Madrugadora', 'Manitas'];

/** Ana shows what she has, three of her four badges chosen, in a thread of hers. */
async function aThread() {
  const screens = await ForumScreens.begin(server, devices);
  const { story, forum, ana, beto, talk } = screens;
  await publish(story, ({ badges }) => {
    const [first] = badges;
    if (first?.grant.kind !== 'count') throw new Error('The preset begins with another badge.');
    const named = MORE.map((name) => ({ id: name.toLowerCase().replace(' ', '-'), name: { es: name, en: name } }));
    badges.push(...named.map((one) => ({ ...first, ...one, picture: 'star' as const })));
  });
  await story.record(aPurchase({ externalId: ana.externalId, totalMinor: 60_000 }));
  const chosenBadges = ['madrugadora', 'buena-vecina', 'primera-compra'];
  await call(ana.caller, changeProfile, {
    params: { ...forum.params, member: 'me' },
    body: { name: 'Ana Peña', shows: SHOWS, chosenBadges },
  });
  const thread = await forum.open(ana, talk, { body: '¿Cuándo abre la terraza?' });
  await forum.reply(beto, thread, { body: 'El viernes' });
  return { screens, thread };
}

const cardOn = (page: Page) => page.getByRole('group', { name: 'Carné de Ana' });
const nameOn = (page: Page) => postOn(page, 1).getByRole('link', { name: 'Ana', exact: true });
const isGone = (page: Page) => eventually(async () => (await cardOn(page).count()) === 0);

/** Counts how often the card is asked for. */
async function countCards(page: Page): Promise<() => number> {
  let asked = 0;
  await page.route('**/profiles/*', (route) => {
    asked += 1;
    return route.continue();
  });
  return () => asked;
}

describe('#66 who wrote a post', () => {
  test('#66 the tier and the chosen badges stand beside the name, each said; pointing at it shows the card, and it can be pointed at', async () => {
    const { screens, thread } = await aThread();
    const page = await screens.open(screens.beto, screens.at(thread));
    const asked = await countCards(page);
    const post = postOn(page, 1);
    await post.getByText('Plata', { exact: true }).waitFor();
    const badges = post.getByRole('list', { name: 'Insignias que ha elegido' }).getByRole('listitem');
    expect(await badges.allTextContents()).toEqual(['Madrugadora', 'Buena vecina', 'Primera compra']);
    // Beto has bought nothing and chosen nothing.
    await postOn(page, 2).getByText('Socio', { exact: true }).waitFor();
    expect(await postOn(page, 2).getByRole('list', { name: 'Insignias que ha elegido' }).count()).toBe(0);
    expect(asked()).toBe(0);

    await nameOn(page).hover();
    const card = cardOn(page);
    await card.getByText('Ana Peña').waitFor();
    for (const text of ['Plata', '600 puntos', 'Madrugadora', '4 insignias']) await card.getByText(text).waitFor();
    expect(await card.getByText('En el programa desde').count()).toBe(0);
    expect(await violationsInBothThemes(page)).toEqual([]);
    // From the name into the card it stays, and Escape puts it away without moving the pointer.
    await card.getByText('4 insignias').hover();
    await page.waitForFunction(() => document.querySelector('[data-card]')?.matches(':hover'));
    await page.keyboard.press('Escape');
    await isGone(page);
    await page.mouse.move(0, 0);
    await nameOn(page).hover();
    await card.getByText('Ana Peña').waitFor();
    await page.mouse.move(0, 0);
    await isGone(page);
    // One reading for one name and visit.
    expect(asked()).toBe(1);
    await nameOn(page).click();
    await page.waitForURL('**/members/Ana');
  });

  test('#66 with the keyboard: focus shows the card, its link is the next stop, Escape closes it and the focus stays at the name', async () => {
    const { screens, thread } = await aThread();
    const page = await screens.open(screens.beto, screens.at(thread));
    await postOn(page, 1).getByText('Plata', { exact: true }).waitFor();
    await postOn(page, 1).focus();
    await page.keyboard.press('Tab');
    expect(await nameOn(page).evaluate((name) => name === document.activeElement)).toBe(true);
    const card = cardOn(page);
    const open = card.getByRole('link', { name: 'Ver su carné' });
    await open.waitFor();
    await page.keyboard.press('Tab');
    expect(await open.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await isGone(page);
    expect(await nameOn(page).evaluate((name) => name === document.activeElement)).toBe(true);
    // The next stop closes what another focus opened.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await open.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(async () => (await focusedOn(page)) !== 'p1');
    await isGone(page);
  });

  test('#66 on a telephone a tap shows the card and leads nowhere, the line is one row, and nothing moves when it comes', async () => {
    const { screens, thread } = await aThread();
    const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const context = await devices.signedIn(screens.story, screens.beto, options);
    const page = await context.newPage();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    // What draws the line comes late.
    await page.route('**/chunks/*.js', async (route) => {
      const answer = await route.fetch();
      if ((await answer.text()).includes('data-honours')) await held;
      return route.fulfill({ response: answer });
    });
    await page.goto(screens.at(thread));
    await postOn(page, 2).getByText('El viernes').waitFor();
    await page.getByRole('button', { name: 'Más sobre el mensaje 2' }).waitFor();
    const places = () =>
      page.locator('article').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const before = await places();
    expect(await page.locator('[data-honours]').count()).toBe(0);
    release();
    await postOn(page, 1).getByText('Plata', { exact: true }).waitFor();
    expect(await places()).toEqual(before);
    const marks = postOn(page, 1).locator('[data-honours] > *');
    const tops = await marks.evaluateAll((all) =>
      all.map((one) => {
        const { top, height } = one.getBoundingClientRect();
        return Math.round(top + height / 2);
      }),
    );
    expect(new Set(tops).size).toBe(1);

    const address = page.url();
    await nameOn(page).tap();
    const card = cardOn(page);
    await card.getByText('600 puntos').waitFor();
    expect(page.url()).toBe(address);
    const box = await card.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 390).toBe(true);
    await postOn(page, 2).getByText('El viernes').tap();
    await isGone(page);
    await nameOn(page).tap();
    await card.getByRole('link', { name: 'Ver su carné' }).tap();
    await page.waitForURL('**/members/Ana');
  });
});

test('#77 a badge that a post brought stands on it by name, and leads to where badges are told of', async () => {
  const { screens, thread } = await aThread();
  const { posts } = await call(screens.beto.caller, getThread, {
    params: { ...screens.forum.params, thread: thread.id },
  });
  const page = await (await devices.signedIn(screens.story, screens.beto)).newPage();
  await page.route(`**/forum/threads/${thread.id}*`, async (route) => {
    const answer = await route.fetch();
    const read = (await answer.json()) as { posts: { id: string; badges: string[] }[] };
    for (const post of read.posts) if (post.id === posts[0]?.id) post.badges = ['buena-vecina'];
    return route.fulfill({ response: answer, json: read });
  });
  await page.goto(screens.at(thread));
  await postOn(page, 1).getByRole('link', { name: 'Insignia: Buena vecina' }).click();
  await page.waitForURL('**/badges#badge-buena-vecina');
  await eventually(() =>
    page.locator('#badge-buena-vecina').evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  );
  expect(await postOn(page, 2).getByText('Insignia:').count()).toBe(0);
});

test('#66 up to three badges are chosen on one’s own page: a fourth is refused beside the list, and none is none', async () => {
  const { screens } = await aThread();
  const { story, ana, forum } = screens;
  const page = await screens.open(ana, `${server.url}/${story.slug}/me`);
  const list = page.getByRole('group', { name: 'Insignias junto a tu nombre' });
  await list.getByRole('checkbox', { name: 'Manitas' }).check();
  const save = page.getByRole('region', { name: 'Lo que ven los demás' }).getByRole('button', { name: 'Guardar' });
  await save.click();
  await list.getByText('Elige tres como mucho.').waitFor();
  const stored = async () =>
    (await call(ana.caller, getMember, { params: { ...forum.params, member: 'me' } })).chosenBadges;
  expect(await stored()).toEqual(['madrugadora', 'buena-vecina', 'primera-compra']);
  for (const name of ['Buena vecina', 'Madrugadora']) await list.getByRole('checkbox', { name }).uncheck();
  await save.click();
  await eventually(async () => (await stored()).join() === 'primera-compra,manitas');
  for (const name of ['Primera compra', 'Manitas']) await list.getByRole('checkbox', { name }).uncheck();
  await page.getByText('Si no eliges ninguna, no sale ninguna.').waitFor();
  await save.click();
  await eventually(async () => (await stored()).length === 0);
  expect(await violationsInBothThemes(page)).toEqual([]);
});
