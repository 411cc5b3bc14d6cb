import type { Page } from 'playwright-core';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { adjustPoints, holdPoints } from '@verbena/shared/points/points.routes.js';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** `plaza`, in which purchases wait until somebody says so, and more than 1,000 points take two people. */
const definitions = {
  ...shoppingCentre,
  currencies: shoppingCentre.currencies.map((one) => ({
    ...one,
    approveAbove: 1_000,
    transfer: { perGift: 50, perDay: 80 },
  })),
  rules: shoppingCentre.rules.map((rule) =>
    rule.id === 'compra' ? { ...rule, earn: rule.earn.map((one) => ({ ...one, pending: { days: 14 } })) } : rule,
  ),
};

async function begin(): Promise<Story> {
  return Story.begin(server, {
    program: { definitions },
    key: { permissions: ['activities.write', 'members.read', 'points.hold'] },
  });
}

async function staff(story: Story): Promise<Page> {
  const manager = await story.person('manager', { secondFactor: false });
  return (await devices.signedInElevated(story, manager)).newPage();
}

test('C2 C4 C6 what waits and what is set aside stands in the wallet, and staff give it, take it and let it go', async () => {
  const story = await begin();
  const lucia = await story.person();
  await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 2_500 }));
  const page = await staff(story);
  await page.goto(`${server.url}/console/${story.slug}/members/${lucia.member}`);

  // An adjustment within the limit: what is wrong stands beside its field, and nothing is lost.
  await page.getByRole('button', { name: 'Ajustar puntos' }).click();
  const adjust = page.getByRole('dialog', { name: 'Ajustar puntos' });
  await adjust.getByLabel('Cuántos').fill('cien');
  await adjust.getByRole('button', { name: 'Dar los puntos' }).click();
  await adjust.getByText('Escribe cuántos puntos, con cifras.').waitFor();
  await adjust.getByText('Escribe el motivo', { exact: false }).waitFor();
  await adjust.getByLabel('Cuántos').fill('100');
  await adjust.getByLabel('Motivo').fill('Por las molestias');
  await adjust.getByRole('button', { name: 'Dar los puntos' }).click();
  await adjust.getByText('Ajuste anotado: +100 puntos.').waitFor();
  await adjust.getByRole('button', { name: 'Cerrar' }).last().click();
  await adjust.waitFor({ state: 'detached' });
  await call(story.shop, holdPoints, {
    params: { program: story.slug, member: lucia.member ?? '' },
    body: { key: aKey('reserva'), currency: 'puntos', amount: 60 },
  });

  const phone = await (await devices.signedIn(story, lucia, PHONE)).newPage();
  await phone.goto(`${server.url}/${story.slug}/wallet`);
  await phone.locator('[data-pending]').getByText('25 puntos desde el', { exact: false }).waitFor();
  await phone.locator('[data-held]').getByText('60 puntos').waitFor();
  expect(await phone.locator('[data-balance]').innerText()).toBe('40');
  await phone.locator('[data-entry="2"]').getByText('Ajuste de puntos').first().waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Dar ya: 25 puntos pendientes' }).click();
  const give = page.getByRole('dialog', { name: 'Dar ya los puntos pendientes' });
  await give.getByLabel('Motivo').fill('Ya pasó el plazo');
  await give.getByRole('button', { name: 'Dar ya' }).click();
  await give.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Cobrar: 60 puntos apartados' }).click();
  const capture = page.getByRole('dialog', { name: 'Cobrar lo apartado' });
  await capture.getByLabel('Cuántos se cobran').fill('61');
  await capture.getByLabel('Motivo').fill('Pagó con puntos');
  await capture.getByRole('button', { name: 'Cobrar' }).click();
  await capture.getByText('La reserva no tiene tantos puntos.').waitFor();
  await capture.getByLabel('Cuántos se cobran').fill('45');
  await capture.getByRole('button', { name: 'Cobrar' }).click();
  await capture.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Pendientes y apartados' }).waitFor({ state: 'detached' });
  await eventually(async () => (await phone.locator('[data-balance]').innerText()) === '80', {
    until: 'Lucía sees 100 + 25 − 45',
  });
  // The balance comes with the push; what waits and is set aside is read anew after it.
  const pockets = phone.locator('[data-pending], [data-held]');
  await pockets.first().waitFor({ state: 'detached' });
  expect(await pockets.count()).toBe(0);

  // The payment is cancelled; when the button is gone with it, the focus is still at the journal.
  await page.getByRole('button', { name: 'Anular: Pago con puntos', exact: false }).click();
  const refund = page.getByRole('dialog', { name: 'Anular el pago con puntos' });
  await refund.getByLabel('Cuántos vuelven').fill('46');
  await refund.getByLabel('Motivo').fill('Devolvió la compra');
  await page.keyboard.press('Enter');
  await refund.getByText('De ese pago solo quedan 45 puntos por anular.').waitFor();
  await refund.getByLabel('Cuántos vuelven').fill('45');
  await page.keyboard.press('Enter');
  await refund.waitFor({ state: 'detached' });
  await page.locator('[role=region]:focus').getByText('Se ha anulado: Pago con puntos').waitFor();
  await eventually(async () => (await phone.locator('[data-balance]').innerText()) === '125', {
    until: 'they are back',
  });
});

test('#10 C6 taking more than there is stands beside its field, what there is is taken when that is said, and it is undone at once', async () => {
  const story = await begin();
  const lucia = await story.person();
  const page = await staff(story);
  await call(server.local, adjustPoints, {
    params: { program: story.slug, member: lucia.member ?? '' },
    body: { key: aKey('ajuste'), currency: 'puntos', amount: 80, reason: 'Por las molestias' },
  });
  await page.goto(`${server.url}/console/${story.slug}/members/${lucia.member}`);
  await page.getByRole('button', { name: 'Ajustar puntos' }).click();
  const adjust = page.getByRole('dialog', { name: 'Ajustar puntos' });
  await adjust.getByText('Quitar', { exact: true }).click();
  await adjust.getByLabel('Cuántos').fill('100');
  await adjust.getByText('Ahora tiene 80 puntos; después tendrá 0 puntos.').waitFor();
  await adjust.getByLabel('Motivo').fill('Se dieron dos veces');
  await adjust.getByRole('button', { name: 'Quitar los puntos' }).click();
  await adjust.getByText('Solo tiene 80 puntos: no se le pueden quitar más.').waitFor();
  await adjust.getByLabel('Quitar solo lo que tiene: 80 puntos').check();
  await adjust.getByRole('button', { name: 'Quitar los puntos' }).click();
  await adjust.getByText('Ahora tiene 0 puntos.').waitFor();
  await adjust.getByRole('button', { name: 'Deshacer' }).click();
  const undo = page.getByRole('dialog', { name: 'Deshacer lo anotado' });
  await undo.getByText('+80 puntos en su saldo').waitFor();
  await undo.getByLabel('Motivo').fill('No era ella');
  await undo.getByRole('button', { name: 'Deshacer' }).click();
  await undo.waitFor({ state: 'detached' });
  expect((await story.standing(lucia.externalId)).balances['puntos']).toBe(80);
});

test('C6 a large adjustment waits for another person, who approves it on a page of its own', async () => {
  const story = await begin();
  const lucia = await story.person();
  const page = await staff(story);
  await page.goto(`${server.url}/console/${story.slug}/members/${lucia.member}`);
  await page.getByRole('button', { name: 'Ajustar puntos' }).click();
  const adjust = page.getByRole('dialog', { name: 'Ajustar puntos' });
  await adjust.getByLabel('Cuántos').fill('1.500');
  await adjust.getByLabel('Motivo').fill('Premio del sorteo');
  await adjust.getByRole('button', { name: 'Pedir la aprobación' }).click();
  await adjust.waitFor({ state: 'detached' });
  await page.goto(`${server.url}/console/${story.slug}/approvals`);
  await page.getByText('Lo pediste tú: lo decide otra persona.').waitFor();
  expect(await page.getByRole('button', { name: 'Aprobar' }).count()).toBe(0);

  const other = await staff(story);
  await other.goto(`${server.url}/console/${story.slug}/approvals`);
  await other
    .getByText('+1500 puntos para', { exact: false })
    .or(other.getByText('+1.500 puntos para', { exact: false }))
    .first()
    .waitFor();
  await other.getByText('Premio del sorteo').waitFor();
  await other.getByRole('button', { name: 'Aprobar' }).click();
  await other.getByRole('heading', { name: 'Nada que decidir' }).waitFor();
  await eventually(async () => (await story.standing(lucia.externalId)).balances['puntos'] === 1_500);
  await other.getByRole('link', { name: 'Decididas' }).click();
  await other.locator('[data-adjustment="approved"]').getByText('Aprobado por', { exact: false }).waitFor();
});

test('M3 a large purchase by hand waits in the same list, said in words, and is recorded with one press', async () => {
  const story = await begin();
  const lucia = await story.person();
  const page = await staff(story);
  await page.goto(`${server.url}/console/${story.slug}/activities?member=${lucia.member}`);
  await page.getByLabel('Total', { exact: true }).fill('2500');
  await page.getByLabel('Motivo').fill('La caja no funcionaba');
  await page.getByRole('button', { name: 'Revisar' }).click();
  await page.getByRole('button', { name: 'Anotar', exact: true }).click();
  await page.getByRole('heading', { name: 'Falta que lo apruebe otra persona' }).waitFor();
  await page.getByRole('link', { name: 'Ver las aprobaciones' }).click();
  await page.getByText('Lo pediste tú: lo decide otra persona.').waitFor();

  const other = await staff(story);
  await other.goto(`${server.url}/console/${story.slug}/approvals`);
  const asked = other.locator('[data-adjustment="waiting"]');
  await asked.getByText('La caja no funcionaba').waitFor();
  expect(await asked.innerText()).toMatch(/\+2\.?500 puntos para[\s\S]*Compra · Total: 2\.?500,00\s€[\s\S]*Lo pide/);
  await other.getByRole('button', { name: 'Aprobar' }).click();
  await other.getByRole('heading', { name: 'Nada que decidir' }).waitFor();
  await eventually(async () => (await story.standing(lucia.externalId)).pending?.[0]?.amount === 2_500);
});

test('C5 a return of a part is written down from the receipt of the purchase', async () => {
  const story = await begin();
  const lucia = await story.person();
  await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 9_000 }));
  const page = await staff(story);
  await page.goto(`${server.url}/console/${story.slug}/members/${lucia.member}/entries/1`);
  // What the purchase gave waits: the receipt says so at its head, and not that it gave nothing.
  await page.locator('main').getByText('puntos pendientes', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Devolución' }).click();
  const dialog = page.getByRole('dialog', { name: 'Devolución' });
  await dialog.getByText('Una parte').click();
  expect(await dialog.getByLabel('Total', { exact: true }).inputValue()).toBe('90,00');
  await dialog.getByLabel('Total', { exact: true }).fill('120');
  await dialog.getByLabel('Motivo').fill('Devolvió los zapatos');
  await dialog.getByRole('button', { name: 'Anotar la devolución' }).click();
  await dialog.getByText('90', { exact: false }).first().waitFor();
  await dialog.getByLabel('Total', { exact: true }).fill('40');
  await dialog.getByRole('button', { name: 'Anotar la devolución' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Después se devolvió una parte').waitFor();
  expect((await story.standing(lucia.externalId)).pending).toMatchObject([{ amount: 40 }]);
});

test('C7 one member gives another points from the wallet, named as on the boards', async () => {
  const story = await begin();
  const lucia = await story.person();
  const marcos = await story.person();
  const me = { program: story.slug, member: 'me' };
  await call(marcos.caller, changeProfile, { params: me, body: { alias: 'Marcos del barrio' } });
  await call(lucia.caller, changeProfile, { params: me, body: { alias: 'Lucía del barrio' } });
  await call(server.local, adjustPoints, {
    params: { program: story.slug, member: lucia.member ?? '' },
    body: { key: aKey('regalo'), currency: 'puntos', amount: 100, reason: 'Bienvenida' },
  });
  const his = await (await devices.signedIn(story, marcos, PHONE)).newPage();
  await openHome(his, story);
  const phone = await (await devices.signedIn(story, lucia, PHONE)).newPage();
  await phone.goto(`${server.url}/${story.slug}/wallet`);
  await phone.getByRole('button', { name: 'Regalar puntos' }).click();
  const dialog = phone.getByRole('dialog', { name: 'Regalar puntos' });
  await dialog.getByLabel('A quién').fill('Marcos del bario');
  await dialog.getByLabel('Cuántos').fill('60');
  await dialog.getByRole('button', { name: 'Regalar' }).click();
  await dialog.getByText('Aquí no hay nadie con ese nombre.', { exact: false }).waitFor();
  await dialog.getByLabel('A quién').fill('marcos del barrio');
  await dialog.getByRole('button', { name: 'Regalar' }).click();
  await dialog.getByText('Es más de lo que se puede dar en un regalo.').waitFor();
  await dialog.getByLabel('Cuántos').fill('40');
  await dialog.getByRole('button', { name: 'Regalar' }).click();
  await dialog.waitFor({ state: 'detached' });
  await eventually(async () => (await phone.locator('[data-balance]').innerText()) === '60', { until: 'they left' });
  await eventually(async () => (await story.standing(marcos.externalId)).balances['puntos'] === 40);
  // He reads from whom as it arrives, in his wallet and in the receipt; she reads to whom.
  await eventually(async () => (await shownOn(his)).toasts.some((text) => text.includes('Regalo de Lucía del barrio')));
  await phone.locator('[data-entry]').getByText('Regalo para Marcos del barrio').first().waitFor();
  await his.goto(`${server.url}/${story.slug}/wallet`);
  await his.locator('[data-entry]').filter({ hasText: 'Regalo de Lucía del barrio' }).getByRole('link').first().click();
  await his.getByText('Te los ha regalado Lucía del barrio', { exact: false }).waitFor();
});
