import type { Page } from 'playwright-core';
import { getMe } from '@verbena/shared/identity/identity.routes.js';
import { TOTP } from 'otpauth';
import { createClaimCode, putMember } from '@verbena/shared/members/members.routes.js';
import { Devices, openHome, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
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

const balanceOf = async (page: Page) =>
  Number((await page.locator('[data-balance]').innerText()).replaceAll(/\D/g, ''));

/** Sets up an authenticator app in the dialog that stands open. */
async function setUpApp(page: Page, password: string): Promise<TOTP> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña').fill(password);
  await page.keyboard.press('Enter');
  const secret = (await dialog.locator('[data-secret]').innerText()).replaceAll(/\s/g, '');
  const totp = new TOTP({ secret });
  await dialog.getByLabel('Código de seis dígitos').fill('000000');
  await page.keyboard.press('Enter');
  await dialog.getByText('El código no es correcto', { exact: false }).waitFor();
  await dialog.getByLabel('Código de seis dígitos').fill(totp.generate());
  await page.keyboard.press('Enter');
  await dialog.locator('[data-recovery-codes] li').first().waitFor();
  await dialog.getByRole('button', { name: 'Ya los he guardado' }).click();
  await dialog.waitFor({ state: 'detached' });
  return totp;
}

/** Fills in a purchase for the member whose form stands open, up to what is about to be recorded. */
async function writePurchase(page: Page, total: string): Promise<void> {
  await page.getByLabel('Total', { exact: true }).fill(total);
  await page.getByLabel('Motivo').fill('La caja no leyó tu tarjeta');
  await page.getByRole('button', { name: 'Revisar' }).click();
  await page.getByRole('heading', { name: 'Vas a anotar esto' }).waitFor();
}

describe('the staff help', () => {
  test('#36 the owner finds Lucía, records what the till missed, she sees it arrive, and sees it taken back', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    await call(server.local, putMember, {
      params: story.member(lucia.externalId),
      body: { name: 'Lucía Peña', alias: 'Farolillo azul' },
    });
    const owner = await story.person('owner', { secondFactor: false });
    const phone = await (await devices.signedIn(story, lucia, PHONE)).newPage();
    await openHome(phone, story);
    expect(await balanceOf(phone)).toBe(0);

    // Staff that collect nothing land in the console.
    const page = await (await devices.fresh()).newPage();
    await page.goto(`${server.url}/${story.slug}/login`);
    await page.getByLabel('Correo electrónico').fill(owner.email);
    await page.getByLabel('Contraseña', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Resumen' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/${story.slug}`);

    await page.getByRole('link', { name: 'Socios' }).first().click();
    await page.getByLabel('Buscar').fill('luc');
    await page.getByRole('link', { name: 'Lucía Peña' }).click();
    await page.waitForURL(`**/console/${story.slug}/members/${lucia.member}`);
    const facts = page.locator('main dl').first();
    expect(await facts.innerText()).toContain(lucia.email);
    expect(await facts.innerText()).toContain('España');
    await page.getByRole('link', { name: 'Anotar una actividad' }).click();

    // What is wrong is said beside its field, and nothing that was typed is lost.
    await page.getByLabel('Total', { exact: true }).fill('mucho');
    await page.getByLabel('Tienda').fill('Librería Nube');
    await page.getByRole('button', { name: 'Añadir: Secciones' }).click();
    const row = page.getByRole('group', { name: 'Secciones, 1' });
    await row.getByLabel('Sección').fill('Librería');
    await row.getByLabel('Importe').fill('32,40');
    await page.getByRole('button', { name: 'Revisar' }).click();
    await page.getByText('Escribe un importe, como 12,40 EUR.').waitFor();
    await page.getByText('Escribe el motivo', { exact: false }).waitFor();
    await page.getByLabel('Total', { exact: true }).fill('32,40');
    await page.getByLabel('Motivo').fill('La caja no leyó tu tarjeta');
    await page.getByRole('button', { name: 'Revisar' }).click();
    const review = page.getByRole('region', { name: 'Vas a anotar esto' });
    expect(await review.innerText()).toMatch(
      /Lucía Peña[\s\S]*Compra[\s\S]*32,40\s€[\s\S]*Librería Nube[\s\S]*Ahora mismo/,
    );

    // The first time that points are given, the second factor is set up over the form, which then goes on by itself.
    await page.getByRole('button', { name: 'Anotar', exact: true }).click();
    await page.getByRole('heading', { name: 'Primero, activa la verificación en dos pasos' }).waitFor();
    await setUpApp(page, owner.password);
    await page.getByRole('heading', { name: 'Anotado', exact: true }).waitFor();
    const given = (await story.standing(lucia.externalId)).balances['puntos'] ?? 0;
    expect(given).toBeGreaterThan(0);
    expect(await page.locator('[data-recorded]').innerText()).toContain(`Ha dado ${given} puntos.`);
    const [entry] = await story.journal(lucia.externalId);
    expect(entry).toMatchObject({
      cause: {
        source: 'staff',
        attributes: { totalMinor: 3_240, departments: [{ name: 'Librería', amountMinor: 3_240 }] },
      },
      note: { reason: 'La caja no leyó tu tarjeta' },
    });

    const receipt = page.getByRole('link', { name: 'Ver el justificante' });
    expect(await receipt.getAttribute('href')).toBe(`/console/${story.slug}/members/${lucia.member}/entries/1`);
    await eventually(async () => (await balanceOf(phone)) === given, { until: 'Lucía sees her points' });
    await eventually(async () => (await shownOn(phone)).toasts.some((text) => text.includes(`+${given} puntos`)));

    await page.getByRole('button', { name: 'Deshacer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Deshacer lo anotado' });
    await dialog.getByText(`−${given} puntos en su saldo`).waitFor();
    await dialog.getByRole('button', { name: 'Deshacer' }).click();
    await dialog.getByText('Escribe el motivo', { exact: false }).waitFor();
    await dialog.getByLabel('Motivo').fill('Estaba anotada dos veces');
    await dialog.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('heading', { name: 'Deshecho', exact: true }).waitFor();

    await eventually(async () => (await balanceOf(phone)) === 0, { until: 'Lucía sees them taken back' });
    const [recorded, reversal] = await story.journal(lucia.externalId);
    expect(recorded).toMatchObject({ reversedBy: 2 });
    expect(reversal).toMatchObject({ reverses: 1, note: { reason: 'Estaba anotada dos veces' } });
    await phone.goto(`${server.url}/${story.slug}/wallet`);
    await phone.locator('[data-entry="2"]').getByText('Se ha anulado: Compra').first().waitFor();

    // And on her page in the console both stand side by side, the first no longer to be undone.
    await page.goto(`${server.url}/console/${story.slug}/members/${lucia.member}`);
    await page.locator('[data-entry="1"]').getByText('Deshecho').waitFor();
    await page.locator('[data-entry="2"]').getByText('«Estaba anotada dos veces»').waitFor();
    expect(await page.getByRole('button', { name: /^Deshacer/ }).count()).toBe(0);
    await page.locator('[data-entry="1"]').getByRole('link').click();
    await page.getByRole('heading', { name: '¿Por qué?' }).waitFor();
    await page.getByText('La caja no leyó tu tarjeta', { exact: false }).waitFor();
  });

  test('B6 pressed twice, it counts once', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, manager)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/activities?member=${lucia.member}`);
    await writePurchase(page, '10');
    await page.getByRole('button', { name: 'Anotar', exact: true }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.getByRole('heading', { name: 'Anotado', exact: true }).waitFor();
    expect(await story.journal(lucia.externalId)).toHaveLength(1);
    // Another form is another activity.
    await page.getByRole('button', { name: 'Anotar otra' }).click();
    await writePurchase(page, '10');
    await page.getByRole('button', { name: 'Anotar', exact: true }).click();
    await page.getByRole('heading', { name: 'Anotado', exact: true }).waitFor();
    expect(await story.journal(lucia.externalId)).toHaveLength(2);
  });

  test('a code that was not shown is asked for once, and closing the question loses nothing', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const manager = await story.person('manager');
    const page = await (await devices.signedIn(story, manager)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/activities?member=${lucia.member}`);
    await writePurchase(page, '10');
    await page.getByRole('button', { name: 'Anotar', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Tu código, por favor' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('Código de seis dígitos').getAttribute('autocomplete')).toBe('one-time-code');
    await page.keyboard.press('Escape');
    await page.getByText('Para esto hace falta tu código', { exact: false }).waitFor();
    expect(await story.journal(lucia.externalId)).toEqual([]);
    await page.getByRole('button', { name: 'Anotar', exact: true }).click();
    // Half a minute on from the code with which the app was set up, which is used up.
    await dialog
      .getByLabel('Código de seis dígitos')
      .fill(manager.totp?.generate({ timestamp: Date.now() + 30_000 }) ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Anotado', exact: true }).waitFor();
    expect(await story.journal(lucia.externalId)).toHaveLength(1);
  });

  test('A7 somebody at the counter joins with a claim code and finds what the card collected; A1 further cards are joined to it', async () => {
    const story = await Story.begin(server);
    const externalId = aKey('tarjeta');
    const bought = await story.record(aPurchase({ externalId, totalMinor: 2_000 }));
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, manager)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/members?search=${externalId}`);
    await page.locator('[data-member] a').click();
    await page.getByRole('button', { name: 'Código de vinculación' }).click();
    await page.getByRole('button', { name: 'Crear el código' }).click();
    const code = await page.locator('[data-claim-code]').innerText();
    await page.getByText('Sirve una sola vez', { exact: false }).first().waitFor();

    const person = aMember();
    const phone = await (await devices.fresh(PHONE)).newPage();
    await phone.goto(`${server.url}/${story.slug}/join`);
    await phone.locator('input[name=name]').fill(person.name);
    await phone.locator('input[name=email]').fill(person.email);
    await phone.locator('input[name=password]').fill(person.password);
    await phone.getByRole('button', { name: '¿Te han dado un código?' }).click();
    await phone.locator('input[name=code]').fill(code);
    await phone.getByRole('button', { name: 'Unirme', exact: true }).click();
    await phone.locator('[data-balance]').waitFor();
    await eventually(async () => (await balanceOf(phone)) === (bought.balances['puntos'] ?? 0));

    // A second card turns up: the person joins it itself, and sees before what it will have.
    const second = aKey('tarjeta');
    const more = await story.record(aPurchase({ externalId: second, totalMinor: 3_000 }));
    const claim = await call(server.local, createClaimCode, { params: story.member(second), body: {} });
    const sum = (bought.balances['puntos'] ?? 0) + (more.balances['puntos'] ?? 0);
    await phone.goto(`${server.url}/${story.slug}/join?claim=${claim.code}`);
    await phone.getByRole('button', { name: 'Ver qué pasaría' }).click();
    await phone.getByText('No se puede deshacer.').waitFor();
    expect(await phone.locator('[data-together]').first().innerText()).toBe(String(sum));
    await phone.getByRole('button', { name: 'Unir las dos' }).click();
    await phone.getByText('Ya es una sola cuenta', { exact: false }).first().waitFor();

    // And a third, which the manager joins from the member's page.
    const third = aKey('tarjeta');
    const last = await story.record(aPurchase({ externalId: third, totalMinor: 1_000 }));
    await page.goto(`${server.url}/console/${story.slug}/members?search=${externalId}`);
    await page.locator('[data-member] a').click();
    await page.getByRole('button', { name: 'Unir con otra ficha' }).click();
    await page.locator('input[name=other]').fill(third);
    await page.keyboard.press('Enter');
    await page.locator('[data-found] button').click();
    await page.getByRole('button', { name: 'Unir las dos fichas' }).click();
    await page.getByText('Escribe el motivo', { exact: false }).waitFor();
    await page.locator('input[name=reason]').fill('Es la misma persona');
    await page.keyboard.press('Enter');
    await page.getByText('Se unió otra cuenta').first().waitFor();
    await phone.goto(`${server.url}/${story.slug}`);
    await eventually(async () => (await balanceOf(phone)) === sum + (last.balances['puntos'] ?? 0));
  });

  test('who manages sees what managers may, a member none of it, and a visitor logs in first', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedIn(story, manager)).newPage();
    await page.goto(`${server.url}/${story.slug}`);
    await page.getByRole('heading', { level: 1, name: 'Resumen' }).waitFor();
    const menu = page.getByRole('navigation', { name: 'Consola' }).first();
    expect(await menu.getByRole('link').allInnerTexts()).toEqual([
      'Resumen',
      'Socios',
      'Segmentos',
      'Foro',
      'Anotar a mano',
      'Aprobaciones',
      'Reglas y versiones',
      'Correcciones',
      'Registro de cambios',
      'Estado',
      'Seguridad',
      'Ver como socio',
    ]);
    expect(await page.getByText('Cómo se entra en el programa').count()).toBe(0);
    for (const path of ['keys', 'keys/new', 'mail']) {
      await page.goto(`${server.url}/console/${story.slug}/${path}`);
      await page.getByRole('link', { name: 'Volver al inicio' }).waitFor();
    }

    const phone = await (await devices.signedIn(story, lucia, PHONE)).newPage();
    await phone.goto(`${server.url}/console/${story.slug}/members`);
    await phone.getByRole('link', { name: 'Volver al inicio' }).waitFor();

    const visitor = await (await devices.fresh()).newPage();
    await visitor.goto(`${server.url}/console/${story.slug}/members?search=luc`);
    await visitor.getByLabel('Correo electrónico').fill(manager.email);
    await visitor.getByLabel('Contraseña', { exact: true }).fill(manager.password);
    await visitor.keyboard.press('Enter');
    await visitor.getByLabel('Buscar').waitFor();
    expect(await visitor.getByLabel('Buscar').inputValue()).toBe('luc');
  });

  test('#38 #39 the owner reads the program as members do, without being one, and the figures of what happened', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const { balances } = await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 3_000 }));
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/${story.slug}`);
    await page.getByRole('heading', { level: 1, name: 'Resumen' }).waitFor();
    await page.getByText('Todavía no se ha contado.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Contar ahora' }).click();
    await page.locator('[data-figure=active]').waitFor({ timeout: 60_000 });
    expect(await page.locator('[data-figure=active]').innerText()).toMatch(/\s1$/);
    expect(await page.locator('[data-figure=earned]').innerText()).toContain(`${balances['puntos']} puntos`);

    await page.getByRole('link', { name: 'Ver como socio' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Como lo ven los socios' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/${story.slug}/preview`);
    await page.getByRole('heading', { level: 3, name: 'Diez visitas' }).waitFor();
    await page.getByRole('region', { name: 'Las reglas de hoy' }).getByText('Diez visitas').waitFor();
    const places = (await call(owner.caller, getMe)).enrolments.filter(({ program }) => program.slug === story.slug);
    expect(places).toMatchObject([{ role: 'owner', member: null }]);
  });
});
