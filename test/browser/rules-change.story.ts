import { changeProgram, getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { createDraft } from '@verbena/shared/programs/versions.routes.js';
import type { Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { aPurchase } from '#support/factories.js';
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

/** Replaces a piece of the definition that the editor shows, and saves. */
async function rewrite(page: Page, definition: string, from: RegExp, to: string): Promise<void> {
  await page.getByLabel('Cuál').selectOption({ label: definition });
  const field = page.getByRole('textbox', { name: 'Definición' });
  const text = await field.inputValue();
  if (!from.test(text)) throw new Error(`The definition does not hold ${String(from)}.`);
  await field.fill(text.replace(from, to));
}

describe('rules change', () => {
  test('D5 K5 a draft is edited, read in words, published with notice, and a member reads what is coming', async () => {
    const story = await Story.begin(server);
    await call(server.local, changeProgram, { params: { program: story.slug }, body: { noticeDays: 10 } });
    const member = await story.person();
    await story.record(aPurchase({ externalId: member.externalId, totalMinor: 1_000 }));
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/versions`);
    await page.getByRole('button', { name: 'Empezar' }).click();
    await page.getByText('Ponle un nombre', { exact: false }).waitFor();
    await page.getByLabel('Nombre del borrador').fill('Otoño');
    await page.getByRole('button', { name: 'Empezar' }).click();
    await page.getByRole('heading', { level: 1, name: 'Otoño' }).waitFor();

    // What is no JSON is said at once, and nothing of it is lost.
    await rewrite(page, 'Cupón canjeado', /25,/, '25,,');
    await page.getByText('no es JSON válido', { exact: false }).waitFor();
    await page.getByLabel('Cuál').selectOption({ label: 'Compra' });
    await rewrite(page, 'Cupón canjeado', /25,,/, '10,');
    await page.getByRole('button', { name: 'Guardar en el borrador' }).click();
    await page.getByText('Guardado en el borrador.').locator('visible=true').first().waitFor();
    await page.getByText('recibes 10 puntos', { exact: false }).waitFor();
    await rewrite(page, 'Compra', /"ratio": \[\s*1,\s*100\s*\]/, '"ratio": [2, 100]');
    await page.getByRole('button', { name: 'Guardar en el borrador' }).click();
    await page.getByText('Guardado en el borrador.').locator('visible=true').first().waitFor();

    await page.getByRole('link', { name: 'Qué cambia' }).click();
    const atOnce = page.getByRole('region', { name: 'En el acto, al publicar' });
    await atOnce.getByText('La regla «Compra» pasa de 1 punto', { exact: false }).waitFor();
    const later = page.getByRole('region', { name: /^Después del aviso/ });
    await later.getByText('La regla «Cupón canjeado» pasa de 25 puntos a 10 puntos.').waitFor();
    await page.getByRole('button', { name: 'Publicar', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Publicar este borrador' });
    await dialog.getByText('Lo bueno entra en el acto.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Publicar', exact: true }).click();
    await page.getByRole('row', { name: /Versión 3 Otoño esperando su día/ }).waitFor();
    await page.getByRole('row', { name: /Versión 2 Otoño en vigor/ }).waitFor();

    const reader = await (await devices.signedIn(story, member)).newPage();
    await reader.goto(`${server.url}/${story.slug}/rules`);
    const coming = reader.getByRole('region', { name: 'Lo que va a cambiar' });
    await coming.getByText('La regla «Cupón canjeado» pasa de 25 puntos a 10 puntos.').waitFor();
    const today = reader.getByRole('region', { name: 'Las reglas de hoy' });
    await today.getByText('recibes 2 puntos por cada 1,00', { exact: false }).waitFor();

    await page.getByRole('link', { name: 'Versión 3' }).click();
    await page.getByRole('button', { name: 'Retirar esta versión' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retirar esta versión' }).click();
    await page.getByText('retirada', { exact: false }).locator('visible=true').first().waitFor();
    await reader.reload();
    await reader.getByRole('region', { name: 'Cambios' }).getByText('La regla «Compra»', { exact: false }).waitFor();
    expect(await reader.getByText('de 25 puntos a 10 puntos').count()).toBe(0);
  });

  test('#13 #26 #29 an id that is taken is refused beside its field and breaks nothing; another one is saved and stays on the screen', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    const draft = await call(server.local, createDraft, { params: { program: story.slug }, body: { name: 'Otoño' } });
    await page.goto(`${server.url}/console/${story.slug}/drafts/${draft.id}?show=edit&kind=missions&place=1`);
    const field = page.getByRole('textbox', { name: 'Definición' });
    await page.getByLabel('Cuál').selectOption({ label: 'Una nueva, copiada de la que se ve' });
    // It begins as the one that was on the screen, not as the last of the list.
    const text = await field.inputValue();
    expect(text).toContain('"id": "ocho-secciones-2"');
    await field.fill(text.replace('ocho-secciones-2', 'diez-visitas'));
    await page.getByRole('button', { name: 'Guardar en el borrador' }).click();
    await page
      .getByText('El identificador «diez-visitas» ya está en uso.', { exact: false })
      .locator('visible=true')
      .first()
      .waitFor();
    await field.fill(text.replace('ocho-secciones-2', 'otras-ocho').replaceAll('Ocho secciones', 'Otras ocho'));
    // What was typed outlives a look at another tab.
    await page.getByRole('link', { name: 'Qué cambia' }).click();
    await page.getByText('Este borrador todavía no cambia nada', { exact: false }).waitFor();
    await page.goBack();
    await page.getByLabel('Cuál').selectOption({ label: 'Una nueva, copiada de la que se ve' });
    expect(await field.inputValue()).toContain('otras-ocho');
    await page.getByRole('button', { name: 'Guardar en el borrador' }).click();
    await page.getByText('Guardado en el borrador.').locator('visible=true').first().waitFor();
    expect(await page.getByLabel('Cuál').locator('option:checked').textContent()).toBe('Otras ocho');
    await page.getByRole('region', { name: 'En palabras' }).waitFor();
  });

  test('#33 #28 #30 #31 who is alone on the staff is told that nobody could approve; what is not saved is said; a benefit waits for its day', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/versions`);
    await page.getByText('nadie más del equipo podría aprobar', { exact: false }).waitFor();
    const box = page.getByLabel('Un borrador tiene que aprobarlo otra persona');
    expect(await box.isDisabled()).toBe(true);

    // It was asked for while there was somebody else.
    await call(server.local, changeProgram, { params, body: { approval: true } });
    const draft = await call(server.local, createDraft, { params, body: { name: 'Diciembre' } });
    await page.goto(`${server.url}/console/${story.slug}/drafts/${draft.id}?show=edit`);
    await rewrite(page, 'Compra', /"ratio": \[\s*1,\s*100\s*\]/, '"ratio": [2, 100]');
    await page.getByRole('link', { name: 'Qué cambia' }).click();
    await page.getByText('no están guardadas en el borrador', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Ir a «Editar»' }).click();
    await page.getByRole('button', { name: 'Guardar en el borrador' }).click();
    await page.getByText('Guardado en el borrador.').locator('visible=true').first().waitFor();
    await page.getByRole('link', { name: 'Qué cambia' }).click();
    await page.locator('[data-same-words]').waitFor();
    expect(await page.getByText('no están guardadas en el borrador', { exact: false }).count()).toBe(0);
    const publish = page.getByRole('button', { name: 'Publicar', exact: true });
    await page.locator('[data-waits]').waitFor();
    expect(await publish.isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Ver cómo se cambian las reglas' }).click();
    await page.locator('[data-no-approver]').waitFor();
    await box.uncheck();
    // By what the server says: the words of the former save may still be there.
    await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok()),
      page.getByRole('button', { name: 'Guardar', exact: true }).click(),
    ]);

    await page.getByRole('link', { name: 'Diciembre' }).click();
    await publish.click();
    const dialog = page.getByRole('dialog', { name: 'Publicar este borrador' });
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('Desde qué día (opcional)').fill(day);
    await dialog.getByText('Entra en vigor el', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Publicar', exact: true }).click();
    await page.getByRole('row', { name: /Versión 2 Diciembre esperando su día/ }).waitFor();
  });

  test('#15 whoever published a mistake stops it at once, and reads before that going back would wait', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    await call(server.local, changeProgram, { params, body: { noticeDays: 10 } });
    const { definitions } = await call(server.local, getDefinitions, { params });
    const rules = definitions.rules.map((rule) =>
      rule.id === 'cupon'
        ? {
            ...rule,
            earn: rule.earn.map((one) => ({
              ...one,
              amount: { product: [{ ratio: [2_500, 1] as [number, number] }] },
            })),
          }
        : rule,
    );
    await call(server.local, putDefinitions, { params, body: { definitions: { ...definitions, rules } } });
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/versions/1`);
    await page.getByRole('button', { name: 'Volver a esta versión' }).click();
    const back = page.getByRole('dialog', { name: 'Volver a esta versión' });
    await back.getByText(/^Entra en vigor el .* Los socios lo ven desde hoy/).waitFor();
    await back.getByRole('heading', { name: /^Después del aviso, desde el/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/console/${story.slug}/versions/2`);
    await page.getByRole('button', { name: 'Parar ya: es un error' }).click();
    const stop = page.getByRole('dialog', { name: 'Parar ya: es un error' });
    await stop.getByText('Entra en vigor en el acto, sin esperar al aviso.', { exact: false }).waitFor();
    await stop.getByRole('heading', { name: 'En el acto, al publicar' }).waitFor();
    await stop.getByLabel('Qué pasó, en palabras para los socios').fill('Pusimos dos ceros de más en los cupones.');
    await stop.getByRole('button', { name: 'Hacerlo ya' }).click();
    await page.getByRole('row', { name: /Versión 3 en vigor/ }).waitFor();
  });
});
