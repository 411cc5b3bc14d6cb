import type { BrowserContext, Page } from 'playwright-core';
import { reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { changePost, changeThread, deletePost, listThreads } from '@verbena/shared/forums/threads.routes.js';
import { Devices, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { hiddenBelow, someoneCalled } from '#support/forum.js';
import { answerOn, ForumScreens, postOn, press } from '#support/forum-screens.js';
import { call } from '#support/http-call.js';
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

const begin = () => ForumScreens.begin(server, devices);
/** Waits until somebody follows: only then is what is written pushed to them. */
const following = (page: Page) => page.locator('[data-here]').waitFor({ state: 'attached' });
const numbersOn = (page: Page): Promise<number[]> =>
  page.locator('article[id^=p]').evaluateAll((posts) => posts.map(({ id }) => Number(id.slice(1))));
const upTo = (last: number) => Array.from({ length: last }, (_, place) => place + 1);
const pillOn = (page: Page) => page.getByRole('button', { name: /respuestas? nuevas?/ });
const topOf = (page: Page, number: number) => postOn(page, number).evaluate((post) => post.getBoundingClientRect().top);

describe('#54 #56 several in one thread', () => {
  test('#54 #56 #59 five members: what each writes stands on all screens, and who was away finds exactly what came, and one toast', async () => {
    const screens = await begin();
    const { forum, story, talk, ana, beto, clara } = screens;
    const [dora, eva] = [await someoneCalled(story, 'Dora'), await someoneCalled(story, 'Eva')];
    const thread = await forum.open(ana, talk, { title: 'La terraza', body: '¿Cuándo abre?' });
    const contexts: BrowserContext[] = [];
    const pages: Page[] = [];
    for (const person of [ana, beto, clara, dora, eva]) {
      const context = await devices.signedIn(story, person);
      const page = await context.newPage();
      await page.goto(screens.at(thread));
      contexts.push(context);
      pages.push(page);
    }
    for (const page of pages) await following(page);
    const [anas, evas] = [pages[0], pages[4]];
    if (anas === undefined || evas === undefined) throw new Error('Ana and Eva have a page.');
    await answerOn(anas).fill('Me contesto yo');
    await press(anas, 'Publicar');
    for (const page of pages) await postOn(page, 2).getByText('Me contesto yo').waitFor();
    // Who wrote it may change it, and the others may not.
    await postOn(anas, 2).getByRole('button', { name: 'Más sobre el mensaje 2' }).waitFor();

    await contexts[4]?.setOffline(true);
    await evas
      .getByText(/[Ss]in conexión/)
      .first()
      .waitFor({ timeout: 20_000 });
    for (const [place, person] of [ana, beto, clara, dora, ana].entries())
      await forum.reply(person, thread, { body: `Mientras tanto ${place + 1}` });
    await story.record(aPurchase({ externalId: eva.externalId, totalMinor: 5_000 }));
    for (const page of pages.slice(0, 4)) await pillOrPost(page, 7);
    expect(await numbersOn(evas)).toEqual([1, 2]);
    await contexts[4]?.setOffline(false);
    await eventually(async () => (await numbersOn(evas)).length === 7 || (await pillOn(evas).isVisible()), {
      withinMs: 30_000,
    });
    if (await pillOn(evas).isVisible()) await pillOn(evas).click();
    await eventually(async () => String(await numbersOn(evas)) === String(upTo(7)));
    for (const place of upTo(5))
      await postOn(evas, place + 2)
        .getByText(`Mientras tanto ${place}`)
        .waitFor();
    await eventually(async () => (await shownOn(evas)).toasts.length === 1);

    await call(beto.caller, changePost, {
      params: { ...forum.params, post: (await forum.read(beto, thread)).posts[3]?.id ?? '' },
      body: { body: 'Dicho de otro modo', version: 1 },
    });
    for (const page of pages.slice(0, 1)) await postOn(page, 4).getByText('Dicho de otro modo').waitFor();
    await postOn(evas, 4).getByText('Dicho de otro modo').waitFor();
    const { posts } = await forum.read(ana, thread);
    await call(ana.caller, deletePost, { params: { ...forum.params, post: posts[6]?.id ?? '' }, body: {} });
    await postOn(evas, 7).getByText('Quien lo escribió retiró este mensaje.').waitFor();
    await call(ana.caller, changeThread, {
      params: { ...forum.params, thread: thread.id },
      body: { answer: posts[3]?.id ?? null },
    });
    await postOn(evas, 4).getByText('Respuesta aceptada').waitFor();
    await call(clara.caller, changeThread, {
      params: { ...forum.params, thread: thread.id },
      body: { isLocked: true },
    });
    await evas.getByText('Este hilo está cerrado: ya no admite respuestas.').waitFor();
  });
});

test('FB4 #20 two posts of the same words, the first with an answer that was lost: two on all screens, and after a reload', async () => {
  const screens = await begin();
  const { forum, talk, ana, beto } = screens;
  const thread = await forum.open(ana, talk);
  const [anas, betos] = [await screens.open(ana, screens.at(thread)), await screens.open(beto, screens.at(thread))];
  for (const page of [anas, betos]) await following(page);
  let isLost = true;
  await anas.route('**/posts', async (route) => {
    const answer = await route.fetch();
    await (isLost ? route.abort('failed') : route.fulfill({ response: answer }));
    isLost = false;
  });
  await answerOn(anas).fill('Gracias');
  await press(anas, 'Publicar');
  await postOn(anas, 2).getByText('Gracias').waitFor();
  await anas.getByRole('alert').first().waitFor();
  expect(await answerOn(anas).inputValue()).toBe('Gracias');
  await press(anas, 'Publicar');
  await eventually(async () => (await answerOn(anas).inputValue()) === '');
  await answerOn(anas).fill('Gracias');
  await press(anas, 'Publicar');
  for (const page of [anas, betos]) await eventually(async () => String(await numbersOn(page)) === String(upTo(3)));
  await anas.reload();
  await eventually(async () => String(await numbersOn(anas)) === String(upTo(3)));
});

/** The last post is on the screen, or can be asked for. */
async function pillOrPost(page: Page, number: number): Promise<void> {
  await eventually(async () => (await postOn(page, number).isVisible()) || (await pillOn(page).isVisible()));
}

describe('#55 nothing moves under who reads', () => {
  test('#55 FB3 in the middle of a thread a button says what came, and what is read stays where it is', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const thread = await forum.open(ana, talk, { body: 'Primero' });
    for (let n = 2; n <= 12; n += 1)
      await forum.reply(beto, thread, { body: `Mensaje ${n}\n\ncon\n\nvarias\n\nlíneas` });
    const page = await screens.open(ana, screens.at(thread));
    await following(page);
    await postOn(page, 3).scrollIntoViewIfNeeded();
    const before = await topOf(page, 3);
    await forum.reply(beto, thread, { body: 'Nuevo uno' });
    await forum.reply(beto, thread, { body: 'Nuevo dos' });
    await pillOn(page).filter({ hasText: '2 respuestas nuevas' }).waitFor();
    expect(await topOf(page, 3)).toBe(before);
    expect(await numbersOn(page)).toEqual(upTo(12));
    expect(await violationsInBothThemes(page)).toEqual([]);
    await call(beto.caller, changePost, {
      params: { ...forum.params, post: (await forum.read(beto, thread)).posts[11]?.id ?? '' },
      body: { body: 'Otra cosa', version: 1 },
    });
    await postOn(page, 12).getByText('Otra cosa').waitFor();
    expect(await pillOn(page).innerText()).toContain('2 respuestas nuevas');
    await pillOn(page).click();
    await eventually(async () => (await page.evaluate(() => document.activeElement?.id)) === 'p13');
    expect(await numbersOn(page)).toEqual(upTo(14));
    await pillOn(page).waitFor({ state: 'hidden' });
  });

  test('#55 at the end the next answer comes by itself; while one writes it waits', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const thread = await forum.open(ana, talk);
    const page = await screens.open(ana, screens.at(thread));
    await following(page);
    await forum.reply(beto, thread, { body: 'Vista al momento' });
    await postOn(page, 2).getByText('Vista al momento').waitFor();
    await answerOn(page).fill('Estoy en ello');
    await forum.reply(beto, thread, { body: 'Espera un poco' });
    await pillOn(page).waitFor();
    expect(await answerOn(page).inputValue()).toBe('Estoy en ello');
    expect(await numbersOn(page)).toEqual([1, 2]);
    await press(page, 'Publicar');
    await eventually(async () => String(await numbersOn(page)) === String(upTo(4)));
    await pillOn(page).waitFor({ state: 'hidden' });
  });

  test('#55 a list says that there is news and stays as it is until one asks', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const [old] = [
      await forum.open(ana, talk, { title: 'El primero' }),
      await forum.open(ana, talk, { title: 'El segundo' }),
    ];
    const page = await screens.open(beto, screens.at('/charla'));
    const titles = () => page.locator('[data-rest] h3').allInnerTexts();
    await eventually(async () => (await titles()).length === 2);
    await forum.reply(ana, old);
    await forum.open(ana, talk, { title: 'Recién abierto' });
    const pill = page.getByRole('button', { name: '2 hilos con novedades' });
    await pill.waitFor();
    expect(await titles()).toEqual(['El segundo', 'El primero']);
    await page.locator(`[data-thread="${old.id}"]`).getByText('1 respuesta').waitFor();
    await pill.click();
    await eventually(async () => String(await titles()) === 'Recién abierto,El primero,El segundo');
    await eventually(async () => (await page.evaluate(() => document.activeElement?.textContent)) === 'Recién abierto');
    const { items } = await call(beto.caller, listThreads, { params: { ...forum.params, category: 'charla' } });
    expect(items.map(({ title }) => title)).toEqual(await titles());
  });
});

test('#11 #56 reactions: counted on all screens, said twice by a double click they are one, and by keyboard they go again', async () => {
  const screens = await begin();
  const { forum, talk, ana, beto, clara } = screens;
  const thread = await forum.open(ana, talk);
  const [anas, betos, claras] = [
    await screens.open(ana, screens.at(thread)),
    await screens.open(beto, screens.at(thread)),
    await screens.open(clara, screens.at(thread)),
  ];
  for (const page of [anas, betos, claras]) await following(page);
  const on = (page: Page) => page.getByRole('group', { name: 'Reacciones al mensaje 1' });
  await press(betos, 'Reaccionar al mensaje 1');
  expect(await violationsInBothThemes(betos)).toEqual([]);
  await on(betos).getByRole('button', { name: 'Me encanta' }).dblclick();
  await on(claras).getByRole('button', { name: 'Me encanta: 1 persona' }).click();
  // The count may be pushed before one's own press is answered.
  for (const page of [betos, claras])
    await on(page).getByRole('button', { name: 'Me encanta: 2 personas', pressed: true }).waitFor();
  // To one’s own posts one does not react.
  await on(anas).getByText('Me encanta: 2 personas').waitFor();
  expect(await on(anas).getByRole('button').count()).toBe(0);
  await press(anas, 'Más sobre el mensaje 1');
  await press(anas, 'Ver quién reaccionó');
  const dialog = anas.getByRole('dialog', { name: 'Quién reaccionó' });
  await dialog.getByRole('link', { name: 'Beto' }).waitFor();
  await dialog.getByText('Clara').waitFor();
  await on(betos).getByRole('button', { name: 'Me encanta: 2 personas' }).focus();
  await betos.keyboard.press('Space');
  await on(claras).getByRole('button', { name: 'Me encanta: 1 persona' }).waitFor();
});

describe('#57 #58 who is there', () => {
  test('#57 #58 it is told how many read and who is writing, but not by whom who does not want it', async () => {
    const screens = await begin();
    const { forum, talk, story, ana, beto } = screens;
    const thread = await forum.open(ana, talk);
    const anas = await screens.open(ana, screens.at(thread));
    const betos = await screens.open(beto, screens.at(thread));
    await anas.getByText('2 personas leen esto ahora').waitFor();
    await following(betos);
    await answerOn(betos).pressSequentially('Hola');
    await anas.getByText('Beto está escribiendo…').waitFor();
    await betos.goto(`${server.url}/${story.slug}/me`);
    await betos.getByRole('checkbox', { name: 'Avisar en el foro de que estoy escribiendo' }).uncheck();
    await anas.getByText('Beto está escribiendo…').waitFor({ state: 'hidden', timeout: 10_000 });
    await betos.goto(screens.at(thread));
    await anas.getByText('2 personas leen esto ahora').waitFor();
    await following(betos);
    await answerOn(betos).pressSequentially(' otra vez');
    await betos.getByText('2 personas leen esto ahora').waitFor();
    await forum.reply(ana, thread, { body: 'Ya' });
    await pillOrPost(betos, 2);
    expect(await anas.getByText('está escribiendo').count()).toBe(0);
  });
});

describe('#3 a right that is lost', () => {
  test('#3 #54 with the tier goes what it opened, from the open tab too, and the section from the list', async () => {
    const screens = await begin();
    const { forum, story, clara } = screens;
    const oro = await forum.category('oro', { name: { es: 'Sala Oro' }, rights: hiddenBelow('oro') });
    const thread = await eventually(() => forum.open(clara, oro, { title: 'Sorteo secreto' }));
    const eva = await someoneCalled(story, 'Eva');
    const purchase = aPurchase({ externalId: eva.externalId, totalMinor: 200_000 });
    await story.record(purchase);
    const [reading, listing, home] = [
      await screens.open(eva, screens.at(thread)),
      await screens.open(eva, screens.at('/oro')),
      await screens.open(eva, screens.at('')),
    ];
    await following(reading);
    await home.getByRole('heading', { name: 'Sala Oro' }).waitFor();
    await listing.getByText('Sorteo secreto').waitFor();
    const params = { ...forum.params, key: purchase.key };
    await call(server.local, reverseActivity, { params, body: { key: aKey('devuelta'), reason: 'Devuelta' } });
    await reading.getByRole('heading', { name: 'Este hilo no está' }).first().waitFor({ timeout: 6_000 });
    await listing.getByRole('heading', { name: 'Esta sección no está' }).first().waitFor({ timeout: 6_000 });
    await home.getByRole('heading', { name: 'Sala Oro' }).waitFor({ state: 'detached', timeout: 6_000 });
    for (const page of [reading, listing]) expect(await page.content()).not.toContain('Sorteo secreto');
  });
});
