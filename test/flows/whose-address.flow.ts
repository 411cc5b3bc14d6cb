import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import {
  changePassword,
  confirmReset,
  listSessions,
  register,
  requestReset,
} from '@verbena/shared/identity/accounts.routes.js';
import { listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { getMe, login, refresh } from '@verbena/shared/identity/identity.routes.js';
import { getSecondFactor } from '@verbena/shared/identity/second-factor.routes.js';
import { createLogin, joinProgram, listMembers } from '@verbena/shared/members/members.routes.js';
import { eventually } from '#support/eventually.js';
import { aMember } from '#support/factories.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { linkTo, mailsTo } from '#support/mailbox.js';
import { deviceOf, setUpSecondFactor, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

const THEIR_OWN = 'la-clave-de-la-persona';

let server: TestServer;
let nobody: Caller;
beforeAll(async () => {
  server = await startServer();
  nobody = { url: server.url };
});
afterAll(() => server?.stop());

/** Somebody types an address first, whosever it is: a session, an authenticator app, and a member's place. */
async function anUnverified(story: Story, given: { readonly joins?: boolean } = {}) {
  const { email, password, name } = aMember();
  const answer = await ask(nobody, register, { body: { email, password, name, program: story.slug } });
  const device = deviceOf(server.url, answer);
  const params = { program: story.slug };
  const member = given.joins === true ? (await call(device.caller, joinProgram, { params, body: {} })).id : null;
  await setUpSecondFactor(device.caller, password, device.serverMs);
  return { email, password, member, ...device };
}

const mayLogIn = async (email: string, password: string) =>
  (await ask(nobody, login, { body: { email, password } })).status;

const makeLogin = (story: Story, email: string, given: { role: 'member' | 'manager' | 'owner'; member?: string }) =>
  call(server.local, createLogin, {
    params: { program: story.slug },
    body: { email, password: THEIR_OWN, name: 'La Persona', member: null, ...given },
  });

test('H2 a role for an address goes to the operator’s password: whoever registered it is logged out at once', async () => {
  const story = await Story.begin(server);
  const params = { program: story.slug };
  const stranger = await anUnverified(story, { joins: true });
  const socket = await StreamClient.connect(server.url, stranger.caller.bearer, story.slug);
  await socket.open();
  const place = await makeLogin(story, stranger.email, { role: 'owner' });
  expect(place.role).toBe('owner');
  // The open session, its cookie, its socket, the password and the second factor: none of it is worth anything now.
  expect((await ask(stranger.caller, listApiKeys, { params })).status).toBe(401);
  expect((await ask(nobody, refresh, { headers: { cookie: stranger.cookie } })).status).toBe(401);
  await eventually(() => !socket.socket.connected, { withinMs: 5_000, until: 'the socket is closed' });
  expect([await mayLogIn(stranger.email, stranger.password), await mayLogIn(stranger.email, THEIR_OWN)]).toEqual([
    401, 200,
  ]);
  const own = await story.logIn({ email: stranger.email, password: THEIR_OWN });
  expect(await call(own.caller, getSecondFactor)).toEqual({ isOn: false, until: null, recoveryCodesLeft: 0 });
  // The place of a member who had only not opened the mail yet stays.
  expect(await call(own.caller, getMe)).toMatchObject({
    name: 'La Persona',
    emailVerified: true,
    enrolments: [{ role: 'owner', member: stranger.member }],
  });
  const { items } = await call(server.local, listAuditEntries, { params });
  expect(items.map(({ action }) => action).slice(0, 2)).toEqual(['login.enrolled', 'login.takenOver']);
  expect(items[1]).toMatchObject({ actor: { kind: 'local' }, subject: { id: place.user }, after: { sessions: 1 } });
  const subjects = (await mailsTo(server, story.slug, stranger.email)).map(({ subject }) => subject);
  expect(subjects[0]).toContain('ha cambiado');
});

test('H2 the place of a member that a shop made is no stranger’s either', async () => {
  const story = await Story.begin(server);
  const stranger = await anUnverified(story);
  const { member } = await makeLogin(story, stranger.email, { role: 'member', member: 'ext:tarjeta-7' });
  expect(member).not.toBeNull();
  expect((await ask(stranger.caller, getMe)).status).toBe(401);
  expect(await mayLogIn(stranger.email, stranger.password)).toBe(401);
});

test('H2 twice says nothing new: a verified login keeps its password, sessions, second factor and places', async () => {
  const story = await Story.begin(server);
  const stranger = await anUnverified(story, { joins: true });
  const places = await Promise.all([1, 2, 3].map(() => makeLogin(story, stranger.email, { role: 'manager' })));
  expect(new Set(places.map(({ user }) => user)).size).toBe(1);
  const device = await story.logIn({ email: stranger.email, password: THEIR_OWN });
  await setUpSecondFactor(device.caller, THEIR_OWN, device.serverMs);
  await call(server.local, createLogin, {
    params: { program: story.slug },
    body: { email: stranger.email, password: 'otra-clave-del-equipo', name: 'Otra', role: 'owner', member: null },
  });
  expect(await mayLogIn(stranger.email, 'otra-clave-del-equipo')).toBe(401);
  expect((await call(device.caller, getSecondFactor)).isOn).toBe(true);
  expect((await call(device.caller, getMe)).enrolments[0]).toMatchObject({ role: 'owner', member: stranger.member });
});

test('H2 whoever reads the mails of an unverified address finds no second factor that a stranger set up', async () => {
  const story = await Story.begin(server);
  const stranger = await anUnverified(story, { joins: true });
  await call(nobody, requestReset, { body: { email: stranger.email, program: story.slug } });
  const { code } = await linkTo(server, story.slug, stranger.email, 'reset');
  const answer = await ask(nobody, confirmReset, { body: { code, password: THEIR_OWN } });
  const { caller } = deviceOf(server.url, answer);
  expect((await call(caller, getSecondFactor)).isOn).toBe(false);
  expect((await call(caller, listSessions)).items).toHaveLength(1);
  // A verified one keeps it: reading somebody's mail is not enough to give points.
  await setUpSecondFactor(caller, THEIR_OWN, Date.now());
  await call(nobody, requestReset, { body: { email: stranger.email, program: story.slug } });
  const again = await eventually(async () => {
    const found = await linkTo(server, story.slug, stranger.email, 'reset');
    return found.code === code ? null : found;
  });
  const next = await ask(nobody, confirmReset, { body: { code: again.code, password: 'otra-clave-de-la-misma' } });
  expect((await call(deviceOf(server.url, next).caller, getSecondFactor)).isOn).toBe(true);
});

test('H2 staff who find a member by an address read whether it was ever shown to be hers', async () => {
  const story = await Story.begin(server);
  const stranger = await anUnverified(story, { joins: true });
  const find = async () =>
    (await call(server.local, listMembers, { params: { program: story.slug }, query: { search: stranger.email } }))
      .items;
  expect(await find()).toMatchObject([{ id: stranger.member, email: stranger.email, emailVerified: false }]);
  await makeLogin(story, stranger.email, { role: 'member' });
  expect(await find()).toMatchObject([{ id: stranger.member, emailVerified: true }]);
});

describe('M7 a password that everybody tries first', () => {
  const KNOWN = 'passwordpassword';
  const refused = (code: string) => ({
    status: 400,
    code: 'input.invalid',
    fields: [{ path: ['password'], code }],
  });

  test('M7 is refused wherever a password is chosen, and nothing has changed', async () => {
    const story = await Story.begin(server);
    const params = { program: story.slug };
    const person = await story.person();
    const { email, name } = aMember();
    expect(await refusal(nobody, register, { body: { email, name, password: KNOWN } })).toMatchObject(
      refused('passwordKnown'),
    );
    const draft = { email, name, password: KNOWN, role: 'owner' as const, member: null };
    expect(await refusal(server.local, createLogin, { params, body: draft })).toMatchObject(refused('passwordKnown'));
    expect(await mayLogIn(email, KNOWN)).toBe(401);
    const change = { current: person.password, password: KNOWN };
    expect(await refusal(person.caller, changePassword, { body: change })).toMatchObject(refused('passwordKnown'));
    await call(nobody, requestReset, { body: { email: person.email, program: story.slug } });
    const { code } = await linkTo(server, story.slug, person.email, 'reset');
    expect(await refusal(nobody, confirmReset, { body: { code, password: KNOWN } })).toMatchObject(
      refused('passwordKnown'),
    );
    expect(await mayLogIn(person.email, person.password)).toBe(200);
    // The code is not spent by what was refused.
    expect((await ask(nobody, confirmReset, { body: { code, password: THEIR_OWN } })).status).toBe(200);
  });

  test('M7 the own address, the name and the program are refused where they are known', async () => {
    const story = await Story.begin(server, { program: { name: 'Mercado de Abastos' } });
    const { email, name } = aMember();
    for (const password of [email, name.padEnd(10, '1'), 'mercado-de-abastos', story.slug.padEnd(10, '1')])
      expect(await refusal(nobody, register, { body: { email, name, password, program: story.slug } })).toMatchObject(
        refused('passwordLikeYou'),
      );
    const person = await story.person();
    const body = { current: person.password, password: 'Mercado de Abastos 1' };
    expect(await refusal(person.caller, changePassword, { body })).toMatchObject(refused('passwordLikeYou'));
  });
});
