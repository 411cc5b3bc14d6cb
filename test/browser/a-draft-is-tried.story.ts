import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { putMember } from '@verbena/shared/members/members.routes.js';
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
  const earning = copy.rules.find(({ id }) => id === 'compra')?.earn[0];
  if (earning === undefined) throw new Error('The preset has no rule compra.');
  // Without the boost, so that no weekday changes what is expected.
  earning.amount.product = [{ field: 'totalMinor' }, { ratio: [2, 100] }];
  // Enough for the first purchase, and for a part of the second.
  earning.budget = { limit: 70, per: 'year', whenShort: 'partial' };
  return copy;
}

describe('a draft is tried', () => {
  test('D3 D7 C8 #32 one activity with both receipts side by side, then the whole past with who wins, what it costs and what runs out', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const { externalId } = lucia;
    // A Tuesday of last year: no double day, and no tier.
    await story.record(aPurchase({ externalId, totalMinor: 3_000, occurredAt: '2026-01-06T10:00:00Z' }));
    const late = await story.person();
    for (const [one, name] of [
      [lucia, 'Lucía Herrero'],
      [late, 'Lucía Lara'],
    ] as const)
      await call(server.local, putMember, { params: story.member(one.externalId), body: { name } });
    await story.record(
      aPurchase({ externalId: late.externalId, totalMinor: 1_000, occurredAt: '2026-01-13T10:00:00Z' }),
    );
    const params = { program: story.slug };
    const begun = await call(server.local, createDraft, { params, body: { name: 'Compra doble' } });
    await call(server.local, changeDraft, {
      params: { ...params, draft: begun.id },
      body: { edit: begun.edit, definitions: doubled(begun.definitions) },
    });
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, manager)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/drafts/${begun.id}?show=try`);
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    await page.getByText('Escribe de quién es la actividad.').waitFor();
    // By a name that two have: one of them is chosen, and by an address there is only one.
    await page.getByLabel('Socio').fill('Lucía');
    await page.getByText('Un apunte que ya tiene').click();
    await page.getByLabel('Número del apunte').fill('1');
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    await page
      .locator('[data-meant]')
      .getByRole('button', { name: /^Lucía Herrero/ })
      .click();
    await page.locator('[data-trial="trial-live"]').getByText('+30 puntos').waitFor();
    await page.locator('[data-trial="trial-draft"]').getByText('+60 puntos').waitFor();
    await page.getByText('Con el borrador: +30 puntos de diferencia.').waitFor();
    await page.getByLabel('Socio').fill(lucia.email);
    await page.getByLabel('Número del apunte').fill('99');
    await page.getByRole('button', { name: 'Probar', exact: true }).click();
    await page.getByText('Este apunte no existe', { exact: false }).locator('visible=true').first().waitFor();
    // What was asked before does not stand below an error.
    expect(await page.locator('[data-trial]').count()).toBe(0);

    await page.getByRole('link', { name: 'Probar con el pasado' }).click();
    await page.getByText('aún no se ha probado', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Probar con el pasado' }).click();
    await page.getByRole('button', { name: 'Parar' }).waitFor();
    await page.locator('[data-figure="winners"]').getByText('1', { exact: true }).waitFor();
    expect(await page.locator('[data-figure="issued"]').innerText()).toMatch(/70\s+antes 40/);
    expect(await page.locator('[data-budget="rule:compra"]').innerText()).toMatch(
      /70 puntos al año para todos.*daría 80 puntos; con él, 70 puntos.*agotaría el 13 de enero de 2026.*1 socio recibiría alguna vez solo una parte/s,
    );
    await page.getByRole('img', { name: /^Puntos por día/ }).waitFor();
    await page.getByRole('button', { name: 'Probar otra vez' }).waitFor();
    expect((await story.standing(externalId)).balances).toMatchObject({ puntos: 30 });
  });
});
