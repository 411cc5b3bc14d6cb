import { requestReset } from '@verbena/shared/identity/accounts.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
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
afterEach(() => devices?.closeAll());
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

/** What a command of the keys page would send: read from its text as a shell reads it. */
function requestOf(command: string): { url: string; init: RequestInit } {
  const words = [...command.matchAll(/'((?:[^']|'\\'')*)'/g)].map(([, word = '']) => word.replaceAll("'\\''", "'"));
  const [url = '', authorization = '', , body = ''] = words;
  return {
    url,
    init: {
      method: 'POST',
      headers: { authorization: authorization.replace('Authorization: ', ''), 'content-type': 'application/json' },
      body,
    },
  };
}

describe('keys and mail', () => {
  test('a key is made, works as the command says, and no longer once it is withdrawn', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/keys`);
    await page.getByRole('link', { name: 'Crear una clave' }).click();

    await page.getByRole('button', { name: 'Crear la clave' }).click();
    await page.getByText('Escribe un nombre.').waitFor();
    await page.getByText('Marca al menos una actividad', { exact: false }).waitFor();
    await page.getByRole('textbox', { name: 'Nombre' }).fill('Caja de la entrada');
    await page.getByLabel('Compra', { exact: true }).check();
    await page.getByRole('button', { name: 'Crear la clave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tu clave está lista' }).waitFor();
    const secret = await page.locator('[data-secret]').innerText();
    const { url, init } = requestOf(await page.locator('[data-curl]').innerText());
    expect(new Headers(init.headers).get('authorization')).toBe(`Bearer ${secret}`);
    expect((await fetch(url, init)).status).toBe(201);
    expect((await story.standing('tarjeta-0001')).balances['puntos']).toBeGreaterThan(0);

    await page.getByRole('link', { name: 'Ya la he copiado' }).click();
    const row = page.getByRole('row', { name: /Caja de la entrada/ });
    await row.waitFor();
    expect(await page.locator('main').innerText()).not.toContain(secret);
    await page.getByRole('button', { name: 'Retirar la clave Caja de la entrada' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retirar la clave' });
    await dialog.getByLabel('Escribe «Caja de la entrada» para confirmarlo').fill('otra cosa');
    await dialog.getByRole('button', { name: 'Retirar' }).click();
    await dialog.getByText('No coincide con el nombre de la clave.').waitFor();
    expect((await fetch(url, init)).status).toBe(201);
    await dialog.getByRole('textbox').fill('Caja de la entrada');
    await dialog.getByRole('button', { name: 'Retirar' }).click();
    await row.getByText('Retirada el', { exact: false }).waitFor();
    expect((await fetch(url, init)).status).toBe(401);

    await page.goto(`${server.url}/console/${story.slug}/audit`);
    await page.locator('[data-audit="apiKey.revoked"]').getByText('Tú', { exact: true }).waitFor();
    await page.locator('[data-audit="apiKey.created"]').first().waitFor();
  });

  test('a mail that cannot leave is read here and its link followed; one for staff stays closed', async () => {
    const story = await Story.begin(server);
    const lucia = await story.person();
    const owner = await story.person('owner', { secondFactor: false });
    for (const { email } of [lucia, owner])
      await call({ url: server.url }, requestReset, { body: { email, program: story.slug } });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await eventually(
      async () => {
        await page.goto(`${server.url}/console/${story.slug}/mail`);
        await page.locator('[data-mail], .lantern').first().waitFor();
        return (await page.locator('[data-mail]', { hasText: 'contraseña' }).count()) === 2;
      },
      { withinMs: 30_000, until: 'both mails are written' },
    );
    await page.getByText('Este servidor no tiene correo saliente', { exact: false }).waitFor();
    await page
      .getByRole('row', { name: new RegExp(`contraseña.*${owner.email}`, 's') })
      .getByRole('link')
      .click();
    await page.getByText('lleva un enlace que abre la cuenta de alguien del equipo', { exact: false }).waitFor();
    expect(await page.locator('[data-mail-text]').count()).toBe(0);
    await page.keyboard.press('Escape');

    await page
      .getByRole('row', { name: new RegExp(lucia.email) })
      .getByRole('link')
      .click();
    await page.locator('[data-mail-text]').waitFor();
    const link = (await page.locator('[data-mail-text] a').getAttribute('href')) ?? '';
    const fresh = await (await devices.fresh()).newPage();
    await fresh.goto(link);
    await fresh.getByLabel('Contraseña', { exact: false }).first().waitFor();
  });

  test('A5 the owner says how people come in, and the page says that it was kept', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}`);
    await page.getByLabel('Con invitación').check();
    await page.getByLabel('Solo si se da de alta').check();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('main').getByText('Cambios guardados.').waitFor();
    expect(await call({ url: server.url }, getProgram, { params: { program: story.slug } })).toMatchObject({
      joining: 'invitation',
      enrolment: 'optIn',
    });
    await page.reload();
    expect(await page.getByLabel('Con invitación').isChecked()).toBe(true);
  });

  test('the state of each part is a sentence, looked at anew until it is paused', async () => {
    const story = await Story.begin(server);
    const manager = await story.person('manager', { secondFactor: false });
    const page = await (await devices.signedIn(story, manager)).newPage();
    let asked = 0;
    page.on('request', (request) => (asked += request.url().endsWith(`/programs/${story.slug}/health`) ? 1 : 0));
    await page.goto(`${server.url}/console/${story.slug}/health`);
    await page.locator('[data-health=ok]').waitFor();
    expect(await page.locator('[data-part=database]').innerText()).toMatch(
      /Base de datos · Bien\s+Guarda y responde\./,
    );
    await eventually(() => asked >= 2, { withinMs: 15_000, until: 'it is asked again by itself' });
    await page.getByRole('button', { name: 'Pausar' }).click();
    await page.getByText('En pausa desde las', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Seguir comprobando' }).click();
    const before = asked;
    await eventually(() => asked > before, { withinMs: 15_000, until: 'it goes on' });
  });
});
