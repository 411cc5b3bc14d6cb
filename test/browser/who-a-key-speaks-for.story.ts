import { recordActivity } from '@verbena/shared/activities/activities.routes.js';
import { Devices } from '#support/browser.js';
import { aKey, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
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

async function begin() {
  const story = await Story.begin(server);
  const owner = await story.person('owner', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, owner)).newPage();
  return { story, page, desk: `${server.url}/console/${story.slug}` };
}

test('#12 Z25 a shop is made by keyboard, a key speaks for it, its name is read beside what it sent, and it is archived', async () => {
  const { story, page, desk } = await begin();
  await page.goto(`${desk}/brands`);
  await page.getByRole('button', { name: 'Crear una tienda' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Crear una tienda' });
  await dialog.getByLabel('Nombre', { exact: true }).fill('Librería Nube');
  await dialog.getByLabel('Nombre corto').fill('Librería Nube');
  await page.keyboard.press('Enter');
  await dialog.getByText('Usa de 2 a 48 letras', { exact: false }).waitFor();
  expect(await dialog.getByLabel('Nombre', { exact: true }).inputValue()).toBe('Librería Nube');
  await dialog.getByLabel('Nombre corto').fill('libreria-nube');
  await page.keyboard.press('Enter');
  const row = page.locator('[data-outlet="libreria-nube"]');
  await row.getByText('En uso').waitFor();

  await page.goto(`${desk}/keys/new`);
  await page.getByRole('textbox', { name: 'Nombre' }).fill('Caja de la librería');
  await page.getByLabel('En nombre de quién habla').selectOption({ label: 'Tienda: Librería Nube' });
  await page.getByLabel('Compra', { exact: true }).check();
  await page.getByLabel('Días que servirá').fill('0');
  await page.getByRole('button', { name: 'Crear la clave' }).click();
  await page.getByText('Escribe un número de días', { exact: false }).waitFor();
  await page.getByLabel('Días que servirá').fill('30');
  await page.getByRole('button', { name: 'Crear la clave' }).click();
  const secret = await page.locator('[data-secret]').innerText();
  const ana = await story.person();
  const { store: _, ...attributes } = aPurchase().attributes as Record<string, unknown>;
  const body = { key: aKey('ticket'), type: 'purchase', member: { externalId: ana.externalId }, attributes };
  await call({ url: server.url, bearer: secret }, recordActivity, { params: { program: story.slug }, body });

  await page.getByRole('link', { name: 'Ya la he copiado' }).click();
  const key = page.getByRole('row', { name: /Caja de la librería/ });
  await key.getByText('Activa hasta el', { exact: false }).waitFor();
  expect(await key.innerText()).toContain('Librería Nube');
  await page.goto(`${desk}/members/${ana.member}`);
  await page.getByText('Compra en Librería Nube').waitFor();
  await page.getByText('De Librería Nube').waitFor();

  await page.goto(`${desk}/brands`);
  await page.getByRole('button', { name: 'Cambiar Librería Nube' }).press('Enter');
  await page.getByRole('button', { name: 'Archivar' }).press('Enter');
  await row.getByText('Archivada el', { exact: false }).waitFor();
  await page.goto(`${desk}/keys/new`);
  await page.getByLabel('En nombre de quién habla').waitFor();
  expect(await page.getByLabel('En nombre de quién habla').innerText()).not.toContain('Librería Nube');
});

test('#12 a key is renewed: the new secret is shown once, and the list says until when the old one works', async () => {
  const { page, desk } = await begin();
  await page.goto(`${desk}/keys`);
  await page.getByRole('button', { name: 'Renovar la clave Caja' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Renovar la clave' });
  await dialog.getByText('dejará de servir dentro de 24 horas', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Renovar' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tu clave está renovada' }).waitFor();
  expect(await page.locator('[data-secret]').innerText()).toMatch(/^vk_/);
  await page.getByRole('button', { name: 'Ya la he copiado' }).press('Enter');
  await page.getByText('Renovada; sirve hasta el', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: 'Renovar la clave Caja' }).count()).toBe(1);
});

test('#47 a test key’s command fills the sandbox, where its members are marked and nothing is given; emptied, nobody is left', async () => {
  const { story, page, desk } = await begin();
  await page.goto(`${desk}/keys/new`);
  await page.getByRole('textbox', { name: 'Nombre' }).fill('Ensayo');
  await page.getByLabel('Para probar').check();
  await page.getByLabel('Compra', { exact: true }).check();
  await page.getByRole('button', { name: 'Crear la clave' }).click();
  expect(await page.locator('[data-secret]').innerText()).toMatch(/^vk_test_/);
  await page.getByText('Es una clave de prueba', { exact: false }).waitFor();
  expect(await page.getByRole('link', { name: 'Todas las direcciones de la API' }).getAttribute('href')).toBe(
    '/api/docs',
  );
  const command = await page.locator('[data-curl]').innerText();
  const [url = '', authorization = '', , body = ''] = [...command.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
  const headers = { authorization: authorization.replace('Authorization: ', ''), 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201);

  await page.getByRole('link', { name: 'Ya la he copiado' }).click();
  await page.getByRole('link', { name: 'Ver lo que han enviado las claves de prueba' }).click();
  await page.getByRole('heading', { level: 1, name: 'Socios de prueba' }).waitFor();
  await page.locator('[data-member] a').first().click();
  await page.getByText('De prueba', { exact: true }).waitFor();
  await page.getByText('Espacio de pruebas', { exact: false }).first().waitFor();
  expect(await page.getByRole('button', { name: /Ajustar|Cambiar sus datos|Código de vinculación/ }).count()).toBe(0);
  // Its address in front of members leads to the program's own page.
  await page.goto(`${server.url}/${story.slug}~test`);
  await page.waitForURL((address) => !address.pathname.includes('~'));

  await page.goto(`${desk}~test/members`);
  await page.getByRole('button', { name: 'Vaciar' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Vaciar el espacio de pruebas' });
  await dialog.getByRole('button', { name: 'Vaciar' }).press('Enter');
  await page.getByText('lo primero que envíe una clave de prueba', { exact: false }).waitFor();
  expect(await page.locator('[data-member]').count()).toBe(0);
  await page.goto(`${desk}/members`);
  expect(await page.locator('[data-member]').count()).toBe(0);
});
