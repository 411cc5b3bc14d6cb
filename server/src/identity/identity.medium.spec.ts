import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Injectable, Module, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ApiKey, type ApiKeyWithSecret } from '@verbena/shared/identity/api-keys.routes.js';
import { KeyPermission } from '@verbena/shared/identity/permissions.js';
import type { Role } from '@verbena/shared/identity/role.js';
import { API_PREFIX, route } from '@verbena/shared/platform/route.js';
import { STREAM_KINDS, type StreamKind } from '@verbena/shared/realtime/socket.js';
import { TOTP } from 'otpauth';
import * as z from 'zod/mini';
import { SignJWT } from 'jose';
import { ulid } from 'ulid';
import { createPrivateKey } from 'node:crypto';
import { AuditModule } from '#audit/audit.module.js';
import { Clock, MovableClock } from '#platform/clock/clock.js';
import { loadSecrets } from '#platform/config/secrets.js';
import { type HealthPart, type PartName, ReportsHealth } from '#platform/health/health-part.port.js';
import { Asking, Implements } from '#platform/http/implements.decorator.js';
import { AllowedMethods } from '#platform/http/allowed-methods.js';
import { ProblemFilter } from '#platform/http/problem.filter.js';
import type { Principal } from '#platform/http/principal.js';
import { InScope, MemberRefParam, Tenant } from '#platform/http/tenant.js';
import { newValidationPipe } from '#platform/http/validation.pipe.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MailModule } from '#platform/mail/mail.module.js';
import { PlatformModule } from '#platform/platform.module.js';
import { ServesStream, type StreamSource } from '#realtime/stream-source.port.js';
import { newSecret } from './bearer.js';
import { IdentityService, type User } from './identity.service.js';
import { IdentityModule } from './identity.module.js';
import { type KeySender, type ProgramDirectory, ProvidesPrograms } from './program-directory.port.js';
import { VouchingService } from './vouching.service.js';

const LOCAL_TOKEN = 'l'.repeat(43);
const PASSWORD = 'una contraseña larga';
const PLAZA: Tenant = { id: ulid(), slug: 'plaza', name: 'Plaza', language: 'es', zone: 'Europe/Madrid' };
const COMMAND = { kind: 'local', id: 'command' } as const;
const OTHER: Tenant = { ...PLAZA, id: ulid(), slug: 'other', name: 'Other' };

/** Stands for the module above that knows programs. */
@Injectable()
@ProvidesPrograms()
class TwoPrograms implements ProgramDirectory {
  async find(ref: string): Promise<Tenant | null> {
    return [PLAZA, OTHER].find((program) => program.id === ref || program.slug === ref) ?? null;
  }

  async findOnly(): Promise<Tenant | null> {
    return null;
  }

  async keyActivityTypes(): Promise<ReadonlySet<string>> {
    return new Set(['purchase', 'visit']);
  }

  async keySenders(): Promise<ReadonlyMap<string, KeySender>> {
    return new Map();
  }

  async openSandbox(): Promise<void> {}
}

const anything = z.record(z.string(), z.unknown());
const ownThing = route({
  method: 'GET',
  path: '/programs/:program/members/:member/thing',
  summary: 'A thing of a member',
  access: { ownOr: 'members.read' },
  response: anything,
});
const localThing = route({ method: 'GET', path: '/local-thing', summary: 'Ours', access: 'local', response: anything });
const publicThing = route({
  method: 'GET',
  path: '/programs/:program/public-thing',
  summary: 'For all',
  access: 'public',
  response: anything,
});
const newThing = route({
  method: 'POST',
  path: '/things',
  summary: 'New',
  access: 'programs.create',
  response: anything,
});
const activityThing = route({
  method: 'POST',
  path: '/programs/:program/activity-things',
  summary: 'As activities are sent',
  access: 'activities.write',
  response: anything,
});

@Controller()
class ThingsController {
  @Implements(ownThing)
  own(@Tenant() tenant: Tenant, @InScope() scope: Scope, @MemberRefParam() member: string) {
    return { slug: tenant.slug, program: scope.program, member };
  }

  @Implements(localThing)
  local() {
    return {};
  }

  @Implements(publicThing)
  public(@Tenant() tenant: Tenant, @Asking() principal: Principal) {
    return { slug: tenant.slug, kind: principal.kind };
  }

  @Implements(newThing)
  create() {
    return {};
  }

  @Implements(activityThing)
  activity(@Asking() principal: Principal) {
    return { principal };
  }
}

function reporterOf(part: PartName) {
  @Injectable()
  @ReportsHealth()
  class Reporter implements HealthPart {
    readonly part = part;
    async check() {
      return { status: 'ok' as const };
    }
  }
  return Reporter;
}

function streamsOf(kind: StreamKind) {
  @Injectable()
  @ServesStream()
  class NoStreams implements StreamSource {
    readonly kind = kind;
    readonly hasCursor = false;
    readonly hasPast = false;
    head = async () => 0;
    read = async () => [];
  }
  return NoStreams;
}

@Module({
  imports: [PlatformModule, MailModule, AuditModule, IdentityModule],
  controllers: [ThingsController],
  providers: [
    TwoPrograms,
    reporterOf('queues'),
    reporterOf('outbox'),
    reporterOf('lanes'),
    reporterOf('books'),
    ...STREAM_KINDS.map(streamsOf),
  ],
})
class PartOfTheServer {}

const dataDir = mkdtempSync(join(tmpdir(), 'verbena-identity-'));
let app: NestFastifyApplication;
let url: string;
let identity: IdentityService;
let vouching: VouchingService;
let clock: MovableClock;

beforeAll(async () => {
  Object.assign(process.env, {
    MONGODB_DATABASE: `identity_${ulid()}`,
    REDIS_PREFIX: `identity:${ulid()}`,
    DATA_DIR: dataDir,
    VERBENA_TEST: '1',
    VERBENA_LOCAL_TOKEN: LOCAL_TOKEN,
    VERBENA_RATE_KEY_PER_MINUTE: '100',
    VERBENA_RATE_ADDRESS_PER_MINUTE: '100000',
    LOG_LEVEL: 'error',
  });
  app = await NestFactory.create<NestFastifyApplication>(PartOfTheServer, new FastifyAdapter({ trustProxy: true }), {
    logger: ['error'],
    abortOnError: false,
  });
  app.setGlobalPrefix(API_PREFIX.slice(1));
  app.useGlobalFilters(new ProblemFilter({ publicUrl: null, port: 3000 }, new AllowedMethods()));
  app.useGlobalPipes(newValidationPipe());
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  identity = app.get(IdentityService);
  vouching = app.get(VouchingService);
  const found: unknown = app.get(Clock);
  if (!(found instanceof MovableClock)) throw new Error('Tests need the movable clock.');
  clock = found;
});

afterAll(async () => {
  await app.get(Mongo).connection.dropDatabase();
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

afterEach(() => clock.moveTo(Date.now()));

interface Sent {
  readonly bearer?: string | undefined;
  readonly cookie?: string | undefined;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ip?: string;
}

async function send(method: 'GET' | 'POST' | 'DELETE', path: string, { bearer, cookie, body, headers, ip }: Sent = {}) {
  const answer = await fetch(`${url}${API_PREFIX}${path}`, {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ip === undefined ? {} : { 'x-forwarded-for': ip }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const read: unknown = await answer.json();
  return { status: answer.status, body: read, headers: answer.headers, code: z.safeParse(Coded, read).data?.code };
}
const Coded = z.object({ code: z.string() });
const Grant = z.object({ accessToken: z.string(), expiresAt: z.string() });

async function aUser(
  place?: { role: Role; member?: string | null; program?: string },
  more: { operator?: boolean } = {},
): Promise<User> {
  const user = await vouching.ensureLogin(
    { email: `${ulid()}@example.com`, name: 'Ana', password: PASSWORD, language: 'es', ...more },
    PLAZA,
    COMMAND,
  );
  if (place !== undefined) await identity.enrol(user.id, place.program ?? PLAZA.id, place.role, place.member ?? null);
  return user;
}

async function logIn(email: string, password = PASSWORD, ip?: string) {
  const answer = await send('POST', '/auth/login', { body: { email, password }, ...(ip === undefined ? {} : { ip }) });
  return {
    ...answer,
    cookie: cookieOf(answer.headers),
    bearer: z.safeParse(Grant, answer.body).data?.accessToken ?? '',
  };
}

async function renew(cookie: string) {
  const answer = await send('POST', '/auth/refresh', { cookie });
  return {
    ...answer,
    cookie: cookieOf(answer.headers),
    bearer: z.safeParse(Grant, answer.body).data?.accessToken ?? '',
  };
}

function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function aKey(
  owner: string,
  draft: object = { name: 'Till', types: ['purchase'], permissions: ['activities.write'] },
) {
  const answer = await send('POST', '/programs/plaza/keys', { bearer: owner, body: draft });
  return answer.body as ApiKeyWithSecret;
}

async function anOwner(): Promise<string> {
  const { bearer } = await logIn((await aUser({ role: 'owner' })).email);
  await setUpSecondFactor(bearer);
  return bearer;
}

/** Sets up an authenticator app for whoever this is, and shows it in this session. */
async function setUpSecondFactor(bearer: string): Promise<{ totp: TOTP; recoveryCodes: string[] }> {
  const begun = await send('POST', '/me/second-factor', { bearer, body: { password: PASSWORD } });
  const totp = new TOTP({ secret: z.parse(Begun, begun.body).secret });
  const code = totp.generate({ timestamp: clock.now() });
  const confirmed = await send('POST', '/me/second-factor/confirm', { bearer, body: { code } });
  return { totp, recoveryCodes: z.parse(Confirmed, confirmed.body).recoveryCodes };
}
const Begun = z.object({ secret: z.string() });
const Confirmed = z.object({ recoveryCodes: z.array(z.string()) });

describe('log in', () => {
  test('the right password gives a token of ten minutes and a cookie that no script can read', async () => {
    const user = await aUser({ role: 'member', member: ulid() });
    const answer = await logIn(user.email.toUpperCase());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(String(answer.headers.getSetCookie())).toMatch(
      /^__Host-verbena=[0-9A-Z]{26}\.[\w-]{43}; Path=\/; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict$/,
    );
    const me = await send('GET', '/me', { bearer: answer.bearer });
    expect(me.body).toEqual({
      id: user.id,
      email: user.email.toLowerCase(),
      name: 'Ana',
      language: 'es',
      operator: false,
      emailVerified: true,
      secondFactor: { isOn: false, until: null },
      enrolments: [
        { program: { id: PLAZA.id, slug: 'plaza', name: 'Plaza' }, role: 'member', member: expect.any(String) },
      ],
    });
  });

  test('a wrong password and an unknown address are answered alike', async () => {
    const user = await aUser();
    const wrong = await logIn(user.email, 'otra');
    const unknown = await logIn(`${ulid()}@example.com`);
    expect([wrong.status, wrong.code]).toEqual([401, 'auth.badCredentials']);
    expect([unknown.status, unknown.code]).toEqual([401, 'auth.badCredentials']);
    expect({ ...(unknown.body as object), traceId: '' }).toEqual({ ...(wrong.body as object), traceId: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('T24 the time of the answer does not tell who has a login', async () => {
    const user = await aUser();
    const timeOf = async (email: string) => {
      const started = performance.now();
      await identityPassword(email);
      return performance.now() - started;
    };
    const identityPassword = async (email: string) =>
      logIn(email, 'otra', `10.0.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`);
    const known: number[] = [];
    const unknown: number[] = [];
    await timeOf(user.email);
    for (let n = 0; n < 7; n += 1) {
      known.push(await timeOf(user.email));
      unknown.push(await timeOf(`${ulid()}@example.com`));
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[3] ?? 0;
    // Without the dummy hash an unknown address is answered some ten times faster.
    expect(median(unknown)).toBeGreaterThan(median(known) / 2);
  });

  test('T23 an operator, a list or a number in place of a text is refused before anything is asked', async () => {
    for (const password of [{ $ne: '' }, ['x'], 1, null, true]) {
      const answer = await send('POST', '/auth/login', { body: { email: 'a@example.com', password } });
      expect([answer.status, answer.code]).toEqual([400, 'input.invalid']);
    }
    const answer = await send('POST', '/auth/login', { body: { email: { $gt: '' }, password: 'x', operator: true } });
    expect(answer.body).toMatchObject({
      status: 400,
      fields: [{ path: ['email'] }, { path: ['operator'], code: 'unknown' }],
    });
  });

  test('T24 after ten wrong passwords not even the right one is looked at', async () => {
    const user = await aUser();
    const ip = '198.51.100.1';
    const answers = await Promise.all(Array.from({ length: 14 }, async () => logIn(user.email, 'otra', ip)));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    const right = await logIn(user.email, PASSWORD, ip);
    expect([right.status, right.code]).toEqual([429, 'rate.exceeded']);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await logIn(user.email, PASSWORD, '198.51.100.2')).status).toBe(200);
    clock.moveTo(Date.now() + 31 * 60_000);
    expect((await logIn(user.email, PASSWORD, ip)).status).toBe(200);
  });

  test('T24 one address cannot try a list of stolen passwords, each once', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 33; n += 1) statuses.push((await logIn(`${ulid()}@example.com`, 'x', '198.51.100.9')).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(statuses.slice(30)).toEqual([429, 429, 429]);
  });

  test('who logs in rightly is never slowed down', async () => {
    const user = await aUser();
    for (let n = 0; n < 12; n += 1) expect((await logIn(user.email, PASSWORD, '198.51.100.3')).status).toBe(200);
  });
});

describe('refresh', () => {
  test('each use gives another secret, and the token of the session goes on', async () => {
    const first = await logIn((await aUser()).email);
    const second = await renew(first.cookie);
    const third = await renew(second.cookie);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(new Set([first.cookie, second.cookie, third.cookie]).size).toBe(3);
    expect((await send('GET', '/me', { bearer: third.bearer })).status).toBe(200);
  });

  test('tabs that send one cookie at the same moment receive one and the same next cookie', async () => {
    const { cookie } = await logIn((await aUser()).email);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => renew(cookie)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => answer.cookie)).size).toBe(1);
    expect((await renew(answers[0]?.cookie ?? '')).status).toBe(200);
  });

  test('a tab that was two rotations late, within ten seconds, is brought up to date', async () => {
    const first = await logIn((await aUser()).email);
    const second = await renew(first.cookie);
    const third = await renew(second.cookie);
    const late = await renew(first.cookie);
    expect([late.status, late.cookie]).toEqual([200, third.cookie]);
  });

  test('T21 a replaced cookie that comes back after ten seconds ends the session for everybody', async () => {
    const first = await logIn((await aUser()).email);
    const second = await renew(first.cookie);
    clock.moveTo(Date.now() + 10_500);
    const replay = await renew(first.cookie);
    expect([replay.status, replay.code]).toEqual([401, 'auth.sessionEnded']);
    expect(String(replay.headers.getSetCookie())).toContain('Max-Age=0');
    expect((await renew(second.cookie)).code).toBe('auth.sessionEnded');
    expect((await send('GET', '/me', { bearer: second.bearer })).code).toBe('auth.sessionEnded');
  });

  test('L13 a made-up secret for a session that lives is refused and ends nothing', async () => {
    const { cookie } = await logIn((await aUser()).email);
    for (const madeUp of ['A'.repeat(43), newSecret()]) {
      const sent = `${cookie.split('.')[0]}.${madeUp}`;
      expect((await renew(sent)).code).toBe('auth.sessionEnded');
      expect((await send('POST', '/auth/logout', { cookie: sent })).body).toEqual({ ended: false });
    }
    expect((await renew(cookie)).status).toBe(200);
  });

  test('L13 T21 one that it had long ago ends it, however often it was replaced since', async () => {
    const first = await logIn((await aUser()).email);
    let { cookie } = first;
    for (let n = 0; n < 12; n += 1) cookie = (await renew(cookie)).cookie;
    clock.moveTo(Date.now() + 10_500);
    expect((await renew(first.cookie)).code).toBe('auth.sessionEnded');
    expect((await renew(cookie)).code).toBe('auth.sessionEnded');
  });

  test('a session that nobody used for thirty days is over', async () => {
    const { cookie } = await logIn((await aUser()).email);
    clock.moveTo(Date.now() + 31 * 86_400_000);
    expect((await renew(cookie)).code).toBe('auth.sessionEnded');
  });

  test('no session lasts longer than half a year, however often it is used', async () => {
    let { cookie } = await logIn((await aUser()).email);
    const startMs = Date.now();
    for (let day = 20; day <= 160; day += 20) {
      clock.moveTo(startMs + day * 86_400_000);
      const next = await renew(cookie);
      expect([day, next.status]).toEqual([day, 200]);
      cookie = next.cookie;
    }
    clock.moveTo(startMs + 181 * 86_400_000);
    expect((await renew(cookie)).code).toBe('auth.sessionEnded');
  });

  test('without a cookie, or with one of another form, there is no session', async () => {
    expect((await send('POST', '/auth/refresh')).code).toBe('auth.sessionEnded');
    expect((await renew('__Host-verbena=x')).code).toBe('auth.sessionEnded');
    expect((await renew(`__Host-verbena=${ulid()}.${'A'.repeat(43)}`)).code).toBe('auth.sessionEnded');
  });

  test('another site can neither refresh nor log out', async () => {
    const { cookie } = await logIn((await aUser()).email);
    for (const path of ['/auth/refresh', '/auth/logout']) {
      for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        const answer = await send('POST', path, { cookie, headers });
        expect([answer.status, answer.code]).toEqual([403, 'auth.originForbidden']);
      }
    }
    expect((await renew(cookie)).status).toBe(200);
  });
});

describe('log out', () => {
  test('T21 ends cookie, access token and socket of this session and no other', async () => {
    const user = await aUser({ role: 'member', member: ulid() });
    const here = await logIn(user.email);
    const there = await logIn(user.email);
    const subject = await identity.authenticateSocket(here.bearer, 'plaza');
    expect(await identity.liveSessions([subject])).toEqual(new Set([subject.session]));
    const answer = await send('POST', '/auth/logout', { cookie: here.cookie });
    expect(answer.body).toEqual({ ended: true });
    expect(String(answer.headers.getSetCookie())).toContain('__Host-verbena=; Path=/; Max-Age=0');
    expect((await send('GET', '/me', { bearer: here.bearer })).code).toBe('auth.sessionEnded');
    await expect(identity.authenticateSocket(here.bearer, 'plaza')).rejects.toMatchObject({
      code: 'auth.sessionEnded',
    });
    expect(await identity.liveSessions([subject])).toEqual(new Set());
    expect((await renew(here.cookie)).code).toBe('auth.sessionEnded');
    expect((await send('GET', '/me', { bearer: there.bearer })).status).toBe(200);
  });

  test('the access token alone is enough; a second time nothing is left to end', async () => {
    const { bearer } = await logIn((await aUser()).email);
    expect((await send('POST', '/auth/logout', { bearer })).body).toEqual({ ended: true });
    expect((await send('POST', '/auth/logout', { bearer })).body).toEqual({ ended: false });
    expect((await send('POST', '/auth/logout')).body).toEqual({ ended: false });
  });

  test("a made-up cookie ends nobody's session", async () => {
    const { cookie } = await logIn((await aUser()).email);
    const madeUp = `${cookie.split('.')[0]}.${'A'.repeat(43)}`;
    expect((await send('POST', '/auth/logout', { cookie: madeUp })).body).toEqual({ ended: false });
    expect((await renew(cookie)).status).toBe(200);
  });
});

describe('access tokens', () => {
  async function sign(claims: object, header: object = {}) {
    const key = createPrivateKey({ key: { ...loadSecrets(dataDir).tokenKey }, format: 'jwk' });
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(key);
  }

  test('T21 signed by us for another audience, over, or for no live session', async () => {
    const user = await aUser();
    const { bearer } = await logIn(user.email);
    const { sid } = JSON.parse(Buffer.from(bearer.split('.')[1] ?? '', 'base64url').toString()) as { sid: string };
    const seconds = Math.floor(Date.now() / 1_000);
    const good = { iss: 'verbena', aud: 'verbena/api', sub: user.id, sid, exp: seconds + 60 };
    const codeOf = async (claims: object, header?: object) =>
      (await send('GET', '/me', { bearer: await sign(claims, header) })).code ?? 'ok';
    expect(await codeOf(good)).toBe('ok');
    expect(await codeOf({ ...good, aud: 'other' })).toBe('auth.required');
    expect(await codeOf(good, { typ: 'JWT' })).toBe('auth.required');
    expect(await codeOf({ ...good, exp: seconds - 1 })).toBe('auth.tokenExpired');
    expect(await codeOf({ ...good, sid: ulid() })).toBe('auth.sessionEnded');
    expect(await codeOf({ ...good, sub: (await aUser()).id })).toBe('auth.sessionEnded');
  });

  test('T21 after ten minutes a token is over, and the cookie gives another', async () => {
    const { bearer, cookie } = await logIn((await aUser()).email);
    clock.moveTo(Date.now() + 600_000);
    expect((await send('GET', '/me', { bearer })).code).toBe('auth.tokenExpired');
    const next = await renew(cookie);
    expect((await send('GET', '/me', { bearer: next.bearer })).status).toBe(200);
  });

  test('T21 a socket is refused what HTTP is refused', async () => {
    const user = await aUser({ role: 'manager' });
    const { bearer } = await logIn(user.email);
    await expect(identity.authenticateSocket('a.b.c', 'plaza')).rejects.toMatchObject({ code: 'auth.required' });
    await expect(identity.authenticateSocket(bearer, 'plaza')).rejects.toMatchObject({ code: 'auth.forbidden' });
    await expect(identity.authenticateSocket(bearer, 'other')).rejects.toMatchObject({ code: 'program.notFound' });
    await expect(identity.authenticateSocket(bearer, 'nowhere')).rejects.toMatchObject({ code: 'program.notFound' });
  });
});

describe('rights', () => {
  test('without a credential a route that is not public asks for one, and says nothing of programs', async () => {
    for (const path of ['/me', '/programs/plaza/keys', '/programs/nowhere/keys', '/local-thing']) {
      const answer = await send('GET', path);
      expect([answer.status, answer.code, answer.headers.get('www-authenticate')]).toEqual([
        401,
        'auth.required',
        'Bearer',
      ]);
    }
  });

  test('a public route is open to all, and an old token does not shut it', async () => {
    expect((await send('GET', '/programs/plaza/public-thing')).body).toEqual({ slug: 'plaza', kind: 'anonymous' });
    expect((await send('GET', '/programs/plaza/public-thing', { bearer: 'a.b.c' })).body).toMatchObject({
      kind: 'anonymous',
    });
    expect((await send('GET', '/programs/nowhere/public-thing')).code).toBe('program.notFound');
    expect((await send('GET', '/programs/%24ne/public-thing')).code).toBe('program.notFound');
  });

  test("T22 another tenant's program answers as if it did not exist", async () => {
    const bearer = await anOwner();
    const foreign = await send('GET', '/programs/other/keys', { bearer });
    const missing = await send('GET', '/programs/nowhere/keys', { bearer });
    expect([foreign.status, foreign.code]).toEqual([404, 'program.notFound']);
    expect({ ...(foreign.body as object), traceId: '' }).toEqual({ ...(missing.body as object), traceId: '' });
    const key = await aKey(bearer);
    expect((await send('POST', `/programs/${OTHER.id}/activity-things`, { bearer: key.secret })).code).toBe(
      'program.notFound',
    );
  });

  test('an own program is found by slug and by id; a missing right there is said', async () => {
    const member = ulid();
    const { bearer } = await logIn((await aUser({ role: 'member', member })).email);
    for (const program of ['plaza', PLAZA.id]) {
      const answer = await send('GET', `/programs/${program}/keys`, { bearer });
      expect([answer.status, answer.code]).toEqual([403, 'auth.forbidden']);
    }
  });

  test('a member sees what is its own by "me" and by id, and nothing of another', async () => {
    const member = ulid();
    const { bearer } = await logIn((await aUser({ role: 'member', member })).email);
    const own = { slug: 'plaza', program: PLAZA.id, member };
    expect((await send('GET', '/programs/plaza/members/me/thing', { bearer })).body).toEqual(own);
    expect((await send('GET', `/programs/plaza/members/${member}/thing`, { bearer })).body).toEqual(own);
    expect((await send('GET', `/programs/plaza/members/${ulid()}/thing`, { bearer })).code).toBe('auth.forbidden');
    expect((await send('GET', '/programs/plaza/members/ext:card-1/thing', { bearer })).code).toBe('auth.forbidden');
    const staff = (await logIn((await aUser({ role: 'manager' })).email)).bearer;
    expect((await send('GET', '/programs/plaza/members/ext:card-1/thing', { bearer: staff })).body).toMatchObject({
      member: 'ext:card-1',
    });
    expect((await send('GET', '/programs/plaza/members/me/thing', { bearer: staff })).code).toBe('member.notFound');
  });

  test('commands of this machine may all, by the whole token only', async () => {
    expect((await send('GET', '/local-thing', { bearer: LOCAL_TOKEN })).status).toBe(200);
    expect((await send('GET', '/programs/other/keys', { bearer: LOCAL_TOKEN })).status).toBe(200);
    expect((await send('GET', '/local-thing', { bearer: LOCAL_TOKEN.slice(1) })).code).toBe('auth.required');
    expect((await send('GET', '/local-thing', { bearer: `${LOCAL_TOKEN}l` })).code).toBe('auth.required');
    expect((await send('GET', '/local-thing', { bearer: await anOwner() })).code).toBe('auth.forbidden');
    expect((await send('GET', '/me', { bearer: LOCAL_TOKEN })).code).toBe('auth.forbidden');
  });

  test('a role given within a transaction counts once it is committed, though somebody asked meanwhile', async () => {
    const user = await aUser({ role: 'member', member: ulid() });
    const { bearer } = await logIn(user.email);
    await app.get(Mongo).transact(async (session) => {
      await identity.enrol(user.id, PLAZA.id, 'owner', null, session);
      expect((await send('GET', '/programs/plaza/audit', { bearer })).status).toBe(403);
    });
    expect((await send('GET', '/programs/plaza/audit', { bearer })).status).toBe(200);
  });

  test('operators create programs, owners do not', async () => {
    const operator = (await logIn((await aUser(undefined, { operator: true })).email)).bearer;
    expect((await send('POST', '/things', { bearer: operator })).status).toBe(200);
    expect((await send('POST', '/things', { bearer: await anOwner() })).code).toBe('auth.forbidden');
  });

  test('a role that changed counts at once on this node', async () => {
    const user = await aUser({ role: 'member', member: ulid() });
    const { bearer } = await logIn(user.email);
    expect((await send('GET', '/programs/plaza/audit', { bearer })).status).toBe(403);
    await identity.enrol(user.id, PLAZA.id, 'owner', null);
    expect((await send('GET', '/programs/plaza/audit', { bearer })).status).toBe(200);
  });
});

describe('API keys', () => {
  test('a key is shown once, opens what it was made for, and is audited without its secret', async () => {
    const bearer = await anOwner();
    const made = await aKey(bearer, {
      name: ' Till 4 ',
      types: ['purchase', 'purchase'],
      permissions: ['activities.write'],
    });
    expect(made).toMatchObject({ name: 'Till 4', types: ['purchase'], lastUsedAt: null, revokedAt: null });
    expect(made.secret).toMatch(/^vk_[0-9A-Z]{26}_[\w-]{43}$/);
    const used = await send('POST', '/programs/plaza/activity-things', { bearer: made.secret });
    expect(used.body).toEqual({
      principal: {
        kind: 'key',
        id: made.id,
        mode: 'live',
        source: 'program',
        namespace: null,
        program: PLAZA.id,
        types: ['purchase'],
        permissions: ['activities.write'],
      },
    });
    const listed = await send('GET', '/programs/plaza/keys', { bearer });
    const secret = made.secret.slice(-43);
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const audited = JSON.stringify((await send('GET', '/programs/plaza/audit', { bearer })).body);
    expect(audited).toContain(made.id);
    expect(audited).not.toContain(secret);
    expect(audited).not.toContain('hash');
  });

  test('its use is noted', async () => {
    const bearer = await anOwner();
    const made = await aKey(bearer);
    await send('POST', '/programs/plaza/activity-things', { bearer: made.secret });
    await eventually(async () => {
      const { items } = (await send('GET', '/programs/plaza/keys', { bearer })).body as { items: ApiKey[] };
      expect(items.find((key) => key.id === made.id)?.lastUsedAt).not.toBeNull();
    });
  });

  test('a revoked key opens nothing from that moment', async () => {
    const bearer = await anOwner();
    const made = await aKey(bearer);
    expect((await send('POST', '/programs/plaza/activity-things', { bearer: made.secret })).status).toBe(200);
    const revoked = await send('DELETE', `/programs/plaza/keys/${made.id}`, { bearer });
    expect(revoked.body).toMatchObject({ id: made.id, revokedAt: expect.any(String) });
    const after = await send('POST', '/programs/plaza/activity-things', { bearer: made.secret });
    expect([after.status, after.code]).toEqual([401, 'auth.keyInvalid']);
    const again = await send('DELETE', `/programs/plaza/keys/${made.id}`, { bearer });
    expect(again.body).toEqual(revoked.body);
    const { items } = (await send('GET', '/programs/plaza/audit?limit=2', { bearer })).body as { items: object[] };
    expect(items).toMatchObject([
      { action: 'apiKey.revoked', before: { revokedAt: null }, after: { revokedAt: expect.any(String) } },
      { action: 'apiKey.created', before: null, subject: { kind: 'apiKey', id: made.id } },
    ]);
  });

  test('a key with the right id and another secret, or of no key, opens nothing', async () => {
    const made = await aKey(await anOwner());
    const other = `${made.secret.slice(0, -1)}${made.secret.endsWith('A') ? 'B' : 'A'}`;
    for (const bearer of [other, `vk_${ulid()}_${made.secret.slice(-43)}`, 'vk_', `vk_${made.id}`]) {
      const answer = await send('POST', '/programs/plaza/activity-things', { bearer });
      expect([answer.status, answer.code]).toEqual([401, 'auth.keyInvalid']);
    }
  });

  test('T22 a key of another program can be neither seen nor revoked', async () => {
    const made = await aKey(await anOwner());
    const other = (await logIn((await aUser({ role: 'owner', program: OTHER.id })).email)).bearer;
    await setUpSecondFactor(other);
    const answer = await send('DELETE', `/programs/other/keys/${made.id}`, { bearer: other });
    expect([answer.status, answer.code]).toEqual([404, 'key.notFound']);
    expect(JSON.stringify((await send('GET', '/programs/other/keys', { bearer: other })).body)).not.toContain(made.id);
  });

  test('types that the program does not take from keys, and rights that no key may have, are refused', async () => {
    const bearer = await anOwner();
    const unknown = await send('POST', '/programs/plaza/keys', {
      bearer,
      body: { name: 'x', types: ['purchase', 'referral.qualified'], permissions: ['activities.write'] },
    });
    expect([unknown.status, unknown.code]).toEqual([422, 'activity.unknownType']);
    for (const permission of ['keys.manage', 'programs.create', 'definitions.write', 'audit.read']) {
      expect(KeyPermission.options).not.toContain(permission);
      const body = { name: 'x', types: [], permissions: [permission] };
      expect((await send('POST', '/programs/plaza/keys', { bearer, body })).status).toBe(400);
    }
  });

  test('past its rate a key is told when to come back, and another is not', async () => {
    const bearer = await anOwner();
    const [busy, calm] = [await aKey(bearer), await aKey(bearer)];
    const statuses: number[] = [];
    for (let n = 0; n < 103; n += 1) {
      statuses.push((await send('POST', '/programs/plaza/activity-things', { bearer: busy.secret })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    const refused = await send('POST', '/programs/plaza/activity-things', { bearer: busy.secret });
    expect([refused.status, refused.code]).toEqual([429, 'rate.exceeded']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send('POST', '/programs/plaza/activity-things', { bearer: calm.secret })).status).toBe(200);
  });

  test('#48 each answer says how many requests are left to the key, and when all are there again', async () => {
    const { secret } = await aKey(await anOwner());
    const asked = async () => {
      const { headers } = await send('POST', '/programs/plaza/activity-things', { bearer: secret });
      return ['limit', 'remaining', 'policy', 'reset'].map((name) => headers.get(`ratelimit-${name}`));
    };
    expect((await asked()).slice(0, 3)).toEqual(['100', '99', '100;w=60']);
    const [, left, , reset] = await asked();
    expect(left).toBe('98');
    expect(Number(reset)).toBeGreaterThan(0);
    expect(Number(reset)).toBeLessThanOrEqual(60);
  });
});

describe('logins', () => {
  test('an e-mail address has one login, in whatever case, also when two come at once', async () => {
    const email = `${ulid()}@Example.com`;
    const draft = { name: 'Ana', password: PASSWORD, language: 'es' as const };
    const made = await Promise.all(
      [email, email.toLowerCase(), ` ${email.toUpperCase()} `].map(async (one) =>
        vouching.ensureLogin({ ...draft, email: one }, PLAZA, COMMAND),
      ),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await identity.findUserByEmail(email))?.email).toBe(email.toLowerCase());
  });

  test('passwords are kept as argon2id only', async () => {
    const user = await aUser();
    const stored = await app.get(Mongo).collection('users').findOne({ email: user.email });
    expect(JSON.stringify(stored)).toContain('$argon2id$');
    expect(JSON.stringify(stored)).not.toContain(PASSWORD);
  });

  test('enrolments made at once are all kept; a member has one login', async () => {
    const user = await aUser();
    const member = ulid();
    await Promise.all([
      identity.enrol(user.id, PLAZA.id, 'member', member),
      identity.enrol(user.id, OTHER.id, 'manager', null),
    ]);
    const found = await identity.userOfMember(member);
    expect(found?.enrolments).toHaveLength(2);
    const rival = await aUser();
    await expect(identity.enrol(rival.id, PLAZA.id, 'member', member)).rejects.toMatchObject({ code: 11000 });
    await identity.enrol(user.id, PLAZA.id, 'manager', null);
    expect(await identity.userOfMember(member)).toBeNull();
    await identity.enrol(rival.id, PLAZA.id, 'member', member);
    expect((await identity.userOfMember(member))?.id).toBe(rival.id);
  });

  test('an enrolment within a transaction that is given up is none', async () => {
    const user = await aUser();
    const giveUp = app.get(Mongo).transact(async (session) => {
      await identity.enrol(user.id, PLAZA.id, 'owner', null, session);
      throw new Error('given up');
    });
    await expect(giveUp).rejects.toThrow('given up');
    expect((await identity.findUser(user.id))?.enrolments).toEqual([]);
  });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await check();
    } catch (error) {
      if (tries >= 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
