import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { createApiKey, listApiKeys, revokeApiKey } from '@verbena/shared/identity/api-keys.routes.js';
import { getMe, login, logout, refresh } from '@verbena/shared/identity/identity.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { eventually } from '#support/eventually.js';
import { anApiKey, aPurchase } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { cookieOf, Story } from '#support/story.js';
import { SocketRefused, StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
});
afterAll(() => server?.stop());

const renew = (cookie: string, headers: Record<string, string> = {}) =>
  ask({ url: server.url }, refresh, { headers: { cookie, ...headers } });

describe('logging in', () => {
  test('gives a token for ten minutes and a cookie that no script can read', async () => {
    const story = await Story.begin(server);
    const { email, password } = await story.person();
    const answer = await ask({ url: server.url }, login, { body: { email: email.toUpperCase(), password } });
    expect(answer.status).toBe(200);
    const { expiresAt } = JSON.parse(answer.text) as { expiresAt: string };
    expect(Date.parse(expiresAt) - Date.parse(NOW)).toBeGreaterThan(9 * 60_000);
    expect(Date.parse(expiresAt) - Date.parse(NOW)).toBeLessThan(12 * 60_000);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-verbena=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('a wrong password and an unknown address are the same refusal', async () => {
    const story = await Story.begin(server);
    const { email } = await story.person();
    const wrong = await refusal({ url: server.url }, login, { body: { email, password: 'no-es-esta-clave' } });
    const unknown = await refusal({ url: server.url }, login, {
      body: { email: 'nadie@example.com', password: 'no-es-esta-clave' },
    });
    expect(wrong).toMatchObject({ status: 401, code: 'auth.badCredentials' });
    expect({ ...unknown, traceId: '', headers: null }).toEqual({ ...wrong, traceId: '', headers: null });
  });

  test('/me tells the login, its programs and its member', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    expect(await call(person.caller, getMe)).toMatchObject({
      id: person.user,
      email: person.email,
      name: person.name,
      operator: false,
      enrolments: [{ program: { slug: story.slug }, role: 'member', member: person.member }],
    });
    expect(await refusal({ url: server.url }, getMe)).toMatchObject({ status: 401, code: 'auth.required' });
    expect((await ask(story.shop, getMe)).status).toBe(403);
  });

  test('a member reads its own standing by `me`, and nobody else’s', async () => {
    const story = await Story.begin(server);
    const [one, other] = [await story.person(), await story.person()];
    await story.record(
      aPurchase({ externalId: one.externalId, totalMinor: 1_000, occurredAt: '2026-11-20T09:00:00Z' }),
    );
    const params = { program: story.slug, member: 'me' };
    expect((await call(one.caller, getStanding, { params })).balances).toMatchObject({ puntos: 10 });
    const foreign = { program: story.slug, member: one.member ?? '' };
    expect(await refusal(other.caller, getStanding, { params: foreign })).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
    });
    expect((await call(one.caller, getStanding, { params: foreign })).seq).toBe(1);
  });
});

describe('a session', () => {
  test('its cookie changes at each use; two tabs at once stay logged in; a former one ends the session', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const [one, two] = await Promise.all([renew(person.cookie), renew(person.cookie)]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(cookieOf(one)).toBe(cookieOf(two));
    expect(cookieOf(one)).not.toBe(person.cookie);
    const third = await renew(cookieOf(one));
    expect(third.status).toBe(200);
    // The server's own clock, so that nobody waits ten seconds here.
    const later = await startServer({ database: server.database, clock: '2026-11-20T10:01:00.000Z' });
    const replayed = await ask({ url: later.url }, refresh, { headers: { cookie: person.cookie } });
    await later.stop();
    expect(replayed.status).toBe(401);
    expect((await renew(cookieOf(third))).status).toBe(401);
  });

  test('logging out ends the cookie, the token and the open sockets within five seconds', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const device = await StreamClient.connect(server.url, person.caller.bearer, story.slug);
    await device.open();
    expect((await ask(person.caller, logout, { headers: { cookie: person.cookie } })).text).toBe('{"ended":true}');
    await eventually(() => !device.socket.connected, { withinMs: 5_000, until: '#62 the socket is closed' });
    expect(device.endings).toEqual(['auth.sessionEnded']);
    expect((await renew(person.cookie)).status).toBe(401);
    await eventually(async () => (await ask(person.caller, getMe)).status === 401, { withinMs: 5_000 });
    await expect(StreamClient.connect(server.url, person.caller.bearer, story.slug)).rejects.toThrow(
      'auth.sessionEnded',
    );
  });

  test('another session of the same person goes on', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const other = await story.logIn(person);
    await ask(person.caller, logout, { headers: { cookie: person.cookie } });
    expect((await renew(other.cookie)).status).toBe(200);
    expect((await ask(other.caller, getMe)).status).toBe(200);
  });

  test('another site cannot renew or end it', async () => {
    const story = await Story.begin(server);
    const { cookie } = await story.person();
    const foreign = { origin: 'https://otro.example', 'sec-fetch-site': 'cross-site' };
    expect((await renew(cookie, foreign)).status).toBe(403);
    expect((await ask({ url: server.url }, logout, { headers: { cookie, ...foreign } })).status).toBe(403);
    expect((await renew(cookie)).status).toBe(200);
  });
});

describe('tokens (T21)', () => {
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('T21 none, another algorithm, changed claims, no signature: refused over HTTP and by sockets', async () => {
    const story = await Story.begin(server);
    const { bearer } = (await story.person()).caller;
    const [head = '', claims = '', signature = ''] = bearer.split('.');
    const read = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
    const forged = [
      `${base64({ alg: 'none' })}.${claims}.`,
      `${base64({ alg: 'HS256', typ: 'JWT' })}.${claims}.${signature}`,
      `${base64({ alg: 'EdDSA', kid: '../../etc/passwd' })}.${claims}.${signature}`,
      `${base64({ alg: 'EdDSA', jku: 'http://127.0.0.1:1/keys' })}.${claims}.${signature}`,
      `${head}.${base64({ ...read, exp: 9_999_999_999 })}.${signature}`,
      `${head}.${base64({ ...read, sub: '01J00000000000000000000000' })}.${signature}`,
      `${head}.${claims}.`,
      `${head}.${claims}.${signature.slice(0, -4)}AAAA`,
    ];
    for (const token of forged) {
      expect((await ask({ url: server.url, bearer: token }, getMe)).status).toBe(401);
      await expect(StreamClient.connect(server.url, token, story.slug)).rejects.toBeInstanceOf(SocketRefused);
    }
    expect((await ask({ url: server.url, bearer }, getMe)).status).toBe(200);
  });

  test('T21 another installation’s token means nothing here', async () => {
    const story = await Story.begin(server);
    const person = await story.person();
    const other = await startServer({ clock: NOW });
    expect((await ask({ url: other.url, bearer: person.caller.bearer }, getMe)).status).toBe(401);
    await other.stop();
  });

  test('T21 a token ends after ten minutes, and so does its socket', async () => {
    const own = await startServer({ clock: NOW });
    const story = await Story.begin(own);
    const person = await story.person();
    const device = await StreamClient.connect(own.url, person.caller.bearer, story.slug);
    await device.open();
    await own.moveClock('2026-11-20T10:11:00.000Z');
    expect(await refusal(person.caller, getMe)).toMatchObject({ status: 401, code: 'auth.tokenExpired' });
    await eventually(() => !device.socket.connected, { withinMs: 5_000, until: 'the socket is closed' });
    expect(device.endings).toEqual(['auth.tokenExpired']);
    await own.stop();
  });
});

describe('roles', () => {
  test('who may read and publish definitions, make keys and read the audit log', async () => {
    const story = await Story.begin(server);
    const people = {
      member: await story.person('member'),
      manager: await story.person('manager'),
      owner: await story.person('owner'),
    };
    const params = { program: story.slug };
    const { definitions } = await call(server.local, getDefinitions, { params });
    const statuses: Record<string, number[]> = {};
    for (const [role, { caller }] of Object.entries(people)) {
      statuses[role] = [
        (await ask(caller, getDefinitions, { params })).status,
        (await ask(caller, listAuditEntries, { params })).status,
        (await ask(caller, listApiKeys, { params })).status,
        (await ask(caller, createApiKey, { params, body: anApiKey() })).status,
        (await ask(caller, putDefinitions, { params, body: { definitions } })).status,
      ];
    }
    expect(statuses).toEqual({
      member: [200, 403, 403, 403, 403],
      manager: [200, 200, 403, 403, 403],
      owner: [200, 200, 200, 201, 200],
    });
  });

  test('making and withdrawing a key, and publishing, are in the audit log, without the secret', async () => {
    const story = await Story.begin(server);
    const owner = await story.person('owner');
    const params = { program: story.slug };
    const key = await call(owner.caller, createApiKey, { params, body: anApiKey({ name: 'Caja 2' }) });
    await call(owner.caller, revokeApiKey, { params: { ...params, key: key.id } });
    const { definitions } = await call(owner.caller, getDefinitions, { params });
    await call(owner.caller, putDefinitions, { params, body: { definitions } });
    const { items } = await call(owner.caller, listAuditEntries, { params });
    const own = items.filter(({ actor }) => actor.id === owner.user);
    expect(own.map(({ action }) => action)).toEqual([
      'definitions.published',
      'apiKey.revoked',
      'apiKey.created',
      'login.secondFactorSet',
    ]);
    expect(own[2]).toMatchObject({
      subject: { kind: 'apiKey', id: key.id },
      before: null,
      after: { name: 'Caja 2', revokedAt: null },
    });
    expect(own[1]).toMatchObject({ before: { revokedAt: null }, after: { revokedAt: expect.any(String) } });
    // What follows the id; it may hold underscores itself.
    const secret = key.secret.split('_').slice(2).join('_');
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify(items)).not.toContain(secret);
    const listed = await call(owner.caller, listApiKeys, { params });
    expect(JSON.stringify(listed)).not.toContain(secret);
  });
});

describe('rates', () => {
  test('too many wrong passwords are refused before the password is looked at, and say how long', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on' } });
    const story = await Story.begin(own);
    const { email, password } = await story.person();
    const statuses = new Set<number>();
    for (let count = 0; count < 11; count += 1)
      statuses.add((await ask({ url: own.url }, login, { body: { email, password: `no-es-${count}-esta` } })).status);
    expect(statuses).toEqual(new Set([401, 429]));
    const right = await refusal({ url: own.url }, login, { body: { email, password } });
    expect(right).toMatchObject({ status: 429, code: 'rate.exceeded' });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    await own.stop();
  });

  test('a key past its rate gets 429 with Retry-After; others go on', async () => {
    const own = await startServer({ env: { VERBENA_RATE_LIMITS: 'on', VERBENA_RATE_KEY_PER_MINUTE: '20' } });
    const [one, other] = [await Story.begin(own), await Story.begin(own)];
    const answers = [];
    for (let count = 0; count < 25; count += 1) answers.push(await one.post(aPurchase()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.post(aPurchase())).status).toBe(201);
    await own.stop();
  });
});
