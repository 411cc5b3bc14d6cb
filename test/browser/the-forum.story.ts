import { listThreads } from '@verbena/shared/forums/threads.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { hiddenBelow } from '#support/forum.js';
import { answerOn, focusedOn, ForumScreens, postOn, press, pressMore } from '#support/forum-screens.js';
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

describe('#8 a thread', () => {
  test('#8 #9 #12 #15 #51 FB10 Ana opens one, Beto answers with a quote, Ana edits and accepts, and a link leads to the answer', async () => {
    const screens = await begin();
    const { forum, ana, beto, clara } = screens;
    const anas = await screens.open(ana, screens.at('/charla'));
    await anas.getByText('Aquí todavía no hay hilos').waitFor();
    await anas.getByRole('link', { name: 'Abrir un hilo' }).click();
    await anas.getByRole('textbox', { name: 'Título' }).fill('¿Cuándo abre la terraza?');
    await anas.getByRole('textbox', { name: 'Tu mensaje' }).fill('¿Alguien **sabe** algo?\n\n- viernes\n- sábado');
    await anas.getByRole('tab', { name: 'Vista previa' }).click();
    await anas.locator('strong', { hasText: 'sabe' }).waitFor();
    await press(anas, 'Publicar el hilo');
    await anas.getByRole('heading', { level: 1, name: '¿Cuándo abre la terraza?' }).waitFor();

    const betos = await screens.open(beto, screens.at(''));
    await betos.getByRole('heading', { name: 'Charla' }).getByRole('link').click();
    await betos.getByRole('heading', { name: '¿Cuándo abre la terraza?' }).getByRole('link').click();
    await press(betos, 'Citar el mensaje 1');
    await eventually(async () => (await answerOn(betos).inputValue()).startsWith('> [@Ana](post:'));
    await betos.keyboard.type('No estoy de acuerdo');
    await press(betos, 'Publicar');
    await postOn(betos, 2).getByText('No estoy de acuerdo').waitFor();
    expect(await postOn(betos, 2).locator('blockquote').innerText()).toMatch(/@Ana.*sabe.*viernes\s+sábado/s);
    expect(await postOn(betos, 2).locator('blockquote').innerText()).not.toContain('No estoy');
    await eventually(async () => (await answerOn(betos).inputValue()) === '');
    await eventually(async () => (await focusedOn(betos)) === 'p2');
    await postOn(betos, 2).getByRole('link', { name: 'Ir al mensaje citado' }).click();
    await eventually(async () => (await focusedOn(betos)) === 'p1');

    await anas.reload();
    await pressMore(anas, 1, 'Editar');
    await anas.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('¿Alguien sabe la hora?');
    await press(anas, 'Guardar');
    await postOn(anas, 1).getByText('¿Alguien sabe la hora?').waitFor();
    await pressMore(anas, 2, 'Aceptar como respuesta');
    await postOn(anas, 2).getByText('Respuesta aceptada').waitFor();
    await anas.getByText('Resuelto', { exact: true }).waitFor();

    const { items } = await call(ana.caller, listThreads, { params: { ...forum.params, category: 'charla' } });
    const { posts } = await forum.read(ana, { id: items[0]?.id ?? '' });
    const claras = await screens.open(clara, screens.at(`/p/${posts[1]?.id ?? ''}`));
    await eventually(async () => (await focusedOn(claras)) === 'p2', { withinMs: 10_000 });
    expect(claras.url()).toMatch(/\/t\/[\w-]{22}\/cuando-abre-la-terraza#p2$/);
    expect(await postOn(claras, 2).getAttribute('aria-current')).toBe('true');
    await claras.getByRole('link', { name: 'Ir a la respuesta aceptada' }).waitFor();
  });

  test('#9 what was selected of a post is what is quoted', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const thread = await forum.open(ana, talk, { body: 'La primera frase.\n\nLa segunda frase.' });
    const page = await screens.open(beto, screens.at(thread));
    await postOn(page, 1).getByText('La segunda frase.').click({ clickCount: 3 });
    await press(page, 'Citar el mensaje 1');
    await eventually(async () => (await answerOn(page).inputValue()) !== '');
    expect(await answerOn(page).inputValue()).toBe(`> [@Ana](post:${thread.id})\n>\n> La segunda frase.\n\n`);
    expect(await answerOn(page).evaluate((box: HTMLTextAreaElement) => box.selectionStart === box.value.length)).toBe(
      true,
    );
  });

  test('#15 whoever was slower loses nothing: the text stays, what is there now is shown, and it can be saved', async () => {
    const screens = await begin();
    const { forum, talk, ana, clara } = screens;
    const thread = await forum.open(ana, talk);
    const page = await screens.open(ana, screens.at(thread));
    const others = await screens.open(clara, screens.at(thread));
    await pressMore(page, 1, 'Editar');
    await page.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('Lo que escribe Ana');
    await pressMore(others, 1, 'Editar');
    await others.getByRole('textbox', { name: 'Cambiar el mensaje' }).fill('Lo que escribe Clara');
    await others.getByRole('textbox', { name: 'Motivo del cambio' }).fill('Sin el teléfono');
    await press(others, 'Guardar');
    await postOn(others, 1).getByText('Lo que escribe Clara').waitFor();
    await press(page, 'Guardar');
    await page.getByText('Alguien ha cambiado este mensaje mientras lo editabas.').first().waitFor();
    expect(await page.locator('[data-meanwhile]').innerText()).toBe('Lo que escribe Clara');
    expect(await page.getByRole('textbox', { name: 'Cambiar el mensaje' }).inputValue()).toBe('Lo que escribe Ana');
    await press(page, 'Guardar');
    await postOn(page, 1).getByText('Lo que escribe Ana').waitFor();
    await postOn(page, 1).getByRole('button', { name: 'editado' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Como está ahora' }).waitFor();
    expect(await dialog.locator('del').first().innerText()).toContain('Clara');
    expect(await dialog.locator('ins').first().innerText()).toContain('Ana');
  });
});

describe('#20 publishing', () => {
  test('#20 a double click gives one post, and so does another try after an answer that got lost', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto } = screens;
    const thread = await forum.open(ana, talk);
    const page = await screens.open(beto, screens.at(thread));
    await answerOn(page).fill('Yo voy');
    await page.getByRole('button', { name: 'Publicar', exact: true }).dblclick();
    await postOn(page, 2).getByText('Yo voy').waitFor();

    let isLost = true;
    await page.route('**/posts', async (route) => {
      if (!isLost || route.request().method() !== 'POST') return route.continue();
      isLost = false;
      await route.fetch();
      await route.abort();
    });
    await answerOn(page).fill('Y llevo tortilla');
    await press(page, 'Publicar');
    await page.getByText('No hay conexión con el servidor.').first().waitFor();
    expect(await answerOn(page).inputValue()).toBe('Y llevo tortilla');
    await press(page, 'Publicar');
    await postOn(page, 3).getByText('Y llevo tortilla').waitFor();
    expect((await forum.read(ana, thread)).posts.map(({ number }) => number)).toEqual([1, 2, 3]);
    await eventually(async () => (await answerOn(page).inputValue()) === '');
  });

  test('#20 what was typed is still there after a reload, until it is published', async () => {
    const screens = await begin();
    const { forum, talk, ana } = screens;
    const thread = await forum.open(ana, talk);
    const page = await screens.open(ana, screens.at(thread));
    await answerOn(page).fill('A medias');
    await page.reload();
    await eventually(async () => (await answerOn(page).inputValue()) === 'A medias');
    await answerOn(page).press('Control+Enter');
    await postOn(page, 2).getByText('A medias').waitFor();
    await page.reload();
    await postOn(page, 2).waitFor();
    await eventually(async () => (await answerOn(page).inputValue()) === '');
  });

  test('#16 #37 in a slow thread it is said how long, the refusal keeps the text, and a closed thread says so', async () => {
    const screens = await begin();
    const { forum, talk, ana, beto, clara } = screens;
    const thread = await forum.open(ana, talk);
    const claras = await screens.open(clara, screens.at(thread));
    await press(claras, 'Moderar el hilo');
    await claras.getByLabel('Espera entre dos respuestas de la misma persona').selectOption('300');
    await press(claras, 'Guardar');
    await claras.getByText('Aquí se va despacio: espera 5 minutos entre una respuesta tuya y la siguiente.').waitFor();
    await forum.reply(beto, thread);
    const page = await screens.open(beto, screens.at(thread));
    await answerOn(page).fill('Otra vez yo');
    await press(page, 'Publicar');
    await page
      .getByText(/podrás responder otra vez en \d+ segundos/)
      .first()
      .waitFor();
    expect(await answerOn(page).inputValue()).toBe('Otra vez yo');
    await press(claras, 'Moderar el hilo');
    await claras.getByRole('checkbox', { name: 'Cerrado' }).check();
    await claras.getByLabel('Fijado arriba').selectOption({ label: 'En su sección' });
    await press(claras, 'Guardar');
    await claras.getByText('Cerrado', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Este hilo está cerrado: ya no admite respuestas.').waitFor();
    expect(await answerOn(page).count()).toBe(0);
    await page.goto(screens.at('/charla'));
    await page.getByRole('heading', { name: 'Hilos fijados' }).waitFor();
  });
});

test('#18 a moderator takes a post away with a reason, which its author reads and the others do not', async () => {
  const screens = await begin();
  const { forum, talk, ana, beto, clara } = screens;
  const thread = await forum.open(ana, talk);
  await forum.reply(beto, thread, { body: 'Compra aquí' });
  const page = await screens.open(clara, screens.at(thread));
  await pressMore(page, 2, 'Retirar');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await dialog.getByText('Escribe el motivo, de 3 letras o más.').waitFor();
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Es publicidad');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await postOn(page, 2).getByText('Motivo: Es publicidad').waitFor();
  const betos = await screens.open(beto, screens.at(thread));
  await postOn(betos, 2).getByText('Motivo: Es publicidad').waitFor();
  const anas = await screens.open(ana, screens.at(thread));
  await postOn(anas, 2).getByText('Quien modera retiró este mensaje.').waitFor();
  expect(await postOn(anas, 2).innerText()).not.toMatch(/publicidad|Compra/);
  await pressMore(page, 2, 'Devolver');
  await page.locator('[data-gone]').waitFor({ state: 'detached' });
  await pressMore(page, 2, 'Retirar');
  await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Es publicidad');
  await dialog.getByRole('button', { name: 'Retirar', exact: true }).click();
  await postOn(page, 2).getByText('Motivo: Es publicidad').waitFor();
  await pressMore(page, 2, 'Borrar del todo');
  await press(page, 'Sí, borrar del todo');
  await postOn(page, 2).getByText('Este mensaje se borró del todo.').waitFor();
});

test('#1 #4 a section that one may only see says what is needed, and one that is not for somebody is nowhere', async () => {
  const screens = await begin();
  const { forum, ana, clara } = screens;
  await forum.category('preestrenos', { name: { es: 'Preestrenos' }, rights: { ...hiddenBelow('oro'), see: null } });
  const secret = await forum.category('secreta', { name: { es: 'Secreta' }, rights: hiddenBelow('oro') });
  const hidden = await eventually(() => forum.open(clara, secret, { title: 'Sorteo secreto' }));
  const page = await screens.open(ana, screens.at(''));
  await page.getByText(/^.*Con la categoría Oro\. Te faltan 1\.\d{3} puntos\.$/).waitFor();
  expect(await page.getByText('Secreta').count()).toBe(0);
  await page.getByRole('link', { name: 'Preestrenos' }).click();
  await page.getByRole('link', { name: 'Ver las categorías' }).waitFor();
  expect(await page.getByRole('link', { name: 'Abrir un hilo' }).count()).toBe(0);
  await page.goto(screens.at(hidden));
  await page.getByRole('heading', { level: 1, name: 'Este hilo no está' }).waitFor();
  await page.goto(screens.at('/secreta'));
  await page.getByRole('heading', { level: 1, name: 'Esta sección no está' }).waitFor();
  const strangers = await (await devices.fresh()).newPage();
  await strangers.goto(screens.at(hidden));
  await strangers.waitForURL(/\/login\?next=/);
});

test('#80 by keyboard alone from the sections to a published answer', async () => {
  const screens = await begin();
  const { forum, talk, ana, beto } = screens;
  const thread = await forum.open(ana, talk, { title: 'Con el teclado' });
  const page = await screens.open(beto, screens.at(''));
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
  await answerOn(page).waitFor();
  await eventually(async () => {
    await page.keyboard.press('j');
    return (await focusedOn(page)) === 'p1';
  });
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Mensaje siguiente').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('r');
  await eventually(() => answerOn(page).evaluate((box) => box === document.activeElement));
  await page.keyboard.type('jamón ');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('serrano');
  await page.keyboard.press('Control+Enter');
  await postOn(page, 2).locator('strong', { hasText: 'serrano' }).waitFor();
  await eventually(async () => (await focusedOn(page)) === 'p2');
  expect((await forum.read(ana, thread)).posts).toHaveLength(2);
});

test('#79 axe finds nothing serious on what lies over a thread: menu, editing, preview, versions, taking away, moderating', async () => {
  const screens = await begin();
  const { forum, talk, ana, clara } = screens;
  const thread = await forum.open(ana, talk, {
    body: 'Hola ||secreto||\n\n```\ncódigo\n```\n\n::: spoiler Fin\nsí\n:::',
  });
  const page = await screens.open(clara, screens.at(thread));
  const wrong: string[] = [];
  const look = async (what: string) =>
    wrong.push(...(await violationsInBothThemes(page)).map((one) => `${what}: ${one}`));
  await press(page, 'Más sobre el mensaje 1');
  await look('menu');
  await press(page, 'Editar');
  await page.getByRole('textbox', { name: 'Motivo del cambio' }).waitFor();
  await press(page, 'Guardar');
  await page.getByText('Escribe el motivo, de 3 letras o más.').waitFor();
  await look('editing');
  await postOn(page, 1).getByRole('tab', { name: 'Vista previa' }).click();
  await postOn(page, 1).locator('.prose').waitFor();
  await look('preview');
  await press(page, 'Cancelar');
  for (const [name, title] of [
    ['Ver versiones', 'Versiones de este mensaje'],
    ['Retirar', 'Retirar este mensaje'],
  ] as const) {
    await pressMore(page, 1, name);
    await page.getByRole('dialog').getByRole('heading', { name: title }).waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await press(page, 'Moderar el hilo');
  await page.getByRole('dialog').getByLabel('Se cierra solo').waitFor();
  await look('moderating');
  expect(wrong).toEqual([]);
});
