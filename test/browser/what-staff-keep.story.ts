import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { getMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import { Devices } from '#support/browser.js';
import { aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let devices: Devices;
beforeAll(async () => {
  // A Friday.
  [server, devices] = await Promise.all([startServer({ clock: '2026-11-20T10:00:00.000Z' }), Devices.open()]);
});
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

const diaria = {
  id: 'diaria',
  rev: 1,
  name: { es: 'Diaria', en: 'Daily' },
  description: { es: 'Cada día.', en: 'Every day.' },
  on: { activity: 'purchase' },
  goal: { kind: 'streak' as const, unit: 'day' as const, length: 9, freezes: { max: 2 }, pause: { daysPerYear: 5 } },
  reward: { points: [{ currency: 'puntos', amount: 5 }], badges: [] },
  zone: 'program' as const,
};
const gasto = {
  ...diaria,
  id: 'gasto',
  name: { es: 'Gasto', en: 'Spending' },
  goal: { kind: 'sum' as const, field: 'totalMinor', target: 20_000, per: 'month' as const },
};
const definitions = {
  ...shoppingCentre,
  missions: [...shoppingCentre.missions, diaria, gasto],
  memberAttributes: [
    { id: 'club', name: { es: 'Club', en: 'Club' }, schema: { type: 'string' as const, enum: ['norte', 'sur'] } },
    { id: 'visits', name: { es: 'Visitas', en: 'Visits' }, schema: { type: 'integer' as const, minimum: 0 } },
  ],
};

test('E6 F2 A2 staff restore a streak, give freezes, withdraw a badge and say what the program knows, by keyboard; the member plans a pause', async () => {
  const story = await Story.begin(server, { program: { preset: undefined, definitions } });
  const ana = await story.person();
  for (const day of ['16', '18'])
    await story.record(
      aPurchase({ externalId: ana.externalId, totalMinor: 1_000, occurredAt: `2026-11-${day}T10:00:00Z` }),
    );
  const manager = await story.person('manager', { secondFactor: false });
  const page = await (await devices.signedInElevated(story, manager)).newPage();
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  await page.goto(`${server.url}/console/${story.slug}/members/${ana.member}?show=missions`);
  // Money is told as money, and a streak by what it counts.
  await page
    .locator('[data-mission="gasto"]')
    .getByText(/^20,00\s€ de 200,00\s€$/)
    .first()
    .waitFor();
  await page.locator('[data-mission="diaria"]').getByText('0 de 9 días seguidos').first().waitFor();
  const streak = page.locator('[data-streak="diaria"]');
  await streak.locator('[data-unit="2026-11-17"]').getByText('sin actividad', { exact: true }).waitFor();

  await press('Restaurar la racha: Diaria');
  const restore = page.getByRole('dialog', { name: 'Restaurar la racha' });
  await restore.getByLabel('Qué plazo se restaura').selectOption({ label: '17 de noviembre' });
  await restore.getByLabel('Motivo').focus();
  await page.keyboard.press('Enter');
  await restore.getByText('Escribe el motivo', { exact: false }).waitFor();
  expect(await restore.getByLabel('Motivo').evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Se cayó la caja');
  await page.keyboard.press('Enter');
  await restore.waitFor({ state: 'detached' });
  await streak.locator('[data-unit="2026-11-17"]').getByText('la racha sigue', { exact: false }).waitFor();

  await press('Dar comodines: Diaria');
  const grant = page.getByRole('dialog', { name: 'Dar comodines' });
  await grant.getByLabel('Cuántos comodines').fill('muchos');
  await grant.getByLabel('Motivo').fill('Por la avería');
  await page.keyboard.press('Enter');
  await grant.getByText('Escribe cuántos, del 1 al 30.').waitFor();
  expect(await grant.getByLabel('Motivo').inputValue()).toBe('Por la avería');
  await grant.getByLabel('Cuántos comodines').fill('2');
  await page.keyboard.press('Enter');
  await grant.waitFor({ state: 'detached' });
  await streak.locator('[data-freezes]').getByText('Tiene 2 comodines de 2.').waitFor();

  await page.getByRole('link', { name: 'Insignias' }).click();
  await press('Retirar la insignia Primera compra');
  const withdraw = page.getByRole('dialog', { name: 'Retirar la insignia' });
  await withdraw.getByLabel('Motivo').fill('Un error del equipo');
  await page.keyboard.press('Enter');
  await withdraw.waitFor({ state: 'detached' });
  await page.getByText('Todavía no tiene ninguna insignia.').waitFor();
  expect((await story.standing(ana.externalId)).badges).toEqual([]);

  await press('Cambiar lo que el programa sabe');
  const known = page.getByRole('dialog', { name: 'Lo que el programa sabe' });
  await known.getByLabel('Club').selectOption('sur');
  await known.getByLabel('Visitas').fill('-1');
  await page.keyboard.press('Enter');
  const beside = known.getByLabel('Visitas');
  await known.locator('[aria-invalid]').waitFor();
  expect(await beside.getAttribute('aria-invalid')).toBe('true');
  await beside.fill('3');
  await page.keyboard.press('Enter');
  await known.waitFor({ state: 'detached' });
  await page.locator('[data-attribute="club"]').getByText('sur').waitFor();
  const params = { program: story.slug, member: ana.member ?? '' };
  expect((await call(manager.caller, getMemberAttributes, { params })).values).toEqual({ club: 'sur', visits: 3 });
  await page.goto(`${server.url}/console/${story.slug}/members/${ana.member}`);
  for (const reason of ['Se cayó la caja', 'Por la avería', 'Un error del equipo'])
    await page.getByText(`«${reason}»`).first().waitFor();

  // She reads what she holds on the mission's own page.
  const phone = await (await devices.signedIn(story, ana, { viewport: { width: 390, height: 844 } })).newPage();
  await phone.goto(`${server.url}/${story.slug}/missions/diaria`);
  await phone.locator('[data-freezes]').getByText('Tienes 2 comodines de 2.', { exact: false }).waitFor();
  // And plans days without it, several times: within what she may, and what she typed stays until it is right.
  const [first, last] = [phone.getByLabel('Primer día'), phone.getByLabel('Último día')];
  const save = phone.getByRole('button', { name: 'Guardar la pausa' });
  const left = (text: string) => phone.locator('[data-days-left]').getByText(text).waitFor();
  const plan = async (from: string, until: string) => {
    await first.fill(from);
    await last.fill(until);
    await save.click();
  };
  await save.click();
  await phone.getByText('Elige un día.').first().waitFor();
  await plan('2026-11-21', '2026-11-26');
  await phone.getByText('No te quedan tantos días de pausa en ese año.').waitFor();
  expect([await first.inputValue(), await last.inputValue()]).toEqual(['2026-11-21', '2026-11-26']);
  await last.fill('2026-11-24');
  await save.click();
  await phone.locator('[data-pause]').getByText('del 21 de noviembre de 2026 al 24', { exact: false }).waitFor();
  await plan('2026-11-24', '2026-11-25');
  await phone.getByText('Ya tienes otra pausa en esos días.', { exact: false }).waitFor();
  await plan('2026-12-31', '2027-01-02');
  await phone.locator('[data-pause="2026-12-31"]').waitFor();
  await left('En 2026 te quedan 0 días de pausa.');
  await left('En 2027 te quedan 3 días de pausa.');
  await phone.getByRole('button', { name: 'Cambiar la pausa del 21', exact: false }).click();
  expect([await first.inputValue(), await last.inputValue()]).toEqual(['2026-11-21', '2026-11-24']);
  await last.fill('2026-11-22');
  await save.click();
  await left('En 2026 te quedan 2 días de pausa.');
  // Its second day: it can end today, and the other one is given up by itself.
  await server.moveClock('2026-11-22T10:00:00.000Z');
  await phone.reload();
  await phone.getByRole('button', { name: 'Quitar la pausa del 31', exact: false }).click();
  await phone.locator('[data-pause="2026-12-31"]').waitFor({ state: 'detached' });
  await phone.locator('#keeps:focus').waitFor();
  const running = phone.locator('[data-pause="2026-11-21"]');
  await running.getByText('En pausa:', { exact: false }).waitFor();
  expect(await running.getByRole('button').count()).toBe(1);
  await running.getByRole('button').click();
  expect(await first.isDisabled()).toBe(true);
  await last.fill('2026-11-23');
  await save.click();
  await running.getByRole('button', { name: 'Acabar hoy', exact: false }).click();
  await running.getByText('hasta el 22 de noviembre', { exact: false }).waitFor();
});
