import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
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

function doubled(definitions: Definitions): Definitions {
  const copy = structuredClone(definitions);
  const amount = copy.rules.find(({ id }) => id === 'compra')?.earn[0]?.amount;
  // Without the boost, so that no weekday changes what is expected.
  if (amount !== undefined) amount.product = [{ field: 'totalMinor' }, { ratio: [2, 100] }];
  return copy;
}

describe('a draft is tried', () => {
  test('D3 D7 one activity with both receipts side by side, then the whole past with who wins and what it costs', async () => {
    const story = await Story.begin(server);
    const { externalId } = await story.person();
    // A Tuesday of last year: no double day, and no tier.
    await story.record(aPurchase({ externalId, totalMinor: 3_000, occurredAt: '2026-01-06T10:00:00Z' }));
    const params = { program: story.slug };
    const begun = await call(server.local, createDraft, { params, body: { name: 'Compra doble' } });
    await call(server.local, changeDraft, {
      params: { ...params, draft: begun.id },
      body: { edit: begun.edit, definitions: doubled(begun.definitions) },
    });
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedIn(story, manager)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/drafts/${begun.id}?show=try`);
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    await page.getByText('Escribe de quién es la actividad.').waitFor();
    await page.getByLabel('Socio').fill(externalId);
    await page.getByText('Un apunte que ya tiene').click();
    await page.getByLabel('Número del apunte').fill('1');
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    await page.locator('[data-trial="trial-live"]').getByText('+30 puntos').waitFor();
    await page.locator('[data-trial="trial-draft"]').getByText('+60 puntos').waitFor();
    await page.getByText('Con el borrador: +30 puntos de diferencia.').waitFor();

    await page.getByRole('link', { name: 'Probar con el pasado' }).click();
    await page.getByText('aún no se ha probado', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Probar con el pasado' }).click();
    await page.getByRole('button', { name: 'Parar' }).waitFor();
    await page.locator('[data-figure="winners"]').getByText('1', { exact: true }).waitFor();
    expect(await page.locator('[data-figure="issued"]').innerText()).toMatch(/60\s+antes 30/);
    await page.getByRole('img', { name: /^Puntos por día/ }).waitFor();
    await page.getByRole('button', { name: 'Probar otra vez' }).waitFor();
    expect((await story.standing(externalId)).balances).toEqual({ puntos: 30 });
  });
});
