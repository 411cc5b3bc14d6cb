import { listCategories, listForum } from '@verbena/shared/forums/categories.routes.js';
import { changeSegment, createSegment } from '@verbena/shared/segments/segments.routes.js';
import type { Locator, Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { Forum, someoneCalled } from '#support/forum.js';
import { call, type Caller } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const PHONE = { viewport: { width: 390, height: 844 } };

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
});
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

/** A manager on a phone, on the page of the forum. */
async function aManager(story: Story): Promise<Page> {
  const manager = await story.person('manager', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, manager, PHONE)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/forum`);
  return page;
}

const hasFocus = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);
const slugsOf = async (story: Story, caller: Caller) =>
  (await call(caller, listForum, { params: { program: story.slug } })).items.map(({ slug }) => slug);

async function tabTo(page: Page, locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'attached' });
  for (let presses = 0; presses < 80 && !(await hasFocus(locator)); presses += 1) await page.keyboard.press('Tab');
  expect(await hasFocus(locator)).toBe(true);
}

test('#1 #2 #4 #6 a manager makes a section with a teaser by keyboard alone and a hidden one, and sees the forum as Plata does', async () => {
  const story = await Story.begin(server);
  const silver = await someoneCalled(story, 'Beto', 600);
  const page = await aManager(story);
  const [create, made] = [page.getByRole('link', { name: 'Nueva sección' }), page.locator('[data-section]')];
  const submit = page.getByRole('button', { name: 'Crear la sección' });
  const address = page.getByRole('textbox', { name: 'Dirección' });

  await create.click();
  await submit.click();
  const name = page.getByLabel('Nombre en español');
  await page.getByText('Escribe un nombre.').waitFor();
  expect(await hasFocus(name)).toBe(true);
  await name.fill('Charla de la plaza');
  expect(await address.inputValue()).toBe('charla-de-la-plaza');
  await submit.click();
  await page.locator('[data-section="charla-de-la-plaza"]').waitFor();

  // By keyboard alone.
  await tabTo(page, create);
  await page.keyboard.press('Enter');
  await tabTo(page, name);
  await page.keyboard.type('Club de Oro');
  await tabTo(page, page.getByLabel('Charla', { exact: true }));
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, page.getByLabel('Índigo'));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, page.getByLabel('Para todos'));
  await page.keyboard.press('ArrowDown');
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  const tier = page.getByLabel('A partir de', { exact: true });
  await page.getByText('Elige una categoría.').waitFor();
  expect(await hasFocus(tier)).toBe(true);
  await page.keyboard.type('Oro');
  await tabTo(page, submit);
  await page.keyboard.press('Enter');
  await page.locator('[data-section="club-de-oro"]').getByText('Los demás ven que existe.').first().waitFor();

  // An address that is taken is refused beside its field, and nothing that was typed is lost.
  await create.click();
  await name.fill('El sótano');
  await page.getByLabel('Descripción en español').fill('Aquí abajo');
  await address.fill('club-de-oro');
  await page.getByText('Solo a partir de una categoría').click();
  await tier.selectOption({ label: 'Oro' });
  await page.getByText('Nada', { exact: true }).click();
  await submit.click();
  await page.getByText('Otra sección del foro ya usa esa dirección. Elige otra.').waitFor();
  expect(await hasFocus(address)).toBe(true);
  expect([
    await name.inputValue(),
    await page.getByLabel('Descripción en español').inputValue(),
    await tier.inputValue(),
  ]).toEqual(['El sótano', 'Aquí abajo', 'oro']);
  await address.fill('sotano');
  await submit.click();
  await page.locator('[data-section="sotano"]').getByText('Los demás no la ven.').first().waitFor();
  expect(await made.evaluateAll((rows) => rows.map((row) => row.dataset['section']))).toEqual([
    ...['charla-de-la-plaza', 'club-de-oro', 'sotano'],
  ]);

  const cell = (slug: string, who: string) =>
    page.locator(`[data-rights="${slug}"] [data-person="${who}"]`).innerText();
  await page.locator('[data-rights="sotano"]').waitFor();
  const words = async (slug: string) =>
    (await Promise.all(['plata', 'oro', 'moderator'].map((who) => cell(slug, who)))).map((text) =>
      text.split(/\s*\n\s*/).join(', '),
    );
  expect(await words('charla-de-la-plaza')).toEqual([
    'lee, abre hilos, responde, reacciona',
    'lee, abre hilos, responde, reacciona',
    'lee, abre hilos, responde, reacciona, modera',
  ]);
  expect(await words('club-de-oro')).toEqual([
    've',
    'lee, abre hilos, responde, reacciona',
    'lee, abre hilos, responde, reacciona, modera',
  ]);
  expect(await words('sotano')).toEqual([
    'nada',
    'lee, abre hilos, responde, reacciona',
    'lee, abre hilos, responde, reacciona, modera',
  ]);

  await page.getByLabel('Quién mira').selectOption({ label: 'Plata' });
  const seen = page.getByRole('list', { name: 'El foro, visto como Plata' }).locator('[data-seen]');
  await seen.first().waitFor();
  const seenSlugs = () => seen.evaluateAll((items) => items.map((item) => item.dataset['seen']));
  await eventually(async () => (await seenSlugs()).length === 2);
  await seen
    .nth(1)
    .getByText(/^Con la categoría Oro\. Faltan [\d.]+ puntos\.$/)
    .waitFor();
  expect(await seenSlugs()).toEqual(await slugsOf(story, silver.caller));
  expect(await seenSlugs()).toEqual(['charla-de-la-plaza', 'club-de-oro']);
  await page.getByLabel('Quién mira').selectOption({ label: 'Oro' });
  await page.locator('[data-seen="sotano"]').getByText('Puede leer, abrir hilos, responder y reaccionar.').waitFor();
});

test('#2 #6 sections are moved and archived, a right that cannot be is refused beside it, and the log calls them by their name', async () => {
  const story = await Story.begin(server);
  const forum = new Forum(story);
  const ana = await someoneCalled(story, 'Ana');
  for (const slug of ['uno', 'dos', 'tres']) await forum.category(slug);
  const segment = await call(server.local, createSegment, {
    params: forum.params,
    body: { slug: 'prensa', name: { es: 'Prensa' }, kind: 'list' },
  });
  const page = await aManager(story);
  const order = () =>
    page.locator('[data-section]').evaluateAll((rows) => rows.map((row) => row.dataset['section']).join(' '));

  const up = page.getByRole('button', { name: 'Subir «tres»' });
  await up.focus();
  // Quicker than the server: neither of the two is lost, nor is the focus.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await eventually(async () => (await order()) === 'tres uno dos');
  await eventually(() => hasFocus(up));
  expect(await up.getAttribute('aria-disabled')).toBe('true');
  await eventually(async () => (await slugsOf(story, ana.caller)).join(' ') === 'tres uno dos');

  await page.getByRole('link', { name: 'dos', exact: true }).click();
  await page.getByText('Lo decido punto por punto').click();
  const reading = page.getByRole('group', { name: 'Quién lee' });
  await reading.getByText('Solo quien…').click();
  await reading.getByLabel('Qué se mira').selectOption({ label: 'Segmento' });
  await reading.getByLabel('Cuál').selectOption({ label: 'Prensa' });
  const params = { ...forum.params, segment: segment.id };
  await call(server.local, changeSegment, { params, body: { archived: true } });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await reading
    .getByText(/prensa/)
    .last()
    .waitFor();
  await reading.getByRole('alert').waitFor();
  expect(await reading.getByLabel('Cuál').inputValue()).toBe('prensa');
  await call(server.local, changeSegment, { params, body: { archived: false } });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.locator('[data-section="dos"]').getByText('Está en el segmento «Prensa»').first().waitFor();
  const stored = (await call(server.local, listCategories, { params: forum.params })).items;
  expect(stored.find(({ slug }) => slug === 'dos')?.rights.read).toEqual({ segment: 'prensa' });

  // What a right names is gone since: the section can be moved all the same.
  await call(server.local, changeSegment, { params, body: { archived: true } });
  await page.getByRole('button', { name: 'Subir «dos»' }).click();
  await eventually(async () => (await order()) === 'tres dos uno');
  await page.getByRole('link', { name: 'uno', exact: true }).click();
  await page.getByRole('button', { name: 'Archivar' }).click();
  await page.locator('[data-archived="uno"]').getByText('Archivada el', { exact: false }).waitFor();
  expect(await order()).toBe('tres dos');
  await eventually(async () => !(await slugsOf(story, ana.caller)).includes('uno'));
  await page.goto(`${server.url}/console/${story.slug}/audit`);
  await page.getByText('Sección del foro «uno»').first().waitFor();
  await page.goto(`${server.url}/console/${story.slug}/forum`);
  await page.getByRole('link', { name: 'uno', exact: true }).click();
  await page.getByRole('button', { name: 'Recuperar' }).click();
  await page.locator('[data-section="uno"]').waitFor();
});
