import {
  changeMe,
  changePassword,
  confirmReset,
  endSession,
  listSessions,
  logOutEverywhere,
  register,
  requestReset,
  resendVerification,
  verifyEmail,
} from '@verbena/shared/identity/accounts.routes.js';
import { getMe, login, refresh } from '@verbena/shared/identity/identity.routes.js';
import { showSecondFactor } from '@verbena/shared/identity/second-factor.routes.js';
import { getHealth } from '@verbena/shared/platform/health.js';
import { listMails, readMail } from '@verbena/shared/platform/mails.routes.js';
import { eventually } from '#support/eventually.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { aMember } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { MailCatcher } from '#support/mail-catcher.js';
import { linkTo, mailsTo } from '#support/mailbox.js';
import { type Device, deviceOf, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NEW_PASSWORD = 'otra-clave-mas-larga';
const CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

let server: TestServer;
let nobody: Caller;
beforeAll(async () => {
  server = await startServer();
  nobody = { url: server.url };
});
afterAll(() => server?.stop());

/** Somebody registers from a program's page. */
async function aNewcomer(story: Story, given: { readonly language?: 'es' | 'en'; readonly name?: string } = {}) {
  const { email, password, name } = aMember();
  const body = { email, password, name, program: story.slug, ...given };
  const answer = await ask(nobody, register, { body });
  expect(answer.status).toBe(201);
  return { email, password, ...deviceOf(server.url, answer) };
}

const mayLogIn = async (email: string, password: string) =>
  (await ask(nobody, login, { body: { email, password } })).status === 200;

const readText = (caller: Caller, program: string, mail: string | undefined) =>
  call(caller, readMail, { params: { program, mail: mail ?? '' } });

const renew = (device: Device) => ask(nobody, refresh, { headers: { cookie: device.cookie } });

describe('registering', () => {
  test('begins a session at once, and a mail leads to the page that verifies the address', async () => {
    const story = await Story.begin(server);
    const person = await aNewcomer(story, { name: 'Ana Núñez', language: 'es' });
    expect(await call(person.caller, getMe)).toMatchObject({
      email: person.email,
      name: 'Ana Núñez',
      language: 'es',
      emailVerified: false,
      secondFactor: { isOn: false, until: null },
      enrolments: [],
    });
    expect((await renew(person)).status).toBe(200);
    const { mail, text, link, code } = await linkTo(server, story.slug, person.email, 'verify');
    expect(link).toBe(`${server.url}/${story.slug}/verify#code=${code}`);
    expect(mail).toMatchObject({ status: 'kept', tries: 0, sentAt: null, error: null, isHidden: false });
    expect(mail.subject).toBe('Confirma tu correo en Plaza Verbena');
    expect(text).toMatch(/^Hola, Ana Núñez:\n[^]*Plaza Verbena\n$/);
    expect(await call(nobody, verifyEmail, { body: { code } })).toEqual({ email: person.email });
    expect(await call(person.caller, getMe)).toMatchObject({ emailVerified: true });
  });

  test('the mail speaks the language that was chosen', async () => {
    const story = await Story.begin(server);
    const person = await aNewcomer(story, { language: 'en' });
    const { mail, text } = await linkTo(server, story.slug, person.email, 'verify');
    expect(mail.subject).toBe('Confirm your e-mail for Plaza Verbena');
    expect(text).toContain('See you soon,\nPlaza Verbena');
  });

  test('a code verifies once, also when twenty send it at the same moment; the refusal says what to do, in es and en', async () => {
    const story = await Story.begin(server);
    const person = await aNewcomer(story);
    const { code } = await linkTo(server, story.slug, person.email, 'verify');
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(nobody, verifyEmail, { body: { code } })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19);
    const say = async (language: string) =>
      (await ask(nobody, verifyEmail, { body: { code }, headers: { 'accept-language': language } })).text;
    expect(await say('es')).toContain('Este enlace ya se ha usado o ha caducado. Pide otro.');
    expect(await say('en')).not.toContain('enlace');
    expect(await refusal(nobody, verifyEmail, { body: { code: 'A'.repeat(43) } })).toMatchObject({
      status: 422,
      code: 'account.codeInvalid',
    });
  });

  test('the mail can be sent again until the address is verified; each code is good until then', async () => {
    const story = await Story.begin(server);
    const person = await aNewcomer(story);
    const first = await linkTo(server, story.slug, person.email, 'verify');
    const again = { body: { program: story.slug } };
    expect(await call(person.caller, resendVerification, again)).toEqual({ sent: true });
    const second = await eventually(async () => {
      const found = await linkTo(server, story.slug, person.email, 'verify');
      return found.code === first.code ? null : found;
    });
    await call(nobody, verifyEmail, { body: { code: first.code } });
    expect(await call(person.caller, resendVerification, again)).toEqual({ sent: false });
    expect(await refusal(nobody, verifyEmail, { body: { code: second.code } })).toMatchObject({
      code: 'account.codeInvalid',
    });
    expect(await mailsTo(server, story.slug, person.email)).toHaveLength(2);
  });

  test('who has a login already comes in with its password, and is told so with another one', async () => {
    const [here, there] = [await Story.begin(server), await Story.begin(server)];
    const known = await here.person();
    const body = { email: known.email.toUpperCase(), password: known.password, name: 'X', program: there.slug };
    const again = await ask(nobody, register, { body });
    expect(again.status).toBe(201);
    expect(await call(deviceOf(server.url, again).caller, getMe)).toMatchObject({ id: known.user, name: known.name });
    const wrong = await refusal(nobody, register, { body: { ...body, password: 'no-es-esta-clave' } });
    expect(wrong).toMatchObject({ status: 409, code: 'account.emailTaken' });
    expect(await mailsTo(server, there.slug, known.email)).toEqual([]);
  });

  test('a double click makes one login', async () => {
    const story = await Story.begin(server);
    const { email, password, name } = aMember();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask(nobody, register, { body: { email, password, name, program: story.slug } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const ids = new Set<string>();
    for (const answer of answers) ids.add((await call(deviceOf(server.url, answer).caller, getMe)).id);
    expect(ids.size).toBe(1);
    expect(await mailsTo(server, story.slug, email)).toHaveLength(1);
  });

  test('a field that is wrong is named; a short password says how long it must be', async () => {
    const problem = await refusal(nobody, register, { body: { email: 'ana', password: 'corta', name: ' ' } });
    expect(problem).toMatchObject({ status: 400, code: 'input.invalid' });
    const fields = Object.fromEntries((problem.fields ?? []).map((field) => [field.path.join('.'), field]));
    expect(fields).toMatchObject({
      email: { code: 'email' },
      password: { code: 'minLength', params: { minimum: 10 } },
      name: { code: 'minLength' },
    });
  });
});

describe('a password that was forgotten', () => {
  const ask4 = (email: string, program: string) => ask(nobody, requestReset, { body: { email, program } });

  test('T24 who asks is answered the same, and in the same time, whether the address has a login or not', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const timesOf = async (email: () => string) => {
      const times: number[] = [];
      for (let n = 0; n < 5; n += 1) {
        const startedMs = performance.now();
        const answer = await ask4(email(), story.slug);
        times.push(performance.now() - startedMs);
        expect([answer.status, answer.text]).toEqual([200, '{"asked":true}']);
      }
      return times.sort((a, b) => a - b)[2] ?? 0;
    };
    let made = 0;
    const known = await timesOf(() => person.email);
    const unknown = await timesOf(() => `nadie-${(made += 1)}@example.com`);
    expect(unknown).toBeGreaterThan(200);
    // A mail is written down well within the time that every answer takes.
    expect(known).toBeLessThan(unknown * 1.5);
    expect((await mailsTo(server, story.slug, person.email)).length).toBe(5);
    expect(await mailsTo(server, story.slug, 'nadie-1@example.com')).toEqual([]);
  });

  test('#62 a new one ends every session and socket, verifies the address, logs in, and a mail without a link tells', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const device = await StreamClient.connect(server.url, person.caller.bearer, story.slug);
    await device.open();
    await ask4(person.email, story.slug);
    const { code, link, mail } = await linkTo(server, story.slug, person.email, 'reset');
    expect(link).toBe(`${server.url}/${story.slug}/reset#code=${code}`);
    expect(mail.subject).toBe('Elige una contraseña nueva para Plaza Verbena');
    const answer = await ask(nobody, confirmReset, { body: { code, password: NEW_PASSWORD } });
    expect(answer.status).toBe(200);
    await eventually(() => !device.socket.connected, { withinMs: 5_000, until: '#62 the socket is closed' });
    expect(device.endings).toEqual(['auth.sessionEnded']);
    expect((await ask(person.caller, getMe)).status).toBe(401);
    expect((await ask(nobody, refresh, { headers: { cookie: person.cookie } })).status).toBe(401);
    expect(await call(deviceOf(server.url, answer).caller, getMe)).toMatchObject({
      id: person.user,
      emailVerified: true,
    });
    expect([await mayLogIn(person.email, person.password), await mayLogIn(person.email, NEW_PASSWORD)]).toEqual([
      false,
      true,
    ]);
    const [told] = await mailsTo(server, story.slug, person.email);
    expect(told?.subject).toBe('Tu contraseña de Plaza Verbena ha cambiado');
    expect((await readText(server.local, story.slug, told?.id)).text).not.toMatch(/https?:|code=/);
  });

  test('of twenty who send one code at once exactly one chooses the password; a second time it is spent', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    await ask4(person.email, story.slug);
    const { code } = await linkTo(server, story.slug, person.email, 'reset');
    const passwords = Array.from({ length: 20 }, (_, n) => `clave-numero-${n}-larga`);
    const statuses = await Promise.all(
      passwords.map(async (password) => (await ask(nobody, confirmReset, { body: { code, password } })).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 422)).toHaveLength(19);
    const winner = passwords[statuses.indexOf(200)] ?? '';
    expect(await mayLogIn(person.email, winner)).toBe(true);
    expect(await refusal(nobody, confirmReset, { body: { code, password: NEW_PASSWORD } })).toMatchObject({
      status: 422,
      code: 'account.codeInvalid',
    });
  });

  test('L3 the last two codes are good, so nobody’s mail ends the one before; a code ends after an hour', async () => {
    const own = await startServer();
    const story = await Story.begin(own);
    const person = await story.person();
    const at = { url: own.url };
    const ask1 = () => call(at, requestReset, { body: { email: person.email, program: story.slug } });
    await ask1();
    const first = await linkTo(own, story.slug, person.email, 'reset');
    await ask1();
    const newerThan = (code: string) =>
      eventually(async () => {
        const found = await linkTo(own, story.slug, person.email, 'reset');
        return found.code === code ? null : found;
      });
    const second = await newerThan(first.code);
    await ask1();
    const third = await newerThan(second.code);
    const tryWith = async (code: string) =>
      (await ask(at, confirmReset, { body: { code, password: NEW_PASSWORD } })).status;
    expect(await tryWith(first.code)).toBe(422);
    await own.moveClock(new Date(Date.now() + 61 * 60_000).toISOString());
    expect(await tryWith(second.code)).toBe(422);
    await own.moveClock(new Date(Date.now() + 58 * 60_000).toISOString());
    expect(await tryWith(second.code)).toBe(200);
    // One that was used ends the other.
    expect(await tryWith(third.code)).toBe(422);
    await own.stop();
  });

  test('a program in which the login has no place learns nothing of it', async () => {
    const [home, foreign] = [await Story.begin(server), await Story.begin(server)];
    const person = await home.person();
    await ask4(person.email, foreign.slug);
    const owner = await foreign.person('owner');
    const seen = await call(owner.caller, listMails, { params: { program: foreign.slug } });
    expect(seen.items.filter(({ to }) => to === person.email)).toEqual([]);
    expect(await mailsTo(server, home.slug, person.email)).toHaveLength(1);
  });
});

describe('the password of somebody who is logged in', () => {
  test('#62 changes with the present one, and ends every other session and its socket at once', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const other = await story.logIn(person);
    const socket = await StreamClient.connect(server.url, other.caller.bearer, story.slug);
    await socket.open();
    const wrong = await refusal(person.caller, changePassword, {
      body: { current: 'no-es-esta-clave', password: NEW_PASSWORD },
    });
    expect(wrong).toMatchObject({ status: 403, code: 'account.passwordWrong' });
    expect(socket.socket.connected).toBe(true);
    const body = { current: person.password, password: NEW_PASSWORD };
    expect(await call(person.caller, changePassword, { body })).toEqual({ ended: 1 });
    expect((await ask(other.caller, getMe)).status).toBe(401);
    await eventually(() => !socket.socket.connected, { withinMs: 5_000, until: '#62 the socket is closed' });
    expect((await ask(person.caller, getMe)).status).toBe(200);
    expect((await ask(nobody, refresh, { headers: { cookie: person.cookie } })).status).toBe(200);
    expect([await mayLogIn(person.email, person.password), await mayLogIn(person.email, NEW_PASSWORD)]).toEqual([
      false,
      true,
    ]);
    expect((await mailsTo(server, story.slug, person.email)).map(({ subject }) => subject)).toEqual([
      'Tu contraseña de Plaza Verbena ha cambiado',
    ]);
  });
});

describe('devices', () => {
  test('are listed as their browsers call themselves, the last used first; one can be logged out', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const { email, password } = person;
    const phone = deviceOf(
      server.url,
      await ask(nobody, login, { body: { email, password }, headers: { 'user-agent': CHROME } }),
    );
    const { items } = await call(person.caller, listSessions);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ isThis: false, device: { browser: 'Chrome', system: 'Android' } });
    expect(items[1]).toMatchObject({ isThis: true });
    const socket = await StreamClient.connect(server.url, phone.caller.bearer, story.slug);
    await socket.open();
    const session = items[0]?.id ?? '';
    expect(await call(person.caller, endSession, { params: { session } })).toEqual({ ended: true });
    expect((await ask(phone.caller, getMe)).status).toBe(401);
    expect((await renew(phone)).status).toBe(401);
    await eventually(() => !socket.socket.connected, { withinMs: 5_000, until: '#62 the socket is closed' });
    expect((await call(person.caller, listSessions)).items.map(({ isThis }) => isThis)).toEqual([true]);
    expect(await refusal(person.caller, endSession, { params: { session } })).toMatchObject({
      status: 404,
      code: 'session.notFound',
    });
  });

  test('nobody ends a session of somebody else', async () => {
    const story = await Story.begin(server);
    const [one, other] = [await story.person(), await story.person()];
    const [{ id: session } = { id: '' }] = (await call(one.caller, listSessions)).items;
    expect(await refusal(other.caller, endSession, { params: { session } })).toMatchObject({ status: 404 });
    expect((await ask(one.caller, getMe)).status).toBe(200);
  });

  test('#62 all are logged out at once, this one included, and nobody else', async () => {
    const story = await Story.begin(server);
    const [person, other] = [await story.person(), await story.person()];
    const second = await story.logIn(person);
    const socket = await StreamClient.connect(server.url, second.caller.bearer, story.slug);
    await socket.open();
    const answer = await ask(person.caller, logOutEverywhere);
    expect(answer.text).toBe('{"ended":2}');
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0');
    for (const { caller } of [person, second]) expect((await ask(caller, getMe)).status).toBe(401);
    await eventually(() => !socket.socket.connected, { withinMs: 5_000, until: '#62 the socket is closed' });
    expect((await ask(other.caller, getMe)).status).toBe(200);
  });

  test('name and language are changed by whoever they are of', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const body = { name: ' Begoña ', language: 'en' as const };
    expect(await call(person.caller, changeMe, { body })).toMatchObject({ name: 'Begoña', language: 'en' });
    expect(await call(person.caller, getMe)).toMatchObject({ name: 'Begoña', language: 'en', email: person.email });
    expect(await call(person.caller, changeMe, { body: {} })).toMatchObject({ name: 'Begoña' });
  });

  test('no answer about an account holds a hash or a secret of it', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const texts = await Promise.all([getMe, listSessions].map(async (route) => (await ask(owner.caller, route)).text));
    expect(texts.join()).not.toMatch(/argon2|hash|secret"|superseded|recoveryCodes/i);
  });
});

describe('the staff page of mails', () => {
  const reset = (email: string, program: string) => call(nobody, requestReset, { body: { email, program } });

  test('shows owners what this program’s own members would have received, and no key to any other account', async () => {
    const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
    const [owner, manager] = [await story.person('owner'), await story.person('manager')];
    const member = await story.person();
    const both = await story.person();
    // The same login in another program, as an owner there would have it.
    await elsewhere.person('member', { email: both.email, password: both.password, name: both.name });
    for (const { email } of [owner, manager, member, both]) await reset(email, story.slug);
    const params = { program: story.slug };
    const { items, hasServer } = await call(owner.caller, listMails, { params });
    const resets = items.filter(({ subject }) => subject.includes('contraseña'));
    const hidden = Object.fromEntries(resets.map((mail) => [mail.to, mail.isHidden]));
    expect(hidden).toEqual({
      [owner.email]: true,
      [manager.email]: true,
      [member.email]: false,
      [both.email]: true,
    });
    expect(hasServer).toBe(false);
    for (const { caller } of [manager, member])
      expect(await refusal(caller, listMails, { params })).toMatchObject({ status: 403, code: 'auth.forbidden' });
    const first = await call(owner.caller, listMails, { params, query: { limit: '3' } });
    const rest = await call(owner.caller, listMails, { params, query: { after: first.next ?? '' } });
    expect([...first.items, ...rest.items]).toEqual(items);
    expect(rest.next).toBeNull();
  });

  test('M5 each text that somebody reads is in the audit log; one that is hidden, gone or elsewhere is not found', async () => {
    const [story, elsewhere] = [await Story.begin(server), await Story.begin(server)];
    const [owner, foreigner] = [await story.person('owner'), await elsewhere.person('owner')];
    const member = await story.person();
    for (const { email } of [owner, member]) await reset(email, story.slug);
    const params = { program: story.slug };
    const { items } = await call(owner.caller, listMails, { params });
    const to = (email: string) =>
      items.find((mail) => mail.to === email && mail.subject.includes('contraseña'))?.id ?? '';
    const log = async () =>
      (await call(owner.caller, listAuditEntries, { params })).items.filter(({ action }) => action === 'mail.read');
    // The list shows no text, so looking at it is no reading.
    expect(JSON.stringify(items)).not.toContain('code=');
    expect(await log()).toEqual([]);
    expect((await readText(owner.caller, story.slug, to(member.email))).text).toContain('code=');
    expect(await log()).toMatchObject([
      { actor: { id: owner.user }, subject: { kind: 'user', id: member.user }, after: { mail: to(member.email) } },
    ]);
    for (const [caller, program, mail] of [
      [owner.caller, story.slug, to(owner.email)],
      [owner.caller, story.slug, '01HZZZZZZZZZZZZZZZZZZZZZZZ'],
      [foreigner.caller, elsewhere.slug, to(member.email)],
    ] as const)
      expect(await refusal(caller, readMail, { params: { program, mail } })).toMatchObject({
        status: 404,
        code: 'mail.notFound',
      });
    expect(await log()).toHaveLength(1);
  });

  test('the health page says that mails are kept', async () => {
    expect((await server.health()).parts.mail).toEqual({ status: 'ok', code: 'kept' });
  });
});

describe('rates', () => {
  test('T24 mails to one address, and new logins from one network, are slowed down and say how long', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on', VERBENA_RATE_JOINS_PER_HOUR: '60' } });
    const at = { url: own.url };
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await ask(at, requestReset, { body: { email: 'nadie@example.com' } })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await refusal(at, requestReset, { body: { email: 'Nadie@Example.com' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const taken: number[] = [];
    const { email, password, name } = aMember();
    expect(own.log()).toContain('Over the limit: resetPair:(an e-mail address)|127.0.0.1');
    expect(own.log().match(/Over the limit: resetPair/g)).toHaveLength(1);
    for (let n = 0; n < 61; n += 1) taken.push((await ask(at, register, { body: { email, password, name } })).status);
    expect(new Set(taken.slice(0, 60))).toEqual(new Set([201]));
    expect(taken[60]).toBe(429);
    await own.stop();
  });

  test('L2 L3 L12 what a stranger at one address uses up is not missed at another, nor by whoever is logged in', async () => {
    const own = await startServer({
      env: { VERBENA_RATE_LIMITS: 'on', TRUST_PROXY: '1', VERBENA_RATE_ADDRESS_PER_MINUTE: '20' },
    });
    const story = await Story.begin(own);
    const person = await story.person();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const reset = async (address: string) =>
      (await ask({ url: own.url }, requestReset, { body: { email: person.email }, headers: from(address) })).status;
    for (let n = 0; n < 5; n += 1) expect(await reset('198.51.100.1')).toBe(200);
    expect([await reset('198.51.100.1'), await reset('198.51.100.2')]).toEqual([429, 200]);
    // The centre's Wi-Fi: its guests together have asked too much.
    const guest = { headers: from('198.51.100.3') };
    for (let n = 0; n < 21; n += 1) await ask({ url: own.url }, getHealth, guest);
    const refreshWith = (cookie: string) =>
      ask({ url: own.url }, refresh, { headers: { ...from('198.51.100.3'), cookie } });
    const renewed = await refreshWith(person.cookie);
    expect(renewed.status).toBe(200);
    expect((await refreshWith(`${person.cookie.slice(0, -43)}${'A'.repeat(43)}`)).status).toBe(429);
    expect((await refreshWith('')).status).toBe(429);
    // This machine's token is this machine's: not from elsewhere, whoever has it.
    expect((await ask(own.local, listMails, { params: { program: story.slug } })).status).toBe(200);
    const far = await ask(own.local, listMails, { params: { program: story.slug }, headers: from('198.51.100.4') });
    expect(far.status).toBe(401);
    await own.stop();
  });

  test('L10 what was refused to whom is in the log, without what was typed', async () => {
    const own = await startServer();
    const story = await Story.begin(own);
    const [person, owner] = [await story.person(), await story.person('owner')];
    const wrong = { email: person.email, password: 'no-es-esta-clave' };
    await ask({ url: own.url }, login, { body: wrong });
    await ask(person.caller, changePassword, { body: { current: wrong.password, password: NEW_PASSWORD } });
    await ask(owner.caller, showSecondFactor, { body: { code: '000000' } });
    await ask(person.caller, listMails, { params: { program: story.slug } });
    for (const line of [
      'A log in from 127.0.0.1 was refused',
      `Login ${person.user} gave a wrong present password`,
      `Login ${owner.user} gave a wrong code`,
      `GET /programs/:program/mails was refused to user ${person.user}: auth.forbidden`,
    ])
      await eventually(() => own.log().includes(line), { until: line });
    for (const secret of [wrong.email, wrong.password, '000000']) expect(own.log()).not.toContain(secret);
    const told = (await mailsTo(own, story.slug, owner.email)).map(({ subject }) => subject);
    expect(told).toEqual(['Has activado la verificación en dos pasos en Plaza Verbena']);
    await own.stop();
  });
});

describe('with an SMTP server', () => {
  let catcher: MailCatcher;
  let own: TestServer;
  let story: Story;
  let offsetMs = 0;
  const at = () => ({ url: own.url });
  const later = async (ms: number) => {
    offsetMs += ms;
    await own.moveClock(new Date(Date.now() + offsetMs).toISOString());
  };
  const ask1 = (email: string) => call(at(), requestReset, { body: { email, program: story.slug } });
  const newest = async (email: string) => (await mailsTo(own, story.slug, email))[0];

  beforeAll(async () => {
    catcher = await MailCatcher.start();
    own = await startServer({ env: { SMTP_URL: catcher.url, MAIL_FROM: 'Verbena <hola@club.example>' } });
    story = await Story.begin(own);
  });
  afterAll(async () => {
    await own?.stop();
    await catcher?.stop();
  });

  test('a mail arrives with the program’s name, as text and as HTML, and its text is then gone here', async () => {
    const person = await story.person();
    await ask1(person.email);
    const mail = await eventually(() => catcher.mails.find(({ to }) => to === person.email));
    expect(mail.raw).toMatch(/^From: "?Plaza Verbena"? <hola@club\.example>$/m);
    expect(mail.raw).toMatch(/^Content-Type: multipart\/alternative/m);
    const [, code = ''] = /\/reset#code=([\w-]{43})/.exec(mail.raw) ?? [];
    expect(mail.raw).toContain(`href="${own.url}/${story.slug}/reset#code=${code}"`);
    const row = await eventually(async () => {
      const found = await newest(person.email);
      return found?.status === 'sent' ? found : null;
    });
    expect(row).toMatchObject({ isHidden: true, tries: 1, error: null, sentAt: expect.any(String) });
    expect((await ask(at(), confirmReset, { body: { code, password: NEW_PASSWORD } })).status).toBe(200);
    expect((await own.health()).parts.mail).toEqual({ status: 'ok' });
  });

  test('what the server does not take is tried again, later and later, and given up after five times; health says so', async () => {
    const person = await story.person();
    catcher.answer = 'refuse';
    await ask1(person.email);
    const tried = (tries: number) =>
      eventually(async () => {
        const found = await newest(person.email);
        return found?.tries === tries && found.error !== null ? found : null;
      });
    expect(await tried(1)).toMatchObject({ status: 'waiting', isHidden: true, error: '451 4.3.0 later' });
    for (const [tries, waitMs] of [
      [2, 31_000],
      [3, 121_000],
      [4, 481_000],
      [5, 1_921_000],
    ] as const) {
      await later(waitMs);
      await tried(tries);
    }
    const failed = await eventually(async () => {
      const found = await newest(person.email);
      return found?.status === 'failed' ? found : null;
    });
    expect(failed).toMatchObject({ isHidden: true, sentAt: null });
    expect(await own.health()).toMatchObject({
      status: 'degraded',
      parts: { mail: { status: 'degraded', code: 'failing' } },
    });
    catcher.answer = 'take';
    await later(3_600_000);
    expect((await own.health()).parts.mail).toEqual({ status: 'ok' });
  });

  test('a mail whose sender was killed in the middle is sent by the next, and none is lost', async () => {
    const people = [await story.person(), await story.person(), await story.person()];
    catcher.answer = 'hang';
    const before = catcher.handedOver;
    for (const { email } of people) await ask1(email);
    await eventually(() => catcher.handedOver > before, { until: 'a message was handed over' });
    await own.kill();
    catcher.answer = 'take';
    await own.start();
    await later(3 * 60_000);
    for (const { email } of people) {
      await eventually(() => catcher.mails.some(({ to }) => to === email), { until: `${email} has its mail` });
      await eventually(async () => (await newest(email))?.status === 'sent', { until: 'it is noted as sent' });
    }
    expect(catcher.mails.filter(({ to }) => people.some(({ email }) => email === to))).toHaveLength(3);
  });

  test('the start names what is missing', async () => {
    await expect(startServer({ env: { SMTP_URL: catcher.url } })).rejects.toThrow('MAIL_FROM');
    await expect(startServer({ env: { SMTP_URL: 'http://x', MAIL_FROM: 'a@b.example' } })).rejects.toThrow('SMTP_URL');
  });
});
