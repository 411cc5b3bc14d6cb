import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { revertToVersion } from '@verbena/shared/programs/versions.routes.js';
import { Devices, openHome } from '#support/browser.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
});
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

test('K8 a manager undoes a version, reads first what it does, and the member reads why, live', async () => {
  const story = await Story.begin(server);
  const params = { program: story.slug };
  const member = await story.person();
  const owner = await story.person('owner', { secondFactor: false });
  const { definitions } = await call(server.local, getDefinitions, { params });
  const wrong = structuredClone(definitions);
  const [purchase] = wrong.rules;
  if (purchase?.earn[0] !== undefined) purchase.earn[0].amount.product[1] = { ratio: [100, 100] };
  await call(server.local, putDefinitions, { params, body: { definitions: wrong } });
  await story.record(aPurchase({ externalId: member.externalId, totalMinor: 5_000 }));
  await call(server.local, revertToVersion, {
    params: { ...params, version: '1' },
    body: { correction: 'Un cero de más en la regla' },
  });

  const phone = await (await devices.signedIn(story, member, { viewport: { width: 390, height: 844 } })).newPage();
  await openHome(phone, story);
  const page = await (await devices.signedInElevated(story, owner)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/versions/2`);
  await page.getByRole('link', { name: 'Deshacer lo que dio' }).click();
  await page.getByRole('heading', { level: 1, name: 'Correcciones' }).waitFor();
  await page.getByRole('button', { name: 'Calcular el plan' }).click();
  await page.getByText('Di en pocas palabras qué pasó.').waitFor();
  await page.getByLabel('Motivo, para el equipo').fill('Un cero de más en la regla de compra');
  await page.getByRole('button', { name: 'Calcular el plan' }).press('Enter');
  // Each of the two boots a process of its own.
  await page.locator('[data-undo="planned"]').waitFor({ timeout: 60_000 });
  expect(await page.locator('[data-figure="members"]').innerText()).toContain('1');
  expect(await page.locator('[data-currency="puntos"]').innerText()).toContain('4.950');
  await page.getByRole('button', { name: 'Aplicar la corrección' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Aplicar la corrección' }).click();
  await page.locator('[data-undo="applied"]').waitFor({ timeout: 60_000 });
  await page.getByText('1 socio corregido.', { exact: false }).waitFor();

  // The member hears of it at once, calmly, and reads it in the wallet, beside what it corrects.
  await phone.getByText('Corrección de los puntos').first().waitFor();
  await phone.goto(`${server.url}/${story.slug}/wallet`);
  await phone.getByText('Sentimos las molestias', { exact: false }).first().waitFor();
  await phone.goto(`${server.url}/${story.slug}/wallet/1`);
  await phone.getByRole('link', { name: 'Ver la corrección' }).click();
  await phone.getByRole('heading', { level: 1, name: 'Corrección de los puntos' }).waitFor();
});
