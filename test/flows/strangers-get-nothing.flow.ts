import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { startBacktest } from '@verbena/shared/backtests/backtests.routes.js';
import { createApiKey, listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { logout } from '@verbena/shared/identity/identity.routes.js';
import { listSessions } from '@verbena/shared/identity/accounts.routes.js';
import { changeProfile } from '@verbena/shared/members/members.routes.js';
import { createBrand, createShop } from '@verbena/shared/programs/brands.routes.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { createDraft } from '@verbena/shared/programs/versions.routes.js';
import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import type { Access, RouteSpec } from '@verbena/shared/platform/route.js';
import { aKey, aMember, anApiKey, aProgram, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { ask, call, type Caller } from '#support/http-call.js';
import { allRoutes, nameOf } from '#support/route-table.js';
import { type Person, Story } from '#support/story.js';
import { SocketRefused, StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
let routes: RouteSpec[];
let own: Story;
let foreign: Story;
let owner: Person;
let member: Person;
let victim: Person;
/** What each path parameter is of the other tenant. */
let others: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  routes = await allRoutes();
  [own, foreign] = [await Story.begin(server), await Story.begin(server)];
  owner = await own.person('owner');
  member = await own.person();
  victim = await foreign.person();
  const recorded = await foreign.record(aPurchase({ externalId: victim.externalId, totalMinor: 1_000 }));
  const key = await call(server.local, createApiKey, { params: { program: foreign.slug }, body: anApiKey() });
  const [brand, shop] = [
    await call(server.local, createBrand, { params: { program: foreign.slug }, body: { slug: 'una', name: 'Una' } }),
    await call(server.local, createShop, { params: { program: foreign.slug }, body: { slug: 'una', name: 'Una' } }),
  ];
  const [{ id: victimSession } = { id: '' }] = (await call(victim.caller, listSessions)).items;
  const { code } = await call(victim.caller, getReferrals, { params: { program: foreign.slug, member: 'me' } });
  await call(victim.caller, changeProfile, {
    params: { program: foreign.slug, member: 'me' },
    body: { alias: 'Vecina de al lado' },
  });
  const draft = await call(server.local, createDraft, {
    params: { program: foreign.slug },
    body: { name: 'De otros' },
  });
  const backtest = await call(server.local, startBacktest, { params: { program: foreign.slug, draft: draft.id } });
  others = {
    program: foreign.slug,
    // Nobody has so many.
    version: '900',
    draft: draft.id,
    backtest: backtest.id,
    plan: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
    member: victim.member ?? '',
    key: recorded.key,
    seq: '1',
    ref: '1-1',
    entry: recorded.id,
    adjustment: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
    board: 'otra-plaza',
    apiKey: key.id,
    brand: brand.id,
    shop: shop.id,
    mail: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
    session: victimSession,
    // Nothing of it was set aside.
    id: recorded.id,
    mission: 'diez-visitas',
    first: '2030-01-01',
    badge: 'primera-compra',
    alias: 'Vecina de al lado',
    code,
  };
});
afterAll(() => server?.stop());

/** A body that the contract takes, for each route that has one. */
const BODIES: Readonly<Record<string, () => object>> = {
  'POST /auth/login': () => ({ email: 'alguien@example.com', password: 'una-clave-larga' }),
  'POST /auth/register': () => ({
    email: 'otra@example.com',
    password: 'una-clave-larga',
    name: 'Otra Persona',
    language: 'es',
    program: own.slug,
  }),
  'POST /auth/verify': () => ({ code: 'A'.repeat(43) }),
  'POST /auth/verify/resend': () => ({ program: own.slug }),
  'POST /auth/reset': () => ({ email: 'nadie@example.com', program: own.slug }),
  'POST /auth/reset/confirm': () => ({ code: 'A'.repeat(43), password: 'una-clave-larga' }),
  'POST /auth/password': () => ({ current: 'una-clave-larga', password: 'otra-clave-larga' }),
  'PATCH /me': () => ({ name: 'Otra', language: 'en' }),
  'POST /me/second-factor': () => ({ password: 'una-clave-larga' }),
  'POST /me/second-factor/confirm': () => ({ code: '123456' }),
  'POST /auth/second-factor': () => ({ code: '123456' }),
  'POST /me/second-factor/remove': () => ({ password: 'una-clave-larga', code: '123456' }),
  'POST /programs': () => aProgram(),
  'PUT /programs/:program/definitions': () => ({ definitions: SMALL_DEFINITIONS }),
  'POST /programs/:program/versions/:version/revert': () => ({ correction: 'Un error de bulto' }),
  'POST /programs/:program/undo-plans': () => ({
    version: 1,
    reason: 'Un cero de más',
    message: { es: 'Lo hemos corregido.' },
  }),
  'POST /programs/:program/drafts': () => ({ name: aKey('borrador') }),
  'PUT /programs/:program/drafts/:draft': () => ({ edit: 1, name: 'Otro nombre' }),
  'POST /programs/:program/drafts/:draft/rebase': () => ({ edit: 1 }),
  'POST /programs/:program/drafts/:draft/review': () => ({ edit: 1, decision: 'request' }),
  'POST /programs/:program/drafts/:draft/publish': () => ({ edit: 1 }),
  'POST /programs/:program/drafts/:draft/trial': () => ({ member: 'ext:alguien', activity: { seq: 1 } }),
  'PATCH /programs/:program': () => ({ enrolment: 'optIn', joining: 'invitation' }),
  'POST /programs/:program/legal': () => ({
    terms: { es: 'Unas' },
    privacy: { es: 'Uno' },
    ageMin: null,
    purposes: [],
    mustAccept: true,
    expectedVersion: 0,
  }),
  'POST /programs/:program/legal/preview': () => ({ markdown: 'Hola' }),
  'POST /programs/:program/members/:member/consents': () => ({ version: 1, language: 'es', accepts: true }),
  'POST /programs/:program/keys': () => anApiKey(),
  'POST /programs/:program/brands': () => ({ slug: 'moda-sur', name: 'Moda Sur', externalIds: 'own' }),
  'PATCH /programs/:program/brands/:brand': () => ({ name: 'Moda Norte', archived: true }),
  'POST /programs/:program/shops': () => ({ slug: 'caja-1', name: 'Caja 1', brand: null }),
  'PATCH /programs/:program/shops/:shop': () => ({ name: 'Caja 2', archived: true }),
  'POST /programs/:program/activities': () =>
    aPurchase({ departments: [DEPARTMENTS[0]], channel: 'shop', occurredAt: new Date().toISOString() }),
  'POST /programs/:program/activities/batch': () => ({ activities: [aPurchase()] }),
  'POST /programs/:program/members/:member/merge-preview': () => ({ ends: 'ext:alguien' }),
  'POST /programs/:program/members/:member/merges': () => ({ ends: 'ext:alguien', reason: 'Es la misma persona' }),
  'POST /programs/:program/members/:member/claim-preview': () => ({ claim: '7QF2-M0XA-9KTC' }),
  'POST /programs/:program/members/:member/claims': () => ({ claim: '7QF2-M0XA-9KTC' }),
  'POST /programs/:program/members/:member/badges/:badge/withdrawal': () => ({ reason: 'Un error del equipo' }),
  'PATCH /programs/:program/members/:member/attributes': () => ({ attributes: {} }),
  'POST /programs/:program/members/:member/missions/:mission/pauses': () => ({
    from: '2030-01-01',
    until: '2030-01-02',
  }),
  'PUT /programs/:program/members/:member/missions/:mission/pauses/:first': () => ({
    from: '2030-01-01',
    until: '2030-01-02',
  }),
  'POST /programs/:program/members/:member/missions/:mission/restorations': () => ({
    period: '2026-W01',
    reason: 'Se cayó la caja',
  }),
  'POST /programs/:program/members/:member/missions/:mission/freezes': () => ({ freezes: 1, reason: 'Un detalle' }),
  'POST /programs/:program/members/:member/activities': () => ({
    key: aKey('mano'),
    type: 'purchase',
    attributes: { totalMinor: 1_000 },
    reason: 'No pasó por caja',
  }),
  'POST /programs/:program/members/:member/activities/trial': () => ({
    type: 'purchase',
    attributes: { totalMinor: 1_000 },
  }),
  'POST /programs/:program/members/:member/entries/:seq/reversal': () => ({
    key: aKey('deshacer'),
    reason: 'Un error',
  }),
  'POST /programs/:program/members/:member/entries/:seq/return': () => ({
    key: aKey('devolver'),
    reason: 'Una devolución',
    remaining: { totalMinor: 100 },
  }),
  'POST /programs/:program/members/:member/pending/:ref/activation': () => ({ key: aKey('ya'), reason: 'Ya llegó' }),
  'POST /programs/:program/members/:member/pending/:ref/date': () => ({
    key: aKey('fecha'),
    reason: 'Lo pidió',
    on: '2030-01-01',
  }),
  'POST /programs/:program/members/:member/pending/:ref/cancellation': () => ({ key: aKey('no'), reason: 'Un error' }),
  'POST /programs/:program/members/:member/holds': () => ({ key: aKey('reserva'), currency: 'puntos', amount: 1 }),
  'POST /programs/:program/members/:member/holds/:ref/capture': () => ({ key: aKey('cobro'), amount: 1 }),
  'POST /programs/:program/members/:member/captures/:entry/cancellation': () => ({ key: aKey('anular'), amount: 1 }),
  'POST /programs/:program/members/:member/holds/:ref/release': () => ({ key: aKey('soltar') }),
  'POST /programs/:program/members/:member/transfers': () => ({
    key: aKey('regalo'),
    currency: 'puntos',
    amount: 1,
    to: { alias: 'Vecina de al lado' },
  }),
  'POST /programs/:program/members/:member/adjustments': () => ({
    key: aKey('ajuste'),
    currency: 'puntos',
    amount: 5,
    reason: 'Un regalo',
  }),
  'POST /programs/:program/adjustments/:adjustment/refusal': () => ({ reason: 'Sin motivo' }),
  'POST /programs/:program/activities/:key/reversal': () => ({ key: aKey('devolver'), reason: 'Una devolución' }),
  'PUT /programs/:program/members/:member': () => ({ name: 'Lucía Peña', alias: 'luz', language: 'es' }),
  'POST /programs/:program/join': () => ({
    alias: 'luz de sol',
    boards: 'alias',
    language: 'es',
    zone: 'Europe/Madrid',
    invitation: '0123456789',
    claim: '0123-4567-89AB',
    consents: { version: 1, language: 'es', accepts: true, purposes: {} },
  }),
  'POST /programs/:program/members/:member/leave': () => ({}),
  'PATCH /programs/:program/members/:member/profile': () => ({
    name: 'Lucía Peña',
    alias: 'luz de sol',
    language: 'es',
    zone: 'Europe/Madrid',
    boards: 'alias',
    shows: { name: false, tier: true, badges: true, points: false, joined: false },
  }),
  'POST /programs/:program/members/:member/claim-codes': () => ({}),
  'POST /programs/:program/join-codes': () => ({ code: '0123456789' }),
  'POST /programs/:program/alias-checks': () => ({ alias: 'Nadie' }),
  'POST /programs/:program/members/:member/cards': () => ({ externalId: aKey('tarjeta'), reason: 'La trajo en mano' }),
  'POST /programs/:program/members/:member/cards/removal': () => ({
    externalId: aKey('tarjeta'),
    reason: 'La ha perdido',
  }),
  'POST /programs/:program/logins': () => {
    const { email, password, name } = aMember();
    return { email, password, name, language: 'es', role: 'member', member: `ext:${aKey('tarjeta')}` };
  },
  'POST /programs/:program/reconciliation': () => ({}),
  'POST /test/clock': () => ({ at: new Date().toISOString() }),
};

const text = { es: 'Uno', en: 'One' };
const SMALL_DEFINITIONS = {
  activityTypes: [
    {
      id: 'purchase',
      rev: 1,
      name: text,
      attributes: {
        type: 'object',
        required: ['totalMinor'],
        properties: { totalMinor: { type: 'integer', minimum: 0, 'x-unit': 'EUR' } },
      },
    },
  ],
  currencies: [
    {
      id: 'puntos',
      rev: 1,
      name: text,
      unit: { one: text, other: text },
      expiry: { kind: 'months', months: 12 },
      zone: 'program',
    },
  ],
  rules: [
    {
      id: 'compra',
      rev: 1,
      name: text,
      on: { activity: 'purchase' },
      when: { field: 'totalMinor', op: 'gt', value: 0 },
      earn: [
        {
          currency: 'puntos',
          amount: { product: [{ field: 'totalMinor' }, { ratio: [1, 100] }] },
          cap: { per: 'day', times: 4 },
        },
      ],
      zone: 'program',
    },
  ],
  missions: [
    {
      id: 'diez',
      rev: 1,
      name: text,
      description: text,
      on: { activity: 'purchase' },
      goal: { kind: 'count', target: 10, per: 'month' },
      reward: { points: [{ currency: 'puntos', amount: 5 }], badges: [] },
      zone: 'program',
    },
  ],
  badges: [
    { id: 'primera', rev: 1, name: text, description: text, grant: { kind: 'count', activity: 'purchase', target: 1 } },
  ],
  tiers: [
    { id: 'socio', rev: 1, name: text, currency: 'puntos', threshold: 0, percent: 100, benefits: [], zone: 'program' },
  ],
};

const paramsOf = (route: RouteSpec, values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => {
      const value = name === 'key' && route.path.includes('/keys/') ? values['apiKey'] : values[name];
      if (value === undefined) throw new Error(`${nameOf(route)}: nobody says what :${name} is.`);
      return [name, value];
    }),
  );

const bodyOf = (route: RouteSpec): object | undefined => {
  if (route.body === undefined) return undefined;
  const make = BODIES[nameOf(route)];
  if (make === undefined) throw new Error(`${nameOf(route)} has a body and no example here.`);
  return make();
};

/** What the shop's key may: a right that it lacks is said openly within its own program, before anything is looked up. */
const isOfKey = (access: Access): boolean => {
  const right = typeof access === 'object' ? access.ownOr : access;
  return right === 'public' || anApiKey().permissions.some((held) => held === right);
};

const codeOf = (answer: string): string => (JSON.parse(answer) as { code: string }).code;

test('T22 every route that is served is in the table', async () => {
  const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const served = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{([A-Za-z]+)\}/g, ':$1')}`,
    ),
  );
  expect(served.sort()).toEqual(routes.map(nameOf).sort());
});

describe('another tenant’s things do not exist (T22)', () => {
  const state = async () =>
    JSON.stringify(
      [
        await foreign.journal(victim.externalId),
        await call(server.local, listApiKeys, { params: { program: foreign.slug } }),
        await call(server.local, listAuditEntries, { params: { program: foreign.slug } }),
        await call(server.local, getProgram, { params: { program: foreign.slug } }),
      ],
      (name, value: unknown) => (name === 'lastUsedAt' ? null : value),
    );

  test('T22 every route of a program × an owner, a member and a key of another: 404, and nothing changed', async () => {
    const before = await state();
    const callers: Record<string, Caller> = { owner: owner.caller, member: member.caller, key: own.shop };
    const wrong: string[] = [];
    let asked = 0;
    // To join is what somebody without a place there may do: `joining.flow.ts` says who.
    const closed = routes.filter(({ access }) => access !== 'public' && access !== 'joining');
    for (const route of closed.filter((one) => one.path.includes(':program'))) {
      for (const [who, caller] of Object.entries(callers)) {
        const answer = await ask(caller, route, { params: paramsOf(route, others), body: bodyOf(route) });
        asked += 1;
        if (answer.status !== 404 || codeOf(answer.text) !== 'program.notFound')
          wrong.push(`${nameOf(route)} as ${who}: ${answer.status} ${answer.text.slice(0, 120)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(40);
    expect(await state()).toBe(before);
  });

  test('T22 one’s own program with another’s member, key, entry or activity: not found either', async () => {
    const before = await state();
    const wrong: string[] = [];
    let asked = 0;
    const mixed = { ...others, program: own.slug };
    for (const route of routes.filter((one) => /:program\/.*:/.test(one.path))) {
      for (const [who, caller] of Object.entries({ owner: owner.caller, key: own.shop })) {
        const answer = await ask(caller, route, { params: paramsOf(route, mixed), body: bodyOf(route) });
        asked += 1;
        const isRefusedRight =
          answer.status === 403 && (route.access === 'local' || (who === 'key' && !isOfKey(route.access)));
        if (answer.status !== 404 && !isRefusedRight)
          wrong.push(`${nameOf(route)} as ${who}: ${answer.status} ${answer.text.slice(0, 120)}`);
      }
    }
    const byExternalId = await ask(
      own.shop,
      { method: 'GET', path: '/programs/:program/members/:member/standing' },
      { params: own.member(victim.externalId) },
    );
    expect(byExternalId.status).toBe(404);
    const named = await own.post(aPurchase({ member: { id: victim.member ?? '' } }));
    expect([named.status, codeOf(named.text)]).toEqual([404, 'member.notFound']);
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(15);
    expect(await state()).toBe(before);
  });

  test('T22 nobody at all: 401 on every route but the public ones', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      const answer = await ask({ url: server.url }, route, { params: paramsOf(route, others), body: bodyOf(route) });
      if (answer.status !== 401) wrong.push(`${nameOf(route)}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  test('T22 #62 a session that was ended: 401 on every route but the public ones, its socket closed within 5 s', async () => {
    const { caller, cookie } = await own.logIn(member);
    const device = await StreamClient.connect(server.url, caller.bearer, own.slug);
    await device.open();
    await ask(caller, logout, { headers: { cookie } });
    await eventually(() => !device.socket.connected, { withinMs: 5_000, until: 'the socket is closed' });
    expect(device.endings).toEqual(['auth.sessionEnded']);
    const wrong: string[] = [];
    let asked = 0;
    const params = { ...others, program: own.slug, member: 'me' };
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      const answer = await ask(caller, route, { params: paramsOf(route, params), body: bodyOf(route) });
      asked += 1;
      if (answer.status !== 401 || codeOf(answer.text) !== 'auth.sessionEnded')
        wrong.push(`${nameOf(route)}: ${answer.status} ${answer.text.slice(0, 80)}`);
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(40);
    await expect(StreamClient.connect(server.url, caller.bearer, own.slug)).rejects.toThrow('auth.sessionEnded');
  });

  test('T22 #61 sockets: a member of another program and a visitor are not let in, and no command leads out of one’s own', async () => {
    await expect(StreamClient.connect(server.url, '', own.slug)).rejects.toThrow('auth.required');
    await expect(StreamClient.connect(server.url, member.caller.bearer, foreign.slug)).rejects.toThrow(
      'program.notFound',
    );
    const device = await StreamClient.connect(server.url, member.caller.bearer, own.slug);
    await device.open();
    for (const [name, payload] of [
      ['stream.open', { stream: `me:${victim.member}` }],
      ['stream.open', { stream: `board:${foreign.slug}:ever` }],
      ['stream.seen', { stream: 'me', q: 99 }],
      ['stream.read', { stream: 'me', q: 99 }],
      ['stream.join', { room: victim.member }],
    ] as const)
      await expect(device.command(name, payload)).rejects.toBeInstanceOf(SocketRefused);
    const before = device.received.length;
    await foreign.record(aPurchase({ externalId: victim.externalId, totalMinor: 2_000 }));
    const mine = await own.record(aPurchase({ externalId: member.externalId, totalMinor: 2_000 }));
    await device.until(mine.seq);
    expect(device.received.slice(before).map(({ id }) => id)).toEqual([mine.id]);
    device.close();
  });

  test('T22 what is for this machine only is refused to owners and keys of the program itself', async () => {
    const params = {
      program: own.slug,
      member: member.member ?? '',
      key: 'x',
      seq: '1',
      ref: '1-1',
      entry: 'x',
      adjustment: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
      board: 'otra-plaza',
      apiKey: 'x',
      brand: others['brand'] ?? '',
      shop: others['shop'] ?? '',
      version: '1',
      draft: 'x',
      backtest: 'x',
      plan: 'x',
      mail: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
      session: 'x',
      id: 'x',
      code: 'x',
    };
    for (const route of routes.filter(({ access }) => access === 'local')) {
      for (const caller of [owner.caller, member.caller, own.shop])
        expect((await ask(caller, route, { params: paramsOf(route, params), body: bodyOf(route) })).status).toBe(403);
    }
  });
});

describe('operators and prototypes in every field (T23)', () => {
  type Path = readonly (string | number)[];
  const EVIL = [{ $gt: '' }, { $ne: null }, ['x', { $gt: '' }], { $where: 'sleep(1)' }] as const;

  /** Every place of a body, the whole excepted. */
  function* placesIn(value: unknown, path: Path = []): Generator<Path> {
    if (path.length > 0) yield path;
    if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* placesIn(one, [...path, index]);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) yield* placesIn(one, [...path, name]);
  }

  function replaced(value: unknown, path: Path, change: (was: unknown) => unknown): unknown {
    const [step, ...rest] = path;
    if (step === undefined) return change(value);
    if (Array.isArray(value))
      return value.map((one: unknown, index) => (index === step ? replaced(one, rest, change) : one));
    const record = value as Record<string, unknown>;
    return { ...record, [step]: replaced(record[step], rest, change) };
  }

  const withPrototype = (body: unknown, path: Path): string =>
    JSON.stringify(replaced(body, path, (was) => ({ ...(was as object), '@@': { isOperator: true } }))).replace(
      '"@@"',
      '"__proto__"',
    );

  /** With everything allowed, so that only the validation stands in between. */
  const send = (route: RouteSpec, body: unknown) =>
    ask(route.access === 'joining' ? owner.caller : server.local, route, {
      params: paramsOf(route, {
        program: own.slug,
        member: member.member ?? '',
        key: 'x',
        seq: '1',
        ref: '1-1',
        entry: 'x',
        mission: 'diez-visitas',
        first: '2030-01-01',
        badge: 'primera-compra',
        adjustment: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
        board: 'otra-plaza',
        alias: 'x',
        apiKey: 'x',
        brand: others['brand'] ?? '',
        shop: others['shop'] ?? '',
        version: '1',
        draft: 'x',
        backtest: 'x',
        plan: 'x',
        mail: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
        session: 'x',
        code: 'x',
      }),
      body,
    });

  test('T23 every field of every body: 400, whatever stands in it', async () => {
    const wrong: string[] = [];
    let asked = 0;
    const expect400 = async (route: RouteSpec, body: unknown, what: string) => {
      const answer = await send(route, body);
      asked += 1;
      if (answer.status !== 400) wrong.push(`${nameOf(route)} ${what}: ${answer.status} ${answer.text.slice(0, 160)}`);
    };
    // A batch's places answer for themselves; the next test sends them.
    for (const route of routes.filter((one) => one.body !== undefined && !one.path.endsWith('/batch'))) {
      const body = bodyOf(route) ?? {};
      for (const path of placesIn(body)) {
        for (const evil of EVIL)
          await expect400(
            route,
            replaced(body, path, () => evil),
            `${path.join('.')} = ${JSON.stringify(evil)}`,
          );
      }
      for (const path of [[], ...placesIn(body)] as Path[]) {
        const there = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], body);
        if (typeof there !== 'object' || there === null || Array.isArray(there)) continue;
        await expect400(route, withPrototype(body, path), `${path.join('.')} with __proto__`);
        await expect400(
          route,
          replaced(body, path, (was) => ({ ...(was as object), $where: '1' })),
          `${path.join('.')} with $where`,
        );
        await expect400(
          route,
          replaced(body, path, (was) => ({ ...(was as object), constructor: { prototype: { isOperator: true } } })),
          `${path.join('.')} with constructor`,
        );
      }
      for (const whole of [[], 'x', 7, null, [body]])
        await expect400(route, JSON.stringify(whole), `whole = ${JSON.stringify(whole).slice(0, 20)}`);
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect(await server.health()).toMatchObject({ status: 'ok' });
  });

  test('T23 every place of a batch is refused by itself', async () => {
    const draft = aPurchase({ departments: [DEPARTMENTS[0]], channel: 'shop', occurredAt: new Date().toISOString() });
    const places = [...placesIn(draft)].flatMap((path) => EVIL.map((evil) => replaced(draft, path, () => evil)));
    const results = await own.batch(places);
    expect(new Set(results.map((one) => (one.status === 'refused' ? one.code : one.status)))).toEqual(
      new Set(['input.invalid']),
    );
  });

  test('T23 queries: operators, doubles and strangers: 400', async () => {
    const wrong: string[] = [];
    const params = {
      program: own.slug,
      member: member.member ?? '',
      key: 'x',
      seq: '1',
      ref: '1-1',
      entry: 'x',
      adjustment: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
      board: 'otra-plaza',
      apiKey: 'x',
      brand: others['brand'] ?? '',
      shop: others['shop'] ?? '',
      version: '1',
      draft: 'x',
      backtest: 'x',
      plan: 'x',
      mail: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
      session: 'x',
      id: 'x',
      code: 'x',
    };
    for (const route of routes.filter((one) => one.query !== undefined)) {
      const path = Object.entries(paramsOf(route, params)).reduce(
        (was, [name, value]) => was.replace(`:${name}`, value),
        route.path,
      );
      for (const query of [
        'limit[$gt]=1',
        'limit=1&limit=2',
        '$where=1',
        '__proto__[x]=1',
        'limit=-1',
        'limit=1e9',
        'before[]=1',
        'otra=1',
      ]) {
        const response = await fetch(`${server.url}/api/v1${path}?${query}`, {
          headers: { authorization: `Bearer ${server.local.bearer ?? ''}` },
        });
        if (response.status !== 400) wrong.push(`${nameOf(route)}?${query}: ${response.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('T23 paths: operators and prototypes name nobody', async () => {
    const wrong: string[] = [];
    const allEvil = (evil: string) => Object.fromEntries(Object.keys(others).map((name) => [name, evil]));
    for (const route of routes.filter((one) => one.path.includes(':') && one.method === 'GET')) {
      for (const evil of [
        '{"$gt":""}',
        '__proto__',
        '[object Object]',
        '../../etc/passwd',
        'ext:__proto__',
        "'; drop",
        '\u0000',
        'ext:',
      ]) {
        const answer = await ask(server.local, route, {
          params: paramsOf(route, { ...allEvil(evil), program: evil }),
        });
        if (![400, 404].includes(answer.status))
          wrong.push(`${nameOf(route)} ${JSON.stringify(evil)}: ${answer.status}`);
        const inside = await ask(server.local, route, {
          params: paramsOf(route, { ...allEvil(evil), program: own.slug }),
        });
        if (route.path.replace(':program', '').includes(':') && ![400, 404].includes(inside.status))
          wrong.push(`${nameOf(route)} ${JSON.stringify(evil)} inside: ${inside.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
