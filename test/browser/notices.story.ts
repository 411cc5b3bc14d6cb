import type { Page } from 'playwright-core';
import { Devices, openHome } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { Story } from '#support/story.js';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const bellOf = (page: Page) => page.getByRole('button', { name: /^Avisos/ }).locator('visible=true');
const unreadOn = async (page: Page) => Number(await bellOf(page).getAttribute('data-unread'));
const listOn = (page: Page) => page.getByRole('dialog', { name: 'Avisos' });

test('#46 #10 Ana’s bell shows live that Beto mentioned her, says it aloud, leads there, and what she read on her phone is read on her desktop', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const talk = await forum.category('charla');
  const thread = await forum.open(ana, talk, { title: '¿Cuándo abre la terraza?' });
  const desktop = await (await devices.signedIn(story, ana)).newPage();
  const phone = await (await devices.signedIn(story, ana, PHONE)).newPage();
  for (const page of [desktop, phone]) await openHome(page, story);
  await forum.reply(beto, thread, { body: 'El viernes, @Ana' });
  for (const page of [desktop, phone])
    await eventually(async () => (await unreadOn(page)) === 1, { until: 'both devices count one' });
  const aloud = () => desktop.locator('#announce-polite').innerText();
  await eventually(async () => (await aloud()).includes('Beto te mencionó en «¿Cuándo abre la terraza?»'), {
    until: 'it is said aloud',
  });
  await bellOf(phone).click();
  const notices = listOn(phone).locator('[data-notice]');
  await listOn(phone).getByRole('link', { name: 'Beto te mencionó en «¿Cuándo abre la terraza?»' }).waitFor();
  expect(await notices.first().innerText()).toContain('Nuevo');
  await eventually(async () => (await unreadOn(desktop)) === 0, { until: 'the desktop knows that it was read' });
  // What arrives while the list is open stands above, and is read as it comes.
  await forum.reply(beto, thread);
  await listOn(phone).getByRole('link', { name: 'Beto respondió en «¿Cuándo abre la terraza?»' }).waitFor();
  await eventually(async () => (await unreadOn(desktop)) === 0 && (await unreadOn(phone)) === 0);
  expect(await violationsInBothThemes(phone)).toEqual([]);
  await listOn(phone)
    .getByRole('link', { name: /^Beto te mencionó/ })
    .click();
  await phone.getByText('El viernes, @Ana').waitFor();
  // After a reload it is counted anew, and still read.
  await desktop.reload();
  await bellOf(desktop).waitFor();
  await forum.reply(beto, thread, { body: '@Ana, y el sábado' });
  await eventually(async () => (await unreadOn(desktop)) === 1, { until: 'only the newest is unread' });
});

test('#10 a mention is completed by keyboard alone: arrows choose, Enter and Tab write it, Escape closes', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  for (const alias of ['Lucas', 'Lucía H.', 'Luz']) await someoneCalled(story, alias);
  const thread = await forum.open(beto, await forum.category('charla'), { title: 'La cena' });
  const page = await (await devices.signedIn(story, ana)).newPage();
  await page.goto(`${server.url}/${story.slug}/forum/t/${thread.id}/${thread.slug}`);
  const box = page.locator('form textarea');
  const options = page.getByRole('listbox', { name: 'A quién mencionas' }).getByRole('option');
  const chosen = () => options.and(page.locator('[aria-selected=true]')).innerText();
  await box.focus();
  await page.keyboard.type('Hola @lu');
  await eventually(async () => (await options.count()) === 3, { until: 'three are offered' });
  expect(await options.allInnerTexts()).toEqual(['Lucas', 'Lucía H.', 'Luz']);
  expect(await violationsInBothThemes(page)).toEqual([]);
  expect((await options.first().boundingBox())?.height).toBeGreaterThanOrEqual(44);
  expect([await box.getAttribute('role'), await chosen()]).toEqual(['combobox', 'Lucas']);
  await page.keyboard.press('ArrowUp');
  expect(await chosen()).toBe('Luz');
  await page.keyboard.press('ArrowUp');
  expect(await chosen()).toBe('Lucía H.');
  expect(await box.getAttribute('aria-activedescendant')).toBe(await options.nth(1).getAttribute('id'));
  await page.keyboard.press('Enter');
  expect(await box.inputValue()).toBe('Hola @"Lucía H." ');
  await eventually(async () => (await options.count()) === 0);
  expect(await box.getAttribute('role')).toBeNull();
  await page.keyboard.type('y @luc');
  await eventually(async () => (await options.count()) === 2);
  await page.keyboard.press('Escape');
  await eventually(async () => (await options.count()) === 0);
  await page.keyboard.type('a');
  await eventually(async () => (await options.count()) === 1, { until: 'one more letter offers again' });
  await page.keyboard.press('Tab');
  expect(await box.inputValue()).toBe('Hola @"Lucía H." y @Lucas ');
  // Nobody else is called so, so Enter is a line again.
  await page.keyboard.type('@ana');
  await page.keyboard.press('Enter');
  expect(await box.inputValue()).toBe('Hola @"Lucía H." y @Lucas @ana\n');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: '@Lucía H.' }).waitFor();
});

test('#45 a thread is muted and a section watched from a menu that says what each means', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const talk = await forum.category('charla');
  const thread = await forum.open(ana, talk, { title: 'La cena' });
  const page = await (await devices.signedIn(story, ana)).newPage();
  await page.goto(`${server.url}/${story.slug}/forum/t/${thread.id}/${thread.slug}`);
  await page.getByRole('button', { name: 'Cómo sigues este hilo: Siguiendo' }).click();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('button', { name: /^Silenciado/ }).click();
  await page.getByRole('button', { name: 'Cómo sigues este hilo: Silenciado' }).waitFor();
  await eventually(async () => (await forum.read(ana, thread)).thread.follow === 'mute');
  await page.goto(`${server.url}/${story.slug}/forum/charla`);
  await page.getByRole('button', { name: 'Cómo sigues esta sección: Normal' }).click();
  await page.getByRole('button', { name: /^Siguiendo/ }).click();
  await page.getByRole('button', { name: 'Cómo sigues esta sección: Siguiendo' }).waitFor();
  await forum.reply(beto, thread, { body: 'Hola @Ana' });
  await forum.open(beto, talk, { title: 'El postre' });
  await eventually(async () => (await unreadOn(page)) === 1, { until: 'she is told of the new thread alone' });
  await page.reload();
  await page.getByRole('button', { name: 'Cómo sigues esta sección: Siguiendo' }).waitFor();
  await bellOf(page).click();
  await listOn(page).getByRole('link', { name: 'Beto abrió el hilo «El postre»' }).waitFor();
  expect(await listOn(page).locator('[data-notice^=inbox-]').count()).toBe(1);
});
