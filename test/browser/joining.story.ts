import { getMe, login } from '@verbena/shared/identity/identity.routes.js';
import { changeProfile, createClaimCode, getMember } from '@verbena/shared/members/members.routes.js';
import { changeProgram } from '@verbena/shared/programs/programs.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import type { Page } from 'playwright-core';
import { Devices } from '#support/browser.js';
import { aMember, aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { mailedLink } from '#support/mailed-link.js';
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

const onPhone = async () => (await devices.fresh(PHONE)).newPage();

/** Presses Tab until the element with the focus is that one. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

async function fillIn(page: Page, given: { name: string; email: string; password: string; alias?: string }) {
  await page.locator('input[name=name]').fill(given.name);
  await page.locator('input[name=email]').fill(given.email);
  await page.locator('input[name=password]').fill(given.password);
  if (given.alias !== undefined) await page.locator('input[name=alias]').fill(given.alias);
}

const join = (page: Page) => page.getByRole('button', { name: 'Unirme' }).click();

async function atHome(page: Page, story: Story): Promise<void> {
  await page.locator('[data-balance]').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/${story.slug}`);
}

/** Somebody with an alias and a code. */
async function anAdvocate(story: Story): Promise<{ advocate: Person; code: string }> {
  const advocate = await story.person();
  const params = { program: story.slug, member: 'me' };
  await call(advocate.caller, changeProfile, { params, body: { alias: 'Luz de Gas' } });
  return { advocate, code: (await call(advocate.caller, getReferrals, { params })).code };
}

describe('joining', () => {
  test('I1 from an invitation, on a phone, by keyboard alone: who invites, what both get, one form, home', async () => {
    const story = await Story.begin(server);
    const { advocate, code } = await anAdvocate(story);
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/i/${code}`);
    await page.getByRole('heading', { level: 1, name: /^Luz de Gas te invita a / }).waitFor();
    const what = page.getByRole('region', { name: 'Lo que ganáis' });
    expect(await what.innerText()).toMatch(/Para ti[^]*\+150 puntos[^]*Para Luz de Gas[^]*\+300 puntos/);
    await tabTo(page, 'a[href*="/join"]');
    await page.keyboard.press('Enter');
    await page.getByText('Te invita Luz de Gas').waitFor();
    const draft = aMember();
    for (const [field, value] of [
      ['name', draft.name],
      ['email', draft.email],
      ['password', draft.password],
      ['alias', 'Ana la de la esquina'],
    ] as const) {
      await tabTo(page, `input[name=${field}]`);
      await page.keyboard.type(value);
    }
    expect(await page.locator('[data-preview]').innerText()).toContain('Ana la de la esquina');
    await tabTo(page, 'input[name=hidden]');
    await page.keyboard.press('Space');
    expect(await page.locator('[data-preview]').innerText()).toContain('No apareces en ninguna clasificación');
    await page.keyboard.press('Space');
    await tabTo(page, 'button[type=submit]');
    await page.keyboard.press('Enter');
    await atHome(page, story);

    const { caller } = await story.logIn(draft);
    const params = { program: story.slug, member: 'me' };
    expect(await call(caller, getMember, { params })).toMatchObject({
      alias: 'Ana la de la esquina',
      boards: 'alias',
      zone: 'Europe/Madrid',
      language: 'es',
      enrolment: 'enrolled',
    });
    const { items } = await call(advocate.caller, getReferrals, { params });
    expect(items).toMatchObject([{ friend: 'Ana la de la esquina', status: 'pending' }]);
  });

  test('#79 on a phone everything that is pressed is large enough, and nothing scrolls sideways', async () => {
    const story = await Story.begin(server);
    const { code } = await anAdvocate(story);
    const page = await onPhone();
    for (const path of [`i/${code}`, 'join', 'login', 'reset']) {
      await page.goto(`${server.url}/${story.slug}/${path}`);
      await page.locator('h1').first().waitFor();
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('a, button, input:not([type=checkbox]), label')].flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          const isTarget = element.matches('a, button, input') && width > 0;
          return isTarget && (height < 44 || width < 44)
            ? [`${element.outerHTML.slice(0, 90)} ${width}×${height}`]
            : [];
        }),
      );
      expect([path, small]).toEqual([path, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  });

  test('A5 #25 errors stand beside their fields, all at once, and nothing typed is lost; an alias that is taken is known before there is an account', async () => {
    const story = await Story.begin(server);
    await anAdvocate(story);
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/join`);
    await page.locator('input[name=name]').waitFor();
    await join(page);
    await page.getByText('Escribe tu nombre.').waitFor();
    await page.getByText('Necesita al menos diez caracteres.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    const draft = aMember();
    await fillIn(page, { ...draft, email: 'no-es-un-correo', password: 'corta', alias: 'luz de gas' });
    await join(page);
    await page.getByText('No parece un correo electrónico.').waitFor();
    await page.getByText('Necesita al menos diez caracteres.').waitFor();
    await page.locator('input[name=password]').fill(draft.password);
    await join(page);
    await page.getByText('Necesita al menos diez caracteres.').waitFor({ state: 'detached' });
    await page.getByText('No parece un correo electrónico.').waitFor();
    expect(await page.locator('input[name=password]').inputValue()).toBe(draft.password);
    await page.locator('input[name=email]').fill(draft.email);
    await join(page);
    await page.getByText('Otra persona ya usa ese alias').waitFor();
    expect(await page.locator('input[name=alias]').inputValue()).toBe('luz de gas');
    expect(await page.locator('input[name=password]').inputValue()).toBe(draft.password);
    expect(
      await refusal({ url: server.url }, login, { body: { email: draft.email, password: draft.password } }),
    ).toMatchObject({ code: 'auth.badCredentials' });
    await page.locator('input[name=alias]').fill('Otra luz');
    await join(page);
    await atHome(page, story);
    await page.locator('[data-tier-progress]').waitFor();
    expect(await page.locator('[data-tier-progress]').innerText()).toMatch(
      /^Este año has ganado \d+ de los 500 puntos que pide Plata\. Te faltan \d+ puntos\.$/,
    );
  });

  test('A5 an existing account just joins with its password; with a wrong one it is led to the log-in, and from there to joining', async () => {
    const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
    const known = await elsewhere.person();
    const first = await onPhone();
    await first.goto(`${server.url}/${story.slug}/join`);
    await first.locator('input[name=name]').waitFor();
    await fillIn(first, { ...known, password: 'no-es-esta-clave' });
    await join(first);
    await first.getByText('Ya hay una cuenta con este correo').waitFor();
    expect(await first.locator('input[name=email]').inputValue()).toBe(known.email);
    await first.locator('input[name=password]').fill(known.password);
    await join(first);
    await atHome(first, story);

    const other = await elsewhere.person();
    const second = await onPhone();
    await second.goto(`${server.url}/${story.slug}/login`);
    await second.locator('input[name=email]').fill(other.email);
    await second.locator('input[name=password]').fill(other.password);
    await second.getByRole('button', { name: 'Entrar' }).click();
    await second.getByText(`Has entrado como ${other.email}`).waitFor();
    await second.getByRole('link', { name: 'Unirme con esta cuenta' }).first().click();
    await second.getByRole('button', { name: /^Entrar en .* como / }).click();
    await atHome(second, story);
  });

  test('I1 a detour over the log-in keeps the invitation; one that does not exist says so and lets people in without', async () => {
    const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
    const { advocate, code } = await anAdvocate(story);
    const known = await elsewhere.person();
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/i/${code}`);
    await page.getByRole('link', { name: /^Unirme a / }).click();
    await page.getByRole('link', { name: 'Entra con ella' }).click();
    await page.getByRole('heading', { level: 1, name: /^Entra en / }).waitFor();
    await page.locator('input[name=email]').fill(known.email);
    await page.locator('input[name=password]').fill(known.password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByText('Te invita Luz de Gas').waitFor();
    await page.getByRole('button', { name: /^Entrar en .* como / }).click();
    await atHome(page, story);
    const params = { program: story.slug, member: 'me' };
    expect((await call(advocate.caller, getReferrals, { params })).items).toHaveLength(1);

    const stranger = await onPhone();
    await stranger.goto(`${server.url}/${story.slug}/i/N0EX1STE`);
    await stranger.getByRole('heading', { level: 1, name: 'Esta invitación no existe' }).waitFor();
    await stranger.getByRole('link', { name: 'Unirme sin invitación' }).click();
    await stranger.getByRole('heading', { level: 1, name: /^Únete a / }).waitFor();
    expect(await stranger.getByText('Te han invitado').count()).toBe(0);
  });

  test('A5 a closed program says so; the code that its team gives takes over the member that the shop knows', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    await call(owner.caller, changeProgram, { params: { program: story.slug }, body: { joining: 'closed' } });
    const { externalId } = aMember();
    const { balances } = await story.record(aPurchase({ externalId, totalMinor: 5_000 }));
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/join`);
    await page.getByText('Solo se entra con un código que da su equipo').waitFor();
    const draft = aMember();
    await fillIn(page, draft);
    await join(page);
    await page.getByText('Escribe el código que te dieron.').waitFor();
    await page.locator('input[name=code]').fill('0000-0000-0000');
    await join(page);
    await page.getByText('Ese código no vale').first().waitFor();
    // There is no account yet.
    expect(await page.locator('input[name=email]').inputValue()).toBe(draft.email);
    const { code } = await call(server.local, createClaimCode, {
      params: { program: story.slug, member: `ext:${externalId}` },
      body: {},
    });
    await page.locator('input[name=code]').fill(code.toLowerCase());
    await join(page);
    await atHome(page, story);
    expect(await page.locator('[data-balance]').innerText()).toBe(String(balances['puntos']));
  });

  test('#62 a forgotten password: asked on a phone, chosen by the mail that came, and one is in', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const person = await story.person();
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/login`);
    await page.getByRole('link', { name: 'He olvidado mi contraseña' }).click();
    // The page before has a field for the address, too.
    await page.getByRole('button', { name: 'Mandarme el enlace' }).waitFor();
    await page.locator('input[name=email]').fill(person.email);
    await page.getByRole('button', { name: 'Mandarme el enlace' }).click();
    await page.getByRole('heading', { name: 'Mira tu correo' }).waitFor();
    const link = new URL(await mailedLink(owner.caller, story.slug, person.email, 'reset'));
    await page.goto(`${server.url}${link.pathname}${link.hash}`);
    await page.locator('input[name=password]').fill('corta');
    await page.getByRole('button', { name: 'Guardar y entrar' }).click();
    await page.getByText('Necesita al menos diez caracteres.').waitFor();
    await page.locator('input[name=password]').fill('mi-clave-nueva-y-larga');
    await page.getByRole('button', { name: 'Guardar y entrar' }).click();
    await atHome(page, story);
    expect((await story.logIn({ ...person, password: 'mi-clave-nueva-y-larga' })).cookie).not.toBe('');

    // The link works once.
    const again = await onPhone();
    await again.goto(`${server.url}${link.pathname}${link.hash}`);
    await again.locator('input[name=password]').fill('mi-clave-nueva-y-larga');
    await again.getByRole('button', { name: 'Guardar y entrar' }).click();
    await again.getByText('Este enlace ya se ha usado o ha caducado').first().waitFor();
    await again.getByRole('button', { name: 'Pedir otro enlace' }).click();
    await again.getByRole('button', { name: 'Mandarme el enlace' }).waitFor();
  });

  test('#62 the address is verified by its mail, once; the account says so', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const draft = aMember();
    const page = await onPhone();
    await page.goto(`${server.url}/${story.slug}/join`);
    await page.locator('input[name=name]').waitFor();
    await fillIn(page, draft);
    await join(page);
    await atHome(page, story);
    await page.goto(`${server.url}/${story.slug}/me`);
    await page.getByText('Sin confirmar').waitFor();
    const link = new URL(await mailedLink(owner.caller, story.slug, draft.email, 'verify'));
    await page.goto(`${server.url}${link.pathname}${link.hash}`);
    await page.getByRole('heading', { level: 1, name: 'Correo confirmado' }).waitFor();
    expect(await call((await story.logIn(draft)).caller, getMe)).toMatchObject({ emailVerified: true });
    await page.reload();
    await page.getByText('ya está confirmado').waitFor();
  });
});
