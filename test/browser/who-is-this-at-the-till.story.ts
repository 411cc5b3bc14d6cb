import { changeProfile, createClaimCode, getMember, joinProgram } from '@verbena/shared/members/members.routes.js';
import { groupedCode } from '@verbena/shared/members/member-code.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import type { Page } from 'playwright-core';
import { Devices, openHome } from '#support/browser.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { call } from '#support/http-call.js';
import { readQr } from '#support/read-qr.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { violationsInBothThemes } from '#support/violations.js';

let server: TestServer;
let devices: Devices;
let elsewhere: Story;
beforeAll(async () => {
  [server, devices] = await Promise.all([startServer(), Devices.open()]);
  elsewhere = await Story.begin(server);
});
afterEach(() => devices?.closeAll());
afterAll(async () => {
  await devices?.close();
  await server?.stop();
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const codeOf = async ({ slug: program }: Story, { caller }: Person) =>
  (await call(caller, getMember, { params: { program, member: 'me' } })).code;

/** Somebody who came by herself, at home on her phone. */
async function aNewcomer(): Promise<{ story: Story; person: Person; page: Page }> {
  const story = await Story.begin(server);
  const person = await elsewhere.person();
  await call(person.caller, joinProgram, { params: { program: story.slug }, body: {} });
  const context = await devices.signedIn(story, person, PHONE);
  const page = await context.newPage();
  await openHome(page, story);
  return { story, person, page };
}

/** Presses Tab until the element with the focus is that one. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

describe('#2 A6 who is this at the till', () => {
  test('her code stands on the home page; with the keyboard it opens, and a scanner reads exactly its digits', async () => {
    const { story, person, page } = await aNewcomer();
    const code = await codeOf(story, person);
    expect(await page.locator('[data-member-code]').innerText()).toBe(groupedCode(code));
    await tabTo(page, 'button:has([data-member-code])');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Tu código de socio' });
    const picture = dialog.getByRole('img', { name: `Código QR de tu código de socio, ${groupedCode(code)}` });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
      // White around it in both themes, for the cashier's scanner and for bright light.
      const shown = dialog.locator(':has(> [data-code-large])');
      expect(await shown.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(255, 255, 255)');
      expect(await readQr(picture)).toEqual([code]);
    }
    expect(await dialog.locator('[data-code-large]').innerText()).toBe(groupedCode(code));
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.querySelector('[data-member-code]') !== null)).toBe(true);
  });

  test('the profile has it too, with her cards', async () => {
    const { story, person, page } = await aNewcomer();
    const code = await codeOf(story, person);
    await page.goto(`${server.url}/${story.slug}/me`);
    const section = page.getByRole('region', { name: 'Tu código de socio' });
    await section.getByText(groupedCode(code)).waitFor();
    await section.getByText('No tienes ninguna').waitFor();
    const card = aKey('tarjeta');
    const { member: id } = await story.record(aPurchase({ externalId: card }));
    const known = await story.person('member', { externalId: card });
    expect(known.member).toBe(id);
    const hers = await (await devices.signedIn(story, known, PHONE)).newPage();
    await hers.goto(`${server.url}/${story.slug}/me`);
    await hers.locator('[data-cards]').getByText(card).waitFor();
  });
});

describe('#1 the first step', () => {
  test('a saved profile is no purchase: the step opens the code, and the till that types it does the step', async () => {
    const { story, person, page } = await aNewcomer();
    const step = (id: string) => page.locator(`[data-step=${id}]`);
    await step('profile').getByRole('link').click();
    await page.getByRole('region', { name: 'Tus datos' }).getByRole('button', { name: 'Guardar' }).click();
    await page.locator('.toast').filter({ hasText: '+50 puntos' }).waitFor();
    await openHome(page, story);
    await page.locator('[data-step=profile][data-done=true]').waitFor();
    expect(await step('buy').getAttribute('data-done')).toBe('false');
    await step('buy').getByRole('button', { name: 'Ver tu código' }).click();
    const shown = await page.locator('[data-code-large]').innerText();
    await page.keyboard.press('Escape');
    await story.record({ ...aPurchase({ totalMinor: 2_500 }), member: { code: shown } });
    await page.locator('[data-step=buy][data-done=true]').waitFor();
    expect(shown).toBe(groupedCode(await codeOf(story, person)));
  });
});

describe('#3 one field for both codes', () => {
  const anAdvocate = async (story: Story) => {
    const advocate = await story.person();
    const params = { program: story.slug, member: 'me' };
    await call(advocate.caller, changeProfile, { params, body: { alias: 'Lucía H.' } });
    return (await call(advocate.caller, getReferrals, { params })).code;
  };
  const open = async (story: Story, address = '') => {
    const page = await (await devices.fresh(PHONE)).newPage();
    const registered: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/auth/register')) registered.push(request.url());
    });
    await page.goto(`${server.url}/${story.slug}/join${address}`);
    const { name, email, password } = aMember();
    await page.locator('input[name=name]').fill(name);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    return { page, registered, email };
  };
  const field = (page: Page) => page.locator('input[name=code]');

  test('an invitation is typed: a wrong one is told before there is an account, the right one says who invites', async () => {
    const story = await Story.begin(server);
    const code = await anAdvocate(story);
    const { page, registered, email } = await open(story);
    await page.getByRole('button', { name: '¿Te han dado un código?' }).click();
    await field(page).fill('ZZZZZZZZZZ');
    await page.getByRole('button', { name: 'Unirme' }).click();
    await page.getByText('Ese código no vale').first().waitFor();
    expect(await field(page).getAttribute('aria-invalid')).toBe('true');
    expect([registered, await page.locator('input[name=email]').inputValue()]).toEqual([[], email]);
    await field(page).fill(code.toLowerCase());
    await page.keyboard.press('Tab');
    await page.getByText('Te invita Lucía H.').waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unirme' }).click();
    await page.locator('[data-balance]').waitFor();
    expect(registered).toHaveLength(1);
  });

  test('a claim code in the same field, also beside the link of an invitation: whose card it is, and what it collected', async () => {
    const story = await Story.begin(server);
    const invitation = await anAdvocate(story);
    const card = aKey('tarjeta');
    const { balances } = await story.record(aPurchase({ externalId: card, totalMinor: 5_000 }));
    const claim = await call(server.local, createClaimCode, { params: story.member(card), body: {} });
    const { page } = await open(story, `?i=${invitation}`);
    await page.getByText('Te invita Lucía H.').waitFor();
    await page.getByRole('button', { name: '¿Te han dado un código?' }).click();
    await field(page).fill(claim.code);
    await page.keyboard.press('Tab');
    await page.getByText(`Tarjeta ${card}`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Unirme' }).click();
    await page.locator('[data-balance]').waitFor();
    expect(await page.locator('[data-balance]').innerText()).toBe(String(balances['puntos']));
  });

  test('a link brings a claim code along; one that is used meanwhile is told beside it, and nothing is lost', async () => {
    const story = await Story.begin(server);
    const card = aKey('tarjeta');
    await story.record(aPurchase({ externalId: card }));
    const params = story.member(card);
    const claim = await call(server.local, createClaimCode, { params, body: {} });
    const { page, registered } = await open(story, `?claim=${claim.code}`);
    await page.getByText(`Tarjeta ${card}`, { exact: true }).waitFor();
    // The team made another one in this moment.
    const next = await call(server.local, createClaimCode, { params, body: {} });
    await page.getByRole('button', { name: 'Unirme' }).click();
    await page.getByText('ya se ha usado o ha caducado').first().waitFor();
    expect(registered).toHaveLength(1);
    await page.getByText('Tu cuenta ya está creada').waitFor();
    await field(page).fill(next.code);
    await page.getByRole('button', { name: /^Entrar en .* como / }).click();
    await page.locator('[data-balance]').waitFor();
    expect(registered).toHaveLength(1);
  });
});

describe('#2 cards at the counter', () => {
  test('staff find her by her code, give her a card, see whose another one is and join both, and take one away', async () => {
    const story = await Story.begin(server);
    const person = await elsewhere.person();
    const { code } = await call(person.caller, joinProgram, { params: { program: story.slug }, body: {} });
    const owner = await story.person('owner', { secondFactor: false });
    const page = await (await devices.signedInElevated(story, owner)).newPage();
    await page.goto(`${server.url}/console/${story.slug}/members?search=${encodeURIComponent(groupedCode(code))}`);
    await page.locator('[data-member] a').click();
    await page.getByText(groupedCode(code)).waitFor();
    await page.getByRole('button', { name: 'Tarjetas' }).click();
    const dialog = page.getByRole('dialog', { name: /^Tarjetas de / });
    const [lost, other] = [aKey('tarjeta'), aKey('tarjeta')];
    await dialog.getByRole('button', { name: 'Añadir la tarjeta' }).click();
    await dialog.getByText('Escribe el número de la tarjeta.').waitFor();
    await dialog.locator('input[name=card]').fill(lost);
    await dialog.locator('input[name=reason]').fill('La trajo en mano');
    await dialog.getByRole('button', { name: 'Añadir la tarjeta' }).click();
    await dialog.locator('[data-cards]').getByText(lost).waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await dialog.getByRole('button', { name: `Quitar la tarjeta ${lost}` }).click();
    await dialog.locator('input[name=reason]').fill('La ha perdido');
    await dialog.getByRole('button', { name: 'Quitar', exact: true }).click();
    await dialog.getByText('Ninguna').waitFor();

    const bought = await story.record(aPurchase({ externalId: other, totalMinor: 2_000 }));
    await dialog.locator('input[name=card]').fill(other);
    await dialog.locator('input[name=reason]').fill('Dice que es suya');
    await dialog.getByRole('button', { name: 'Añadir la tarjeta' }).click();
    await dialog.getByText('Esa tarjeta ya es de').first().waitFor();
    expect(await dialog.getByRole('link', { name: 'Ver de quién es' }).getAttribute('href')).toContain(bought.member);
    await dialog.getByRole('button', { name: 'Unir las dos fichas' }).click();
    const merging = page.getByRole('dialog', { name: 'Unir dos fichas' });
    await merging.locator('input[name=reason]').fill('Es la misma persona');
    await merging.getByRole('button', { name: /^Unir/ }).click();
    await merging.waitFor({ state: 'detached' });
    await page.locator('dd', { hasText: other }).waitFor();
  });
});
