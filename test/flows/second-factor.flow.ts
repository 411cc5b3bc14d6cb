import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { createApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { getMe, refresh } from '@verbena/shared/identity/identity.routes.js';
import {
  beginSecondFactor,
  confirmSecondFactor,
  getSecondFactor,
  removeSecondFactor,
  showSecondFactor,
} from '@verbena/shared/identity/second-factor.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { MongoClient } from 'mongodb';
import { TOTP } from 'otpauth';
import { eventually } from '#support/eventually.js';
import { anApiKey, aPurchase } from '#support/factories.js';
import { mailsTo } from '#support/mailbox.js';
import { allRoutes, nameOf } from '#support/route-table.js';
import { ask, call, type Caller, refusal } from '#support/http-call.js';
import { deviceOf, type Person, setUpSecondFactor, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

const STEP_MS = 30_000;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const keyOf = (story: Story) => ({ params: { program: story.slug }, body: anApiKey() });
const mayMakeKeys = async (story: Story, caller: Caller) => (await ask(caller, createApiKey, keyOf(story))).status;

/** Somebody on the staff who has not set anything up. */
const aNewOwner = (story: Story) => story.person('owner', { secondFactor: false });

async function begin({ caller, password }: Person): Promise<TOTP> {
  return new TOTP({ secret: (await call(caller, beginSecondFactor, { body: { password } })).secret });
}

test('whoever gives points is asked for it: to set it up first, then to show it on each device', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const unset = await refusal(owner.caller, createApiKey, keyOf(story));
  expect(unset).toMatchObject({ status: 403, code: 'auth.secondFactorNeeded', params: { isOn: false } });
  const { definitions } = await call(server.local, getDefinitions, { params: { program: story.slug } });
  const publish = { params: { program: story.slug }, body: { definitions } };
  expect(await refusal(owner.caller, putDefinitions, publish)).toMatchObject({ code: 'auth.secondFactorNeeded' });
  // What only reads is not asked.
  expect((await ask(owner.caller, getDefinitions, { params: { program: story.slug } })).status).toBe(200);
  expect((await ask(owner.caller, listAuditEntries, { params: { program: story.slug } })).status).toBe(200);

  const totp = await setUpSecondFactor(owner.caller, owner.password, Date.now());
  expect(await mayMakeKeys(story, owner.caller)).toBe(201);
  expect((await ask(owner.caller, putDefinitions, publish)).status).toBe(200);
  const me = await call(owner.caller, getMe);
  expect(me.secondFactor.isOn).toBe(true);
  expect(Date.parse(me.secondFactor.until ?? '') - Date.now()).toBeGreaterThan(7.9 * 3_600_000);

  const other = await story.logIn(owner);
  expect(await refusal(other.caller, createApiKey, keyOf(story))).toMatchObject({
    code: 'auth.secondFactorNeeded',
    params: { isOn: true },
  });
  expect((await call(other.caller, getMe)).secondFactor).toEqual({ isOn: true, until: null });
  const code = totp.generate({ timestamp: Date.now() + STEP_MS });
  const { until } = await call(other.caller, showSecondFactor, { body: { code } });
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
  expect(await mayMakeKeys(story, other.caller)).toBe(201);
});

test('M5 #34 every route × an owner and a manager without it: only what reads is open to them', async () => {
  const story = await Story.begin(server);
  const people = [await aNewOwner(story), await story.person('manager', { secondFactor: false })];
  const wrong: string[] = [];
  let asked = 0;
  for (const route of await allRoutes()) {
    const right = typeof route.access === 'object' ? route.access.ownOr : route.access;
    if (['public', 'signedIn', 'joining', 'local', 'programs.create'].includes(right)) continue;
    const isOpen =
      right !== 'mails.read' && (right.endsWith('.read') || (route.method === 'GET' && right !== 'members.write'));
    for (const { caller } of people) {
      const params = Object.fromEntries([...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => [name, 'x']));
      const body = route.body === undefined ? undefined : {};
      const { status, text } = await ask(caller, route, { params: { ...params, program: story.slug }, body });
      const isAsked = status === 403 && text.includes('auth.secondFactorNeeded');
      asked += isAsked ? 1 : 0;
      if (isAsked === isOpen && !text.includes('auth.forbidden'))
        wrong.push(`${nameOf(route)}: ${status} ${text.slice(0, 90)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(50);
});

test('the sentence of the refusal, in es and en', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const say = async (language: string) =>
    (await ask(owner.caller, createApiKey, { ...keyOf(story), headers: { 'accept-language': language } })).text;
  expect(await say('es')).toContain('Para esto hace falta tu código de la aplicación de autenticación.');
  expect(await say('en')).not.toContain('hace falta');
});

test('keys and this machine are never asked; a role that may not, is told that first', async () => {
  const story = await Story.begin(server);
  expect((await story.post(aPurchase())).status).toBe(201);
  expect(await mayMakeKeys(story, server.local)).toBe(201);
  const manager = await story.person('manager', { secondFactor: false });
  expect(await refusal(manager.caller, createApiKey, keyOf(story))).toMatchObject({ code: 'auth.forbidden' });
});

test('a code is good once: of two at the same moment one passes, of twenty one', async () => {
  const story = await Story.begin(server);
  for (const count of [2, 20]) {
    const owner = await story.person('owner');
    const devices = await Promise.all(Array.from({ length: count }, () => story.logIn(owner)));
    const code = owner.totp?.generate({ timestamp: Date.now() + STEP_MS }) ?? '';
    const statuses = await Promise.all(
      devices.map(async ({ caller }) => (await ask(caller, showSecondFactor, { body: { code } })).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 403)).toHaveLength(count - 1);
    const raised = await Promise.all(devices.map(({ caller }) => mayMakeKeys(story, caller)));
    expect(raised.filter((status) => status === 201)).toHaveLength(1);
  }
});

test('the code that set it up is used up, and so is every earlier one', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const totp = await begin(owner);
  const used = totp.generate({ timestamp: Date.now() });
  await call(owner.caller, confirmSecondFactor, { body: { code: used } });
  for (const code of [used, totp.generate({ timestamp: Date.now() - STEP_MS })])
    expect(await refusal(owner.caller, showSecondFactor, { body: { code } })).toMatchObject({
      status: 403,
      code: 'secondFactor.wrong',
    });
});

test('nothing counts before a code was confirmed; the order of steps is said', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const shown = { body: { code: '123456' } };
  expect(await refusal(owner.caller, confirmSecondFactor, shown)).toMatchObject({ code: 'secondFactor.notBegun' });
  expect(await refusal(owner.caller, showSecondFactor, shown)).toMatchObject({ code: 'secondFactor.isOff' });
  const wrongPassword = { body: { password: 'no-es-esta-clave' } };
  expect(await refusal(owner.caller, beginSecondFactor, wrongPassword)).toMatchObject({
    code: 'account.passwordWrong',
  });
  const first = await begin(owner);
  expect(await call(owner.caller, getSecondFactor)).toEqual({ isOn: false, until: null, recoveryCodesLeft: 0 });
  expect(await refusal(owner.caller, showSecondFactor, shown)).toMatchObject({ code: 'secondFactor.isOff' });
  // Begun anew, the first secret means nothing any more.
  const second = await begin(owner);
  const codeOf = (totp: TOTP) => ({ body: { code: totp.generate({ timestamp: Date.now() }) } });
  expect(await refusal(owner.caller, confirmSecondFactor, codeOf(first))).toMatchObject({ code: 'secondFactor.wrong' });
  expect((await ask(owner.caller, confirmSecondFactor, codeOf(second))).status).toBe(200);
  expect(await refusal(owner.caller, beginSecondFactor, { body: { password: owner.password } })).toMatchObject({
    status: 409,
    code: 'secondFactor.isOn',
  });
});

test('recovery codes open once each, also when two come at once, and their number is said', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const totp = await begin(owner);
  const body = { code: totp.generate({ timestamp: Date.now() }) };
  const { recoveryCodes } = await call(owner.caller, confirmSecondFactor, { body });
  expect(recoveryCodes).toHaveLength(8);
  const lost = await story.logIn(owner);
  const [code = '', other = ''] = recoveryCodes;
  const answers = await Promise.all(
    [1, 2, 3].map(async () => (await ask(lost.caller, showSecondFactor, { body: { code } })).status),
  );
  expect(answers.sort()).toEqual([200, 403, 403]);
  expect(await mayMakeKeys(story, lost.caller)).toBe(201);
  const typed = other.toUpperCase().replace('-', ' ');
  expect((await ask(lost.caller, showSecondFactor, { body: { code: typed } })).status).toBe(200);
  expect((await call(lost.caller, getSecondFactor)).recoveryCodesLeft).toBe(6);
});

test('taking it away needs password and code, and no session has shown it any more', async () => {
  const story = await Story.begin(server);
  const owner = await story.person('owner');
  const { password } = owner;
  const code = owner.totp?.generate({ timestamp: Date.now() + STEP_MS }) ?? '';
  const wrong = [
    [{ password: 'no-es-esta-clave', code }, 'account.passwordWrong'],
    [{ password, code: '000000' }, 'secondFactor.wrong'],
  ] as const;
  for (const [body, expected] of wrong)
    expect(await refusal(owner.caller, removeSecondFactor, { body })).toMatchObject({ status: 403, code: expected });
  expect(await mayMakeKeys(story, owner.caller)).toBe(201);
  expect(await call(owner.caller, removeSecondFactor, { body: { password, code } })).toEqual({ removed: true });
  expect(await refusal(owner.caller, createApiKey, keyOf(story))).toMatchObject({ params: { isOn: false } });
  expect(await refusal(owner.caller, removeSecondFactor, { body: { password, code } })).toMatchObject({
    code: 'secondFactor.isOff',
  });
  const { items } = await call(owner.caller, listAuditEntries, { params: { program: story.slug } });
  const own = items.filter(({ actor }) => actor.id === owner.user).map(({ action }) => action);
  expect(own).toEqual(['login.secondFactorRemoved', 'apiKey.created', 'login.secondFactorSet']);
  const told = (await mailsTo(server, story.slug, owner.email)).map(({ subject }) => subject);
  expect(told).toEqual([
    'Has quitado la verificación en dos pasos en Plaza Verbena',
    'Has activado la verificación en dos pasos en Plaza Verbena',
  ]);
});

test('it is asked for again after eight hours', async () => {
  const own = await startServer();
  const story = await Story.begin(own);
  const owner = await story.person('owner');
  let { cookie } = owner;
  const callerAt = async (hours: number): Promise<Caller> => {
    await own.moveClock(new Date(Date.now() + hours * 3_600_000).toISOString());
    const device = deviceOf(own.url, await ask({ url: own.url }, refresh, { headers: { cookie } }));
    cookie = device.cookie;
    return device.caller;
  };
  expect(await mayMakeKeys(story, await callerAt(7.9))).toBe(201);
  const late = await callerAt(8.1);
  expect(await refusal(late, createApiKey, keyOf(story))).toMatchObject({
    code: 'auth.secondFactorNeeded',
    params: { isOn: true },
  });
  expect((await call(late, getMe)).secondFactor).toEqual({ isOn: true, until: null });
  await own.stop();
});

test('on another node a session that has shown it counts within two seconds', async () => {
  const other = await startServer({ database: server.database });
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const there = { url: other.url, bearer: owner.caller.bearer };
  expect(await refusal(there, createApiKey, keyOf(story))).toMatchObject({ code: 'auth.secondFactorNeeded' });
  await setUpSecondFactor(owner.caller, owner.password, Date.now());
  expect(await mayMakeKeys(story, owner.caller)).toBe(201);
  await eventually(async () => (await mayMakeKeys(story, there)) === 201, { withinMs: 4_000 });
  await other.stop();
});

test('what stands in the database is neither the secret nor a recovery code', async () => {
  const story = await Story.begin(server);
  const owner = await aNewOwner(story);
  const totp = await begin(owner);
  const body = { code: totp.generate({ timestamp: Date.now() }) };
  const { recoveryCodes } = await call(owner.caller, confirmSecondFactor, { body });
  const client = await MongoClient.connect(server.mongodbUri);
  try {
    const users = client.db(server.database).collection<{ _id: string; secondFactor: { isOn: boolean } }>('users');
    const stored = await users.findOne({ _id: owner.user });
    expect(stored?.secondFactor.isOn).toBe(true);
    const text = JSON.stringify(stored);
    for (const secret of [totp.secret.base32, totp.secret.hex, ...recoveryCodes]) expect(text).not.toContain(secret);
  } finally {
    await client.close();
  }
});

test('T24 whoever guesses is refused after ten tries, though the eleventh were right', async () => {
  const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
  const story = await Story.begin(own);
  const owner = await story.person('owner');
  const device = await story.logIn(owner);
  const statuses: number[] = [];
  for (let n = 0; n < 10; n += 1)
    statuses.push((await ask(device.caller, showSecondFactor, { body: { code: `00000${n}` } })).status);
  expect(new Set(statuses)).toEqual(new Set([403]));
  const code = owner.totp?.generate({ timestamp: Date.now() + STEP_MS }) ?? '';
  expect(await refusal(device.caller, showSecondFactor, { body: { code } })).toMatchObject({
    status: 429,
    code: 'rate.exceeded',
  });
  await own.stop();
});
