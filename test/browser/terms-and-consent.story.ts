import { readFile } from 'node:fs/promises';
import { getConsents } from '@verbena/shared/members/consents.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { type LegalDraft, publishLegalTexts } from '@verbena/shared/programs/legal.routes.js';
import type { Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aMember } from '#support/factories.js';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const texts = (given: Partial<LegalDraft> = {}): LegalDraft => ({
  terms: { es: '## Quién puede entrar\n\nCualquiera.' },
  privacy: { es: 'Lo que guardamos.' },
  ageMin: 16,
  purposes: [{ id: 'ofertas', text: { es: 'Quiero recibir ofertas' } }],
  mustAccept: true,
  expectedVersion: 0,
  ...given,
});
const publish = (story: Story, draft: LegalDraft) =>
  call(server.local, publishLegalTexts, { params: { program: story.slug }, body: draft });
const YES = { version: 1, language: 'es', accepts: true, ofAge: true } as const;

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

test('#4 joining on a phone, by keyboard alone: nothing is ticked, what is missing is said, and the yes is written down', async () => {
  const story = await Story.begin(server);
  await publish(story, texts());
  const page = await (await devices.fresh(PHONE)).newPage();
  await page.goto(`${server.url}/${story.slug}/join`);
  const accepts = page.locator('input[name="consents.accepts"]');
  await accepts.waitFor();
  expect(await page.locator('input[type=checkbox]:checked').count()).toBe(0);
  const draft = aMember();
  for (const field of ['name', 'email', 'password'] as const) {
    await tabTo(page, `input[name=${field}]`);
    await page.keyboard.type(draft[field]);
  }
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  // The first box that is missing has the focus, and says why.
  await page.getByText('Para unirte tienes que aceptar las condiciones').waitFor();
  expect(await accepts.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.keyboard.press('Space');
  await tabTo(page, 'input[name="consents.ofAge"]');
  await page.keyboard.press('Space');
  await tabTo(page, 'input[name="purposes.ofertas"]');
  await page.keyboard.press('Space');
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  await page.locator('[data-balance]').waitFor();
  const { caller } = await story.logIn(draft);
  expect(await call(caller, getConsents, { params: { program: story.slug, member: 'me' } })).toMatchObject({
    accepted: { version: 1, language: 'es' },
    purposes: [{ id: 'ofertas', given: true }],
    history: [{ channel: 'join' }, { channel: 'join' }],
  });
});

test('#4 texts that change while somebody types: what was typed stays, and the new ones are read', async () => {
  const story = await Story.begin(server);
  await publish(story, texts({ ageMin: null }));
  const page = await (await devices.fresh()).newPage();
  await page.goto(`${server.url}/${story.slug}/join`);
  const draft = aMember();
  for (const field of ['name', 'email', 'password'] as const)
    await page.locator(`input[name=${field}]`).fill(draft[field]);
  await page.locator('input[name=alias]').fill('Con calma');
  const accepts = page.locator('input[name="consents.accepts"]');
  await accepts.check();
  await publish(story, texts({ ageMin: null, expectedVersion: 1 }));
  await page.getByRole('button', { name: 'Unirme' }).click();
  await page.getByText('Los textos han cambiado mientras escribías').waitFor();
  expect(await accepts.isChecked()).toBe(false);
  expect(await page.locator('input[name=alias]').inputValue()).toBe('Con calma');
  await accepts.check();
  await page.getByRole('button', { name: /^Entrar en .* como / }).click();
  await page.locator('[data-balance]').waitFor();
});

test('#4 the first texts, published while somebody types: the boxes appear, and say why', async () => {
  const story = await Story.begin(server);
  const page = await (await devices.fresh()).newPage();
  await page.goto(`${server.url}/${story.slug}/join`);
  const draft = aMember();
  for (const field of ['name', 'email', 'password'] as const)
    await page.locator(`input[name=${field}]`).fill(draft[field]);
  await page.locator('input[name=alias]').fill('Con calma');
  await publish(story, texts());
  await page.getByRole('button', { name: 'Unirme' }).click();
  await page.getByText('Antes tienes que aceptar las condiciones del programa.').waitFor();
  expect(await page.locator('input[name=alias]').inputValue()).toBe('Con calma');
  await page.locator('input[name="consents.accepts"]').check();
  await page.locator('input[name="consents.ofAge"]').check();
  await page.getByRole('button', { name: /^Entrar en .* como / }).click();
  await page.locator('[data-balance]').waitFor();
});

test('#4 V2 new terms: told on every page and never in the way, accepted in the profile; a consent given and withdrawn', async () => {
  const story = await Story.begin(server);
  await publish(story, texts());
  const elsewhere = await Story.begin(server);
  const person = await elsewhere.person();
  await call(person.caller, joinProgram, { params: { program: story.slug }, body: { consents: YES } });
  const page = await (await devices.signedIn(story, person, PHONE)).newPage();
  const notice = page.getByText('Las condiciones del programa han cambiado');
  await page.goto(`${server.url}/${story.slug}`);
  await page.locator('[data-balance]').waitFor();
  await publish(story, texts({ expectedVersion: 1, mustAccept: false }));
  await page.reload();
  await page.getByText('No tienes que hacer nada').waitFor();
  await page.getByRole('button', { name: 'Entendido' }).click();
  await page.reload();
  await page.locator('[data-balance]').waitFor();
  await publish(story, texts({ expectedVersion: 2, mustAccept: true }));
  await page.reload();
  await notice.waitFor();
  expect(await page.getByText('No tienes que hacer nada').count()).toBe(0);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('link', { name: 'Leer y aceptar' }).click();
  const section = page.getByRole('region', { name: 'Condiciones y permisos' });
  await section.getByLabel('Acepto las condiciones y he leído el aviso de privacidad').check();
  await section.getByRole('button', { name: 'Aceptar las condiciones' }).click();
  await section.getByText('Solo puede unirse quien tiene 16 años o más').waitFor();
  await section.getByLabel('Tengo 16 años o más').check();
  await section.getByRole('button', { name: 'Aceptar las condiciones' }).click();
  await section.getByText('Has aceptado las condiciones.').waitFor();
  const offers = section.getByLabel('Quiero recibir ofertas');
  const params = { program: story.slug, member: 'me' };
  for (const isGiven of [true, false]) {
    await offers.setChecked(isGiven);
    await section.getByRole('button', { name: 'Guardar' }).click();
    await eventually(async () => (await call(person.caller, getConsents, { params })).purposes[0]?.given === isGiven, {
      until: 'the answer is written down',
    });
    await section.getByText('Tus permisos están guardados.').waitFor();
  }
  await section.getByText('Lo que has dicho hasta ahora').click();
  await section.getByText(/Retiraste el permiso: «Quiero recibir ofertas» \(versión 3, en tu perfil\)/).waitFor();
  await page.goto(`${server.url}/${story.slug}`);
  await page.locator('[data-balance]').waitFor();
  expect(await notice.count()).toBe(0);
});

test('V2 one press in the profile gives the file with everything', async () => {
  const story = await Story.begin(server);
  const person = await story.person();
  const page = await (await devices.signedIn(story, person)).newPage();
  await page.goto(`${server.url}/${story.slug}/me`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Descargar mis datos' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`mis-datos-${story.slug}.json`);
  const copy = JSON.parse(await readFile(await download.path(), 'utf8')) as { format: string; member: { id: string } };
  expect(copy).toMatchObject({ format: 'verbena-member-1', member: { id: person.member } });
  await page.getByText('El archivo está en tus descargas.').waitFor();
});

test('#4 the owner is told that there are none, writes them, looks at them and publishes; then anybody reads them from every way in', async () => {
  const story = await Story.begin(server);
  const owner = await story.person('owner', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, owner)).newPage();
  await page.goto(`${server.url}/console/${story.slug}`);
  await page.getByText('El programa no tiene condiciones ni aviso de privacidad').waitFor();
  await page.getByRole('link', { name: 'Escribirlos' }).click();
  await page.getByLabel('Condiciones', { exact: true }).fill('## Quién entra\n\nCualquiera <b>sí</b>.');
  await page.getByRole('button', { name: 'Ver cómo queda: Condiciones' }).click();
  const preview = page.getByRole('region', { name: 'Condiciones' });
  await preview.getByRole('heading', { level: 2, name: 'Quién entra' }).waitFor();
  await preview.getByText('Cualquiera <b>sí</b>.').waitFor();
  await page.getByLabel('Edad mínima').fill('16');
  await page.getByRole('button', { name: 'Añadir un permiso' }).click();
  await page.getByLabel('Nombre para tus sistemas').fill('ofertas');
  await page.getByLabel('La frase, en español').fill('Quiero recibir ofertas');
  const publishAll = async () => {
    await page.getByRole('button', { name: 'Publicar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publicar' }).click();
  };
  await publishAll();
  // The privacy notice is missing: it says so there, and nothing is lost.
  await page.getByText('Falta este campo.').waitFor();
  await page.getByLabel('Aviso de privacidad', { exact: true }).fill('Lo que guardamos.');
  await publishAll();
  await page.getByText(/En vigor: la versión 1/).waitFor();
  expect(await page.getByLabel('La frase, en español').inputValue()).toBe('Quiero recibir ofertas');
  await page.goto(`${server.url}/console/${story.slug}`);
  await page.getByText('versión 1').waitFor();
  expect(await page.getByText('El programa no tiene condiciones').count()).toBe(0);

  const visitor = await (await devices.fresh(PHONE)).newPage();
  for (const path of ['', '/join', '/login']) {
    await visitor.goto(`${server.url}/${story.slug}${path}`);
    await visitor.getByRole('contentinfo').getByRole('link', { name: 'Aviso de privacidad' }).waitFor();
  }
  await visitor.getByRole('contentinfo').getByRole('link', { name: 'Condiciones' }).click();
  await visitor.getByRole('heading', { level: 1, name: 'Condiciones' }).waitFor();
  await visitor.getByRole('heading', { level: 2, name: 'Quién entra' }).waitFor();
  await visitor.getByText('Cualquiera <b>sí</b>.').waitFor();
});

test('V2 staff see what a member allows, withdraw it when asked, and hand out the data', async () => {
  const story = await Story.begin(server);
  await publish(story, texts());
  const elsewhere = await Story.begin(server);
  const person = await elsewhere.person();
  const { id } = await call(person.caller, joinProgram, {
    params: { program: story.slug },
    body: { consents: { ...YES, purposes: { ofertas: true } } },
  });
  const manager = await story.person('manager', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, manager)).newPage();
  await page.goto(`${server.url}/console/${story.slug}/members/${id}`);
  const section = page.getByRole('region', { name: 'Condiciones, permisos y datos' });
  await section.getByText(/Aceptó la versión 1/).waitFor();
  await section.getByRole('button', { name: 'Retirar el permiso «Quiero recibir ofertas»' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retirar' }).click();
  await section.getByText('No dado').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Descargar sus datos' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`datos-de-socio-${story.slug}.json`);
});
