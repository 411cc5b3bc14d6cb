import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { createSegment, listSegmentMembers, listSegments } from '@verbena/shared/segments/segments.routes.js';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
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

const definitions = {
  ...shoppingCentre,
  memberAttributes: [{ id: 'city', name: { es: 'Ciudad', en: 'City' }, schema: { type: 'string' as const } }],
};

test('#2 a manager makes a segment of a condition and one of a list on a phone, and reads what is wrong beside its field', async () => {
  const story = await Story.begin(server, { program: { preset: undefined, definitions } });
  const [ana, luz] = [await story.person(), await story.person()];
  const manager = await story.person('manager', { secondFactor: false });
  const device = await devices.signedInElevated(story, manager, { viewport: { width: 390, height: 844 } });
  const page = await device.newPage();
  await page.goto(`${server.url}/console/${story.slug}/segments`);
  await page.getByText('Todavía no hay ninguno.', { exact: false }).waitFor();

  const dialog = page.getByRole('dialog', { name: 'Crear un segmento' });
  const create = dialog.getByRole('button', { name: 'Crear', exact: true });
  const open = () => page.getByRole('button', { name: 'Crear un segmento' }).click();
  await open();
  await dialog.getByLabel('Nombre en español').fill('De plata en Málaga');
  await dialog.getByLabel('Nombre corto').fill('plata-malaga');
  // Nothing was chosen yet: it is said beside that field, which has the focus.
  await create.click();
  const first = dialog.getByRole('group', { name: 'Condición 1' });
  const which = first.getByLabel('Cuál');
  await first.getByText('Elige o escribe lo que falta.').waitFor();
  expect(await which.evaluate((field) => field === document.activeElement)).toBe(true);
  await which.selectOption({ label: 'Plata' });
  await dialog.getByText('Para quien cumple esto: su categoría es Plata o más.').waitFor();

  await dialog.getByRole('button', { name: 'Añadir una condición' }).click();
  const second = dialog.getByRole('group', { name: 'Condición 2' });
  const kind = second.getByLabel('Qué se mira');
  expect(await kind.evaluate((field) => field === document.activeElement)).toBe(true);
  await kind.selectOption({ label: 'Insignia' });
  await second.getByLabel('Cuál').selectOption({ label: 'Primera compra' });
  await second.getByLabel('Cómo').selectOption({ label: 'No la tiene' });
  await dialog.getByRole('button', { name: 'Añadir una condición' }).click();
  const third = dialog.getByRole('group', { name: 'Condición 3' });
  await third.getByLabel('Qué se mira').selectOption({ label: 'Dato del socio' });
  await third.getByLabel('Cuál').selectOption({ label: 'Ciudad' });
  await third.getByLabel('Valor').fill('Málaga');
  await dialog.getByRole('button', { name: 'Quitar la condición 2' }).click();
  await dialog.getByText('Una cualquiera').click();
  await dialog
    .getByText('Para quien cumple esto: su categoría es Plata o más o su «Ciudad» es Málaga.', { exact: true })
    .waitFor();
  await create.click();
  await dialog.waitFor({ state: 'detached' });
  await page
    .locator('[data-segment="plata-malaga"]')
    .getByText('Su categoría es Plata o más', { exact: false })
    .first()
    .waitFor();
  const params = { program: story.slug };
  const [made] = (await call(manager.caller, listSegments, { params })).items;
  expect(made?.condition).toEqual({
    any: [{ tier: { atLeast: 'plata' } }, { member: 'city', op: 'eq', value: 'Málaga' }],
  });

  // A short name that is taken is refused beside its field, and nothing that was typed is lost.
  await open();
  await dialog.getByLabel('Nombre en español').fill('Prensa');
  await dialog.getByLabel('Nombre corto').fill('plata-malaga');
  await dialog.getByText('Una lista hecha a mano').click();
  await create.click();
  await dialog.getByText('Otro segmento ya usa ese nombre corto.').waitFor();
  const slug = dialog.getByLabel('Nombre corto');
  expect(await slug.evaluate((field) => field === document.activeElement)).toBe(true);
  await slug.fill('prensa');
  await create.click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Prensa' }).click();
  await page.getByText('Todavía no hay nadie.', { exact: false }).waitFor();
  const numbers = page.getByLabel('Números');
  const add = page.getByRole('button', { name: 'Añadir', exact: true });
  await numbers.fill(`${ana.externalId}\nnadie-la-tiene\n${luz.externalId}`);
  await add.click();
  await page.getByText('No hay ningún socio «nadie-la-tiene».', { exact: false }).waitFor();
  expect(await numbers.inputValue()).toContain('nadie-la-tiene');
  const segment = { ...params, segment: page.url().split('/').at(-1) ?? '' };
  const listed = async () =>
    (await call(manager.caller, listSegmentMembers, { params: segment })).items.map(({ member }) => member);
  expect(await listed()).toEqual([]);
  await numbers.fill(`${ana.externalId}\n${luz.externalId}`);
  await add.click();
  await page.locator(`[data-member="${ana.member}"]`).waitFor();
  expect(await listed()).toEqual([luz.member, ana.member]);
  await page.getByRole('button', { name: `Quitar a ${ana.externalId}` }).click();
  await page.locator(`[data-member="${ana.member}"]`).waitFor({ state: 'detached' });
  expect(await listed()).toEqual([luz.member]);

  await page.locator(`[data-member="${luz.member}"] a`).click();
  await page.getByRole('region', { name: 'Segmentos' }).getByRole('link', { name: 'Prensa' }).click();
  await page.getByRole('button', { name: 'Archivar' }).click();
  await page.getByText('Está archivado: ahora mismo no es de nadie.').waitFor();

  // What the form cannot show stays as it is until somebody starts anew.
  const nested = {
    any: [{ badge: 'primera-compra' }, { not: { all: [{ badge: 'exploradora' }, { tier: { is: 'oro' } }] } }],
  };
  const body = { slug: 'mezcla', name: { es: 'Mezcla' }, kind: 'condition', condition: nested } as const;
  const { id } = await call(server.local, createSegment, { params, body });
  await page.goto(`${server.url}/console/${story.slug}/segments/${id}`);
  await page.getByText('tiene la insignia «Primera compra» o (no se cumple esto: ', { exact: false }).waitFor();
  await page.getByLabel('Nombre en español').fill('Una mezcla');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('heading', { name: 'Una mezcla' }).waitFor();
  const mixed = async () =>
    (await call(manager.caller, listSegments, { params })).items.find(({ slug: one }) => one === 'mezcla')?.condition;
  expect(await mixed()).toEqual(nested);
  await page.getByRole('button', { name: 'Empezar de nuevo' }).click();
  await page.getByRole('group', { name: 'Condición 1' }).getByLabel('Cuál').selectOption({ label: 'Oro' });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await eventually(async () => JSON.stringify(await mixed()) === JSON.stringify({ tier: { atLeast: 'oro' } }));

  // Meanwhile the program does not know any more what is asked for here: the server says so beside it.
  await page.getByLabel('Qué se mira').selectOption({ label: 'Dato del socio' });
  await page.getByLabel('Cuál').selectOption({ label: 'Ciudad' });
  await page.getByLabel('Cómo').selectOption({ label: 'Se conoce' });
  await call(server.local, putDefinitions, { params, body: { definitions: shoppingCentre } });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('No se declara ningún dato de socio «city».').waitFor();
  await page.goto(`${server.url}/console/${story.slug}/audit`);
  await page.getByText('Segmento «Una mezcla»').first().waitFor();
});
