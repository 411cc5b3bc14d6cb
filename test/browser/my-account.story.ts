import { getMe, logout } from '@verbena/shared/identity/identity.routes.js';
import { changeProfile, getMember } from '@verbena/shared/members/members.routes.js';
import { Devices, shownOn } from '#support/browser.js';
import { eventually } from '#support/eventually.js';
import { call, refusal, ask } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
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

async function atMyAccount() {
  const story = await Story.begin(server);
  const person = await story.person();
  const context = await devices.signedIn(story, person, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await page.goto(`${server.url}/${story.slug}/me`);
  await page.getByRole('heading', { level: 1, name: 'Tu perfil y tu cuenta' }).waitFor();
  await page.locator('[data-session]').first().waitFor();
  const section = (name: string) => page.getByRole('region', { name, exact: true });
  return { story, person, context, page, section };
}

const profileOf = (story: Story, person: Person) =>
  call(person.caller, getMember, { params: { program: story.slug, member: 'me' } });

describe('my account', () => {
  test('A7 name, language and zone are saved, each section for itself, and said once', async () => {
    const { story, person, page, section } = await atMyAccount();
    const details = section('Tus datos');
    await details.getByLabel('Nombre').fill('');
    await details.getByRole('button', { name: 'Guardar' }).click();
    await details.getByText('Escribe tu nombre.').waitFor();
    await details.getByLabel('Nombre').fill('Lucía Zúñiga');
    await details.getByLabel('Buscar zona horaria').fill('canary');
    await details.getByLabel('Zona horaria', { exact: true }).selectOption('Atlantic/Canary');
    await details.getByLabel('Idioma de tus correos y avisos').selectOption('en');
    await details.getByRole('button', { name: 'Guardar' }).click();
    await details.getByText('Tus datos están guardados.').waitFor();
    expect(await profileOf(story, person)).toMatchObject({
      name: 'Lucía Zúñiga',
      zone: 'Atlantic/Canary',
      language: 'en',
      profileCompleted: true,
    });
    expect(await call(person.caller, getMe)).toMatchObject({ name: 'Lucía Zúñiga', language: 'en' });
    await eventually(
      async () =>
        (await shownOn(page)).spoken.filter((text) => text.includes('Tus datos están guardados')).length === 1,
      { until: 'it is said' },
    );
    // The screen keeps its own language: that of the mails is another choice.
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });

  test('#45 the language chosen for the screens is that of the mails and notices too, and the page says so', async () => {
    const { story, person, page, section } = await atMyAccount();
    await page.getByRole('button', { name: 'Más', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('También para tus correos y avisos.').waitFor();
    await dialog.getByText('English', { exact: true }).click();
    await dialog.getByText('For your mails and notices too.').waitFor();
    await eventually(async () => (await call(person.caller, getMe)).language === 'en', {
      until: 'the login speaks it',
    });
    await eventually(async () => (await profileOf(story, person)).language === 'en', { until: 'the member speaks it' });
    await page.keyboard.press('Escape');
    // The form below did not keep the old one to save it again.
    expect(await section('Your details').getByLabel('Language of your mails and notices').inputValue()).toBe('en');
  });

  test('A3 what others see: an alias that is taken stays typed, and the switches are saved', async () => {
    const { story, person, page, section } = await atMyAccount();
    const other = await story.person();
    const taken = 'Luz de Gas';
    await call(other.caller, changeProfile, {
      params: { program: story.slug, member: 'me' },
      body: { alias: taken },
    });
    const others = section('Lo que ven los demás');
    await others.getByLabel('Alias', { exact: true }).fill(taken);
    await others.getByRole('button', { name: 'Guardar' }).click();
    await others.getByText('Otra persona ya usa ese alias').waitFor();
    expect(await others.getByLabel('Alias', { exact: true }).inputValue()).toBe(taken);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('alias');
    await others.getByLabel('Alias', { exact: true }).fill('Farola');
    await others.getByText('Farola', { exact: true }).waitFor();
    await others.getByLabel('Los puntos que he ganado').check();
    await others.getByLabel('Mi categoría').uncheck();
    await others.getByText('No aparecer').click();
    await others.getByRole('button', { name: 'Guardar' }).click();
    await others.getByText('Guardado: así te ven').waitFor();
    expect(await profileOf(story, person)).toMatchObject({
      alias: 'Farola',
      boards: 'hidden',
      shows: { name: false, tier: false, badges: true, points: true, joined: false },
    });
  });

  test('#62 the password: a wrong one beside its field, then changed; the other device is out, this one stays', async () => {
    const { story, person, page, section } = await atMyAccount();
    const elsewhere = await story.logIn(person);
    const password = section('Contraseña');
    await password.locator('input[name=current]').fill('no-es-esta-clave');
    await password.locator('input[name=password]').fill('otra-clave-bien-larga');
    await password.getByRole('button', { name: 'Cambiar la contraseña' }).click();
    await password.getByText('La contraseña actual no es esa').waitFor();
    expect(await password.locator('input[name=password]').inputValue()).toBe('otra-clave-bien-larga');
    await password.locator('input[name=current]').fill(person.password);
    await password.getByRole('button', { name: 'Cambiar la contraseña' }).click();
    await password.getByText('Contraseña cambiada.').waitFor();
    expect(await refusal(elsewhere.caller, getMe)).toMatchObject({ status: 401 });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Tu perfil y tu cuenta' }).waitFor();
    expect((await story.logIn({ ...person, password: 'otra-clave-bien-larga' })).cookie).not.toBe('');
  });

  test('#62 devices: one is ended from the list, then all of them', async () => {
    const { story, person, page, section } = await atMyAccount();
    const elsewhere = await story.logIn(person);
    await page.reload();
    const list = section('Dispositivos');
    await eventually(async () => (await list.locator('[data-session]').count()) >= 2);
    expect(await list.getByText('Este dispositivo').count()).toBe(1);
    // Each row has its own; the one below them ends all.
    const others = list.locator('[data-session]').getByRole('button', { name: /^Cerrar sesión en/ });
    while ((await others.count()) > 0) {
      const left = await list.locator('[data-session]').count();
      await others.first().click();
      await eventually(async () => (await list.locator('[data-session]').count()) === left - 1);
    }
    expect(await refusal(elsewhere.caller, getMe)).toMatchObject({ status: 401 });
    await list.getByRole('button', { name: 'Cerrar sesión en todas partes' }).click();
    await list.getByRole('button', { name: 'Sí, cerrar todas' }).click();
    await page.getByRole('link', { name: 'Unirme' }).first().waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${story.slug}`);
  });

  test('A5 leaving asks for a word, says what it means, and one comes back from the same place', async () => {
    const { story, person, section } = await atMyAccount();
    const leaving = section('Darte de baja');
    await leaving.getByRole('button', { name: 'Quiero darme de baja' }).click();
    await leaving.getByRole('button', { name: 'Darme de baja' }).click();
    await leaving.getByText('Escribe «baja», tal cual.').waitFor();
    expect(await profileOf(story, person)).toMatchObject({ enrolment: 'enrolled' });
    await leaving.getByLabel('Escribe «baja» para confirmarlo').fill('Baja');
    await leaving.getByRole('button', { name: 'Darme de baja' }).click();
    const left = section('Estás de baja');
    await left.waitFor();
    expect(await profileOf(story, person)).toMatchObject({ enrolment: 'left' });
    await left.getByRole('button', { name: 'Volver al programa' }).click();
    await section('Darte de baja').waitFor();
    expect(await profileOf(story, person)).toMatchObject({ enrolment: 'enrolled' });
  });

  test('#62 the session ends while something is typed: a dialog over the page, and the typing is still there', async () => {
    const { person, context, page, section } = await atMyAccount();
    await section('Tus datos').getByLabel('Nombre').fill('A medio escribir');
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await ask({ url: server.url }, logout, { headers: { cookie } });
    const dialog = page.getByRole('dialog', { name: 'Tu sesión ha terminado' });
    await dialog.waitFor();
    await dialog.locator('input[name=password]').fill(person.password);
    await dialog.getByRole('button', { name: 'Entrar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await section('Tus datos').getByLabel('Nombre').inputValue()).toBe('A medio escribir');
    await section('Tus datos').getByRole('button', { name: 'Guardar' }).click();
    await section('Tus datos').getByText('Tus datos están guardados.').waitFor();
  });
});
