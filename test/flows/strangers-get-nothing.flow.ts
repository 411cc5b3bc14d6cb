import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { logout } from '@verbena/shared/identity/identity.routes.js';
import type { Access, RouteSpec } from '@verbena/shared/platform/route.js';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import * as z from 'zod/mini';
import { anApiKey, aPurchase, DEPARTMENTS } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { ask, call, type Caller } from '#support/http-call.js';
import { filled, makeAll, moduleFixtures, type Named, together } from '#support/module-fixtures.js';
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
let others: Named;
/** The same in one's own program, and for one's own member. */
let ownPlace: Named;
let bodies: Readonly<Record<string, () => object>>;

beforeAll(async () => {
  server = await startServer();
  routes = await allRoutes();
  [own, foreign] = [await Story.begin(server), await Story.begin(server)];
  owner = await own.person('owner');
  member = await own.person();
  victim = await foreign.person();
  const modules = await moduleFixtures();
  others = await makeAll(modules, foreign, victim);
  ownPlace = { ...others, program: own.slug, member: member.member ?? '' };
  const given = { story: own, definitions: together<unknown>(modules.map(({ definitions }) => definitions)) };
  const brought = Object.entries(together(modules.map((module) => module.bodies)));
  bodies = Object.fromEntries(brought.map(([name, make]) => [name, () => make(given)]));
});
afterAll(() => server?.stop());

/** A route with its path filled in. */
const at = (route: RouteSpec, made: Named): Pick<RouteSpec, 'method' | 'path'> => ({
  method: route.method,
  path: filled(route.path, made),
});

const bodyOf = (route: RouteSpec): object | undefined => {
  if (route.body === undefined) return undefined;
  const make = bodies[nameOf(route)];
  if (make === undefined) throw new Error(`${nameOf(route)} has a body, and its module brings no example.`);
  const body = make();
  z.parse(route.body, body);
  return body;
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
  expect(Object.keys(bodies).filter((name) => !served.includes(name))).toEqual([]);
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
        const answer = await ask(caller, at(route, others), { body: bodyOf(route) });
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
        const answer = await ask(caller, at(route, mixed), { body: bodyOf(route) });
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
      const answer = await ask({ url: server.url }, at(route, others), { body: bodyOf(route) });
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
      const answer = await ask(caller, at(route, params), { body: bodyOf(route) });
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
    for (const route of routes.filter(({ access }) => access === 'local')) {
      for (const caller of [owner.caller, member.caller, own.shop])
        expect((await ask(caller, at(route, ownPlace), { body: bodyOf(route) })).status).toBe(403);
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
    ask(route.access === 'joining' ? owner.caller : server.local, at(route, ownPlace), { body });

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
    for (const route of routes.filter((one) => one.query !== undefined)) {
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
        const response = await fetch(`${server.url}/api/v1${filled(route.path, ownPlace)}?${query}`, {
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
        const answer = await ask(server.local, at(route, { ...allEvil(evil), program: evil }));
        if (![400, 404].includes(answer.status))
          wrong.push(`${nameOf(route)} ${JSON.stringify(evil)}: ${answer.status}`);
        const inside = await ask(server.local, at(route, { ...allEvil(evil), program: own.slug }));
        if (route.path.replace(':program', '').includes(':') && ![400, 404].includes(inside.status))
          wrong.push(`${nameOf(route)} ${JSON.stringify(evil)} inside: ${inside.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
