import type { Locator, Page } from 'playwright-core';
import type { Category } from '@verbena/shared/forums/category.js';
import { listThreads, type Thread } from '@verbena/shared/forums/threads.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { Forum, hiddenBelow, someoneCalled } from '#support/forum.js';
import { call } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
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

/** A forum with a section for all, which those of Oro look after: Clara; Ana and Beto write there. */
async function aForum(): Promise<{
  story: Story;
  forum: Forum;
  talk: Category;
  ana: Person;
  beto: Person;
  clara: Person;
}> {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const [ana, beto] = [await someoneCalled(story, 'Ana'), await someoneCalled(story, 'Beto')];
  const clara = await someoneCalled(story, 'Clara', 2_000);
  const rights = { see: null, read: null, create: null, reply: null, moderate: { tier: { atLeast: 'oro' } } };
  const talk = await forum.category('charla', { name: { es: 'Charla' }, rights });
  return { story, forum, talk, ana, beto, clara };
}

const at = (story: Story, path: string) => `${server.url}/${story.slug}/forum${path}`;
const threadAt = (story: Story, { id, slug }: Thread, hash = '') => at(story, `/t/${id}/${slug}${hash}`);
async function opened(story: Story, person: Person, address: string): Promise<Page> {
  const page = await (await devices.signedIn(story, person)).newPage();
  await page.goto(address);
  return page;
}
const post = (page: Page, number: number): Locator => page.locator(`#p${number}`);
const answer = (page: Page): Locator => page.getByRole('textbox', { name: 'Tu respuesta' });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
async function more(page: Page, number: number, name: string): Promise<void> {
  await press(page, `Más sobre el mensaje ${number}`);
  await press(page, name);
}
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

describe('#8 a thread', () => {
  test('#8 #9 #12 #15 #51 FB10 Ana opens one, Beto answers with a quote, Ana edits and accepts, and a link leads to the answer', async () => {
    const { story, forum, ana, beto, clara } = await aForum();
    const anas = await opened(story, ana, at(story, '/charla'));
    await anas.getByText('Aquí todavía no hay hilos').waitFor();
    await anas.getByRole('link', { name: 'Abrir un hilo' }).click();
    await anas.getByRole('textbox', { name: 'Título' }).fill('¿Cuándo abre la terraza?');
    await anas.getByRole('textbox', { name: 'Tu mensaje' }).fill('¿Alguien **sabe** algo?\n\n- viernes\n- sábado');
    await anas.getByRole('tab', { name: 'Vista previa' }).click();
    await anas.locator('strong', { hasText: 'sabe' }).waitFor();
    await press(anas, 'Publicar el hilo');
    await anas.getByRole('heading', { level: 1, name: '¿Cuándo abre la terraza?' }).waitFor();

    const betos = await opened(story, beto, at(story, ''));
    await betos.getByRole('heading', { name: 'Charla' }).getByRole('link').click();
    await betos.getByRole('heading', { name: '¿Cuándo abre la terraza?' }).getByRole('link').click();
    await press(betos, 'Citar el mensaje 1');
    await eventually(async () => (await answer(betos).inputValue()).startsWith('> [@Ana](post:'));
    await betos.keyboard.type('No estoy de acuerdo');
    await press(betos, 'Publicar');
    await post(betos, 2).getByText('No estoy de acuerdo').waitFor();
    expect(await post(betos, 2).locator('blockquote').innerText()).toMatch(/@Ana.*sabe.*viernes\s+sábado/s);
    expect(await post(betos, 2).locator('blockquote').innerText()).not.toContain('No estoy');
    expect(await answer(betos).inputValue()).toBe('');
    await eventually(async () => (await focused(betos)) === 'p2');
    await post(betos, 2).getByRole('link', { name: 'Ir al mensaje citado' }).click();
    await eventually(async () => (await focused(betos)) === 'p1');

    await anas.reload();
    await more(anas, 1, 'Editar');
    await anas.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('¿Alguien sabe la hora?');
    await press(anas, 'Guardar');
    await post(anas, 1).getByText('¿Alguien sabe la hora?').waitFor();
    await more(anas, 2, 'Aceptar como respuesta');
    await post(anas, 2).getByText('Respuesta aceptada').waitFor();
    await anas.getByText('Resuelto', { exact: true }).waitFor();

    const { items } = await call(ana.caller, listThreads, { params: { ...forum.params, category: 'charla' } });
    const { posts } = await forum.read(ana, { id: items[0]?.id ?? '' });
    const claras = await opened(story, clara, at(story, `/p/${posts[1]?.id ?? ''}`));
    await eventually(async () => (await focused(claras)) === 'p2', { withinMs: 10_000 });
    expect(claras.url()).toMatch(/\/t\/[\w-]{22}\/cuando-abre-la-terraza#p2$/);
    expect(await post(claras, 2).getAttribute('aria-current')).toBe('true');
    await claras.getByRole('link', { name: 'Ir a la respuesta aceptada' }).waitFor();
  });

  test('#9 what was selected of a post is what is quoted', async () => {
    const { story, forum, talk, ana, beto } = await aForum();
    const thread = await forum.open(ana, talk, { body: 'La primera frase.\n\nLa segunda frase.' });
    const page = await opened(story, beto, threadAt(story, thread));
    await post(page, 1).getByText('La segunda frase.').click({ clickCount: 3 });
    await press(page, 'Citar el mensaje 1');
    await eventually(async () => (await answer(page).inputValue()) !== '');
    expect(await answer(page).inputValue()).toBe(`> [@Ana](post:${thread.id})\n>\n> La segunda frase.\n\n`);
    expect(await answer(page).evaluate((box: HTMLTextAreaElement) => box.selectionStart === box.value.length)).toBe(
      true,
    );
  });

  test('#15 whoever was slower loses nothing: the text stays, what is there now is shown, and it can be saved', async () => {
    const { story, forum, talk, ana, clara } = await aForum();
    const thread = await forum.open(ana, talk);
    const page = await opened(story, ana, threadAt(story, thread));
    const others = await opened(story, clara, threadAt(story, thread));
    await more(page, 1, 'Editar');
    await page.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('Lo que escribe Ana');
    await more(others, 1, 'Editar');
    await others.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('Lo que escribe Clara');
    await others.getByRole('textbox', { name: 'Motivo del cambio' }).fill('Sin el teléfono');
    await press(others, 'Guardar');
    await post(others, 1).getByText('Lo que escribe Clara').waitFor();
    await press(page, 'Guardar');
    await page.getByText('Alguien ha cambiado este mensaje mientras lo editabas.').first().waitFor();
    expect(await page.locator('[data-meanwhile]').innerText()).toBe('Lo que escribe Clara');
    expect(await page.getByRole('textbox', { name: 'Cambiar el mensaje' }).inputValue()).toBe('Lo que escribe Ana');
    await press(page, 'Guardar');
    await post(page, 1).getByText('Lo que escribe Ana').waitFor();
    await more(page, 1, 'Ver versiones');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Como está ahora' }).waitFor();
    expect(await dialog.locator('del').first().innerText()).toContain('Clara');
    expect(await dialog.locator('ins').first().innerText()).toContain('Ana');
  });
});

describe('#20 publishing', () => {
  test('#20 a double click gives one post, and so does another try after an answer that got lost', async () => {
    const { story, forum, talk, ana, beto } = await aForum();
    const thread = await forum.open(ana, talk);
    const page = await opened(story, beto, threadAt(story, thread));
    await answer(page).fill('Yo voy');
    await page.getByRole('button', { name: 'Publicar', exact: true }).dblclick();
    await post(page, 2).getByText('Yo voy').waitFor();

    let isLost = true;
    await page.route('**/posts', async (route) => {
      if (!isLost || route.request().method() !== 'POST') return route.continue();
      isLost = false;
      await route.fetch();
      await route.abort();
    });
    await answer(page).fill('Y llevo tortilla');
    await press(page, 'Publicar');
    await page.getByText('No hay conexión con el servidor.').first().waitFor();
    expect(await answer(page).inputValue()).toBe('Y llevo tortilla');
    await press(page, 'Publicar');
    await post(page, 3).getByText('Y llevo tortilla').waitFor();
    expect((await forum.read(ana, thread)).posts.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await answer(page).inputValue()).toBe('');
  });

  test('#20 what was typed is still there after a reload, until it is published', async () => {
    const { story, forum, talk, ana } = await aForum();
    const thread = await forum.open(ana, talk);
    const page = await opened(story, ana, threadAt(story, thread));
    await answer(page).fill('A medias');
    await page.reload();
    await eventually(async () => (await answer(page).inputValue()) === 'A medias');
    await answer(page).press('Control+Enter');
    await post(page, 2).getByText('A medias').waitFor();
    await page.reload();
    await post(page, 2).waitFor();
    expect(await answer(page).inputValue()).toBe('');
  });

  test('#16 #37 in a slow thread it is said how long, the refusal keeps the text, and a closed thread says so', async () => {
    const { story, forum, talk, ana, beto, clara } = await aForum();
    const thread = await forum.open(ana, talk);
    const claras = await opened(story, clara, threadAt(story, thread));
    await press(claras, 'Moderar el hilo');
    await claras.getByLabel('Espera entre dos respuestas de la misma persona').selectOption('300');
    await press(claras, 'Guardar');
    await claras.getByText('Aquí se va despacio: entre dos respuestas tuyas pasan 5 minutos.').waitFor();
    await forum.reply(beto, thread);
    const page = await opened(story, beto, threadAt(story, thread));
    await answer(page).fill('Otra vez yo');
    await press(page, 'Publicar');
    await page
      .getByText(/podrás responder otra vez en \d+ segundos/)
      .first()
      .waitFor();
    expect(await answer(page).inputValue()).toBe('Otra vez yo');
    await press(claras, 'Moderar el hilo');
    await claras.getByRole('checkbox', { name: 'Cerrado' }).check();
    await claras.getByLabel('Fijado arriba').selectOption({ label: 'En su sección' });
    await press(claras, 'Guardar');
    await claras.getByText('Cerrado', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Este hilo está cerrado: ya no admite respuestas.').waitFor();
    expect(await answer(page).count()).toBe(0);
    await page.goto(at(story, '/charla'));
    await page.getByRole('heading', { name: 'Hilos fijados' }).waitFor();
  });
});

test('#18 a moderator takes a post away with a reason, which its author reads and the others do not', async () => {
  const { story, forum, talk, ana, beto, clara } = await aForum();
  const thread = await forum.open(ana, talk);
  await forum.reply(beto, thread, { body: 'Compra aquí' });
  const page = await opened(story, clara, threadAt(story, thread));
  await more(page, 2, 'Retirar');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await dialog.getByText('Escribe el motivo, de 3 letras o más.').waitFor();
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Es publicidad');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await post(page, 2).getByText('Motivo: Es publicidad').waitFor();
  const betos = await opened(story, beto, threadAt(story, thread));
  await post(betos, 2).getByText('Motivo: Es publicidad').waitFor();
  const anas = await opened(story, ana, threadAt(story, thread));
  await post(anas, 2).getByText('Quien modera retiró este mensaje.').waitFor();
  expect(await post(anas, 2).innerText()).not.toMatch(/publicidad|Compra/);
  await more(page, 2, 'Devolver');
  await page.locator('[data-gone]').waitFor({ state: 'detached' });
  await more(page, 2, 'Retirar');
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Es publicidad');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await post(page, 2).getByText('Motivo: Es publicidad').waitFor();
  await more(page, 2, 'Borrar del todo');
  await press(page, 'Sí, borrar del todo');
  await post(page, 2).getByText('Este mensaje se borró del todo.').waitFor();
});

test('#1 #4 a section that one may only see says what is needed, and one that is not for somebody is nowhere', async () => {
  const { story, forum, ana, clara } = await aForum();
  await forum.category('preestrenos', { name: { es: 'Preestrenos' }, rights: { ...hiddenBelow('oro'), see: null } });
  const secret = await forum.category('secreta', { name: { es: 'Secreta' }, rights: hiddenBelow('oro') });
  const hidden = await eventually(() => forum.open(clara, secret, { title: 'Sorteo secreto' }));
  const page = await opened(story, ana, at(story, ''));
  await page.getByText(/^.*Con la categoría Oro\. Te faltan 1\.\d{3} puntos\.$/).waitFor();
  expect(await page.getByText('Secreta').count()).toBe(0);
  await page.getByRole('link', { name: 'Preestrenos' }).click();
  await page.getByRole('link', { name: 'Ver las categorías' }).waitFor();
  expect(await page.getByRole('link', { name: 'Abrir un hilo' }).count()).toBe(0);
  await page.goto(threadAt(story, hidden));
  await page.getByRole('heading', { level: 1, name: 'Este hilo no está' }).waitFor();
  await page.goto(at(story, '/secreta'));
  await page.getByRole('heading', { level: 1, name: 'Esta sección no está' }).waitFor();
  const strangers = await (await devices.fresh()).newPage();
  await strangers.goto(threadAt(story, hidden));
  await strangers.waitForURL(/\/login\?next=/);
});

describe('#52 a long thread', () => {
  async function aLongThread() {
    const { story, forum, talk, ana, beto } = await aForum();
    const thread = await forum.open(ana, talk);
    const posts = [];
    for (let number = 2; number <= 65; number += 1)
      posts.push(await forum.reply(ana, thread, { body: `mensaje ${number}` }));
    return { story, forum, thread, posts, ana, beto };
  }
  const numbers = (page: Page) =>
    page.locator('article[id^=p]').evaluateAll((all) => [all[0]?.id, all.at(-1)?.id, all.length]);

  test('#51 #52 pages both ways, a deep link loads what is around it, to the parent and back', async () => {
    const { story, forum, thread, posts, ana, beto } = await aLongThread();
    await forum.reply(ana, thread, { body: 'de vuelta', ...(posts[0] ? { replyTo: posts[0].id } : {}) });
    const page = await opened(story, beto, threadAt(story, thread));
    await post(page, 20).waitFor();
    expect(await numbers(page)).toEqual(['p1', 'p20', 20]);
    await press(page, 'Ver siguientes');
    await post(page, 40).waitFor();
    expect([await numbers(page), await focused(page)]).toEqual([['p1', 'p40', 40], 'p21']);

    await page.goto('about:blank');
    await page.goto(threadAt(story, thread, '#p60'));
    await eventually(async () => (await focused(page)) === 'p60');
    expect(await numbers(page)).toEqual(['p40', 'p66', 27]);
    await press(page, 'Ver anteriores');
    await eventually(async () => (await focused(page)) === 'p39');
    await post(page, 66).getByRole('link', { name: 'En respuesta a Ana (n.º 2)' }).click();
    await eventually(async () => (await focused(page)) === 'p2');
    await post(page, 2).getByRole('link', { name: 'Volver al mensaje 66' }).click();
    await eventually(async () => (await focused(page)) === 'p66');
  });

  test('#52 the back button brings back the posts that were there, where they were', async () => {
    const { story, thread, beto } = await aLongThread();
    const page = await opened(story, beto, threadAt(story, thread));
    await press(page, 'Ver siguientes');
    await post(page, 40).waitFor();
    await post(page, 35).evaluate((element) => element.scrollIntoView({ block: 'start' }));
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(2_000);
    await post(page, 35).getByRole('link', { name: 'Ana', exact: true }).click();
    await page.waitForURL(/\/members\/Ana$/);
    await page.goBack();
    await post(page, 35).waitFor();
    await eventually(async () => Math.abs((await page.evaluate(() => scrollY)) - before) < 40);
    expect(await numbers(page)).toEqual(['p1', 'p40', 40]);
  });
});

test('#80 by keyboard alone from the sections to a published answer', async () => {
  const { story, forum, talk, ana, beto } = await aForum();
  const thread = await forum.open(ana, talk, { title: 'Con el teclado' });
  const page = await opened(story, beto, at(story, ''));
  await page.getByRole('link', { name: 'Charla' }).waitFor();
  const onLink = (name: string) =>
    eventually(async () => (await page.evaluate(() => document.activeElement?.textContent?.trim())) === name);
  await eventually(async () => {
    await page.keyboard.press('j');
    return (await page.evaluate(() => document.activeElement?.textContent?.trim())) === 'Charla';
  });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Charla' }).waitFor();
  await page.getByRole('link', { name: 'Con el teclado' }).waitFor();
  await eventually(async () => {
    await page.keyboard.press('j');
    return (await page.evaluate(() => document.activeElement?.textContent?.trim())) === 'Con el teclado';
  });
  await onLink('Con el teclado');
  await page.keyboard.press('o');
  await page.getByRole('heading', { level: 1, name: 'Con el teclado' }).waitFor();
  await answer(page).waitFor();
  await eventually(async () => {
    await page.keyboard.press('j');
    return (await focused(page)) === 'p1';
  });
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Mensaje siguiente').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('r');
  await eventually(() => answer(page).evaluate((box) => box === document.activeElement));
  await page.keyboard.type('jamón ');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('serrano');
  await page.keyboard.press('Control+Enter');
  await post(page, 2).locator('strong', { hasText: 'serrano' }).waitFor();
  await eventually(async () => (await focused(page)) === 'p2');
  expect((await forum.read(ana, thread)).posts).toHaveLength(2);
});
