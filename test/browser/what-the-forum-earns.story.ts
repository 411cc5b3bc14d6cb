import { deletePost } from '@verbena/shared/forums/threads.routes.js';
import { Devices, openHome } from '#support/browser.js';
import { ForumScreens, postOn, pressMore } from '#support/forum-screens.js';
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

test('#69 #70 Ana accepts Beto’s answer: his screen says so at once, the receipt leads to the post, and what a moderator takes away says why', async () => {
  const screens = await ForumScreens.begin(server, devices);
  const { story, forum, talk, ana, beto, clara } = screens;
  const thread = await forum.open(ana, talk, { title: '¿Dónde se aparca?' });
  const answer = await forum.reply(beto, thread, { body: 'En la planta baja, gratis.' });
  const betos = await (await devices.signedIn(story, beto, { viewport: { width: 390, height: 844 } })).newPage();
  await openHome(betos, story);
  const anas = await screens.open(ana, screens.at(thread));
  await pressMore(anas, 2, 'Aceptar como respuesta');
  const toast = betos.locator('.toast').filter({ hasText: 'Respuesta aceptada' });
  await toast.waitFor();
  expect(await toast.innerText()).toContain('+20 puntos');

  await betos.goto(`${server.url}/${story.slug}/wallet`);
  await betos
    .locator('main')
    .getByRole('link', { name: /Respuesta aceptada/ })
    .click();
  const way = betos.getByRole('link', { name: 'Ver el mensaje en el foro' });
  await way.waitFor();
  const receipt = await betos.locator('main').innerText();
  // Ids tell nobody anything.
  for (const id of [thread.id, answer.id, ana.member ?? '']) expect(receipt).not.toContain(id);
  expect(await violationsInBothThemes(betos)).toEqual([]);
  await way.click();
  await postOn(betos, 2).getByText('En la planta baja, gratis.').waitFor();

  const at = { params: { ...forum.params, post: answer.id } };
  await call(clara.caller, deletePost, { ...at, body: { reason: 'Ya no es gratis' } });
  await betos
    .getByRole('button', { name: /^Avisos/ })
    .locator('visible=true')
    .click();
  const notices = betos.getByRole('dialog', { name: 'Avisos' });
  await notices.getByRole('link', { name: 'Se ha retirado tu mensaje en «¿Dónde se aparca?»' }).waitFor();
  await notices.getByText('Motivo: Ya no es gratis').waitFor();
  await betos.goto(`${server.url}/${story.slug}/wallet`);
  await betos
    .locator('main')
    .getByRole('link', { name: /Se ha anulado: Respuesta aceptada/ })
    .click();
  await betos.getByText('Motivo: Ya no es gratis').waitFor();
});
