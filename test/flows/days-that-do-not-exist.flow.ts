import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { recordActivities } from '@verbena/shared/activities/activities.routes.js';
import { getBoard } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { getStanding } from '@verbena/shared/ledger/ledger.routes.js';
import { changeMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import { getMission, planPause, restoreStreak } from '@verbena/shared/missions/missions.routes.js';
import { holdPoints, movePending } from '@verbena/shared/points/points.routes.js';
import { changeDraft, createDraft } from '@verbena/shared/programs/versions.routes.js';
import { getDefinitions, putDefinitions } from '@verbena/shared/programs/programs.routes.js';
import type { RouteSpec } from '@verbena/shared/platform/route.js';
import { MongoClient } from 'mongodb';
import { type CalendarPlace, calendarPlaces, inputWith } from '#support/calendar-places.js';
import { aKey, aPurchase } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { allRoutes, nameOf } from '#support/route-table.js';
import { type Person, Story } from '#support/story.js';
import { StreamClient } from '#support/stream-client.js';
import { startServer, type TestServer } from '#support/test-server.js';

const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
let story: Story;
let ana: Person;
let shop: Story['shop'];
beforeAll(async () => {
  server = await startServer({ clock: NOW });
  const diaria = {
    id: 'diaria',
    rev: 1,
    name: { es: 'Diaria', en: 'Daily' },
    description: { es: 'Cada día.', en: 'Every day.' },
    on: { activity: 'purchase' },
    goal: { kind: 'streak' as const, unit: 'week' as const, length: 9, pause: { daysPerYear: 30 } },
    reward: { points: [{ currency: 'puntos', amount: 5 }], badges: [] },
    zone: 'program' as const,
  };
  const definitions = {
    ...shoppingCentre,
    tiers: shoppingCentre.tiers.map((tier) => ({
      ...tier,
      period: { kind: 'anniversary' as const, of: 'contract' },
    })),
    missions: [...shoppingCentre.missions, diaria],
    rules: shoppingCentre.rules.map((rule) =>
      rule.id === 'compra' ? { ...rule, earn: rule.earn.map((one) => ({ ...one, pending: { days: 14 } })) } : rule,
    ),
    memberAttributes: [
      { id: 'contract', name: { es: 'Contrato', en: 'Contract' }, schema: { type: 'string' as const } },
    ],
  };
  const permissions = ['activities.write', 'activities.read', 'members.read', 'points.hold'] as const;
  story = await Story.begin(server, {
    program: { preset: undefined, definitions },
    key: { permissions: [...permissions] },
  });
  shop = story.shop;
  ana = await story.person();
  await story.record(aPurchase({ externalId: ana.externalId, totalMinor: 9_000, occurredAt: '2026-11-18T10:00:00Z' }));
});
afterAll(() => server?.stop());

/** Nothing of what was refused reached a lane that had to set it aside. */
afterEach(async () => {
  expect((await server.health()).status).toBe('ok');
  const client = await MongoClient.connect(server.mongodbUri);
  try {
    expect(await client.db(server.database).collection('quarantine').find().toArray()).toEqual([]);
  } finally {
    await client.close();
  }
});

const NO_DAYS: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-02-30', '2027-02-29', '2027-99-99', '0000-01-01', '1899-12-31', '9999-12-31'],
  'date-time': ['2026-02-30T10:00:00Z', '2027-99-99T10:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  period: ['2026-W54', '2025-W53', '2026-13', '2026-02-30', '0000-W01'],
};

/** Every place of every route that takes a day, a moment or a period, in the body or behind the `?`. */
const placesOf = (route: RouteSpec): (CalendarPlace & { readonly part: 'body' | 'query' })[] =>
  (['body', 'query'] as const).flatMap((part) =>
    route[part] === undefined ? [] : calendarPlaces(route[part]).map((place) => ({ ...place, part })),
  );

test('M1 L18 every route refuses a day, moment or period that does not exist, and names its field', async () => {
  const wrong: string[] = [];
  const asked = new Set<string>();
  for (const route of await allRoutes()) {
    for (const { part, path, format } of placesOf(route)) {
      const place = `${nameOf(route)} ${path.join('.')}`;
      if (format === null) {
        // A day of a definition: a draft holds it and says what is wrong, and nothing that is in force does.
        if (path[0] !== 'definitions') wrong.push(`${place}: only its form is checked`);
        continue;
      }
      asked.add(place);
      const params = Object.fromEntries([...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']) => [name, '1']));
      const given = { ...params, program: story.slug, member: `ext:${ana.externalId}` };
      for (const noDay of NO_DAYS[format] ?? []) {
        const answer = await ask(server.local, route, { params: given, [part]: inputWith(path, noDay) });
        const { fields = [] } = JSON.parse(answer.text) as {
          fields?: { path: string[]; code: string; detail: string }[];
        };
        const field = fields.find((one) => one.path.join('.') === path.join('.'));
        if (answer.status !== 400 || field?.code !== 'noSuchDay' || !field.detail.startsWith('Esa fecha no existe'))
          wrong.push(`${place} ${noDay}: ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect([...asked]).toEqual(
    expect.arrayContaining([
      'POST /programs/:program/activities occurredAt',
      'POST /programs/:program/activities/:key/reversal occurredAt',
      'POST /programs/:program/members/:member/activities occurredAt',
      'POST /programs/:program/drafts/:draft/trial activity.occurredAt',
      'POST /programs/:program/drafts/:draft/publish from',
      'POST /programs/:program/undo-plans until',
      'GET /programs/:program/boards/:board run',
      'GET /programs/:program/boards/:board asOf',
      'POST /programs/:program/members/:member/missions/:mission/restorations period',
      'POST /test/clock at',
    ]),
  );
});

test('L18 a batch refuses the one place, in the reader’s language, and takes its neighbours', async () => {
  const activities = ['2026-11-19T10:00:00Z', '2026-02-30T10:00:00Z', '0000-06-01T00:00:00Z'].map((occurredAt) =>
    aPurchase({ externalId: ana.externalId, totalMinor: 1_000, occurredAt }),
  );
  const { results } = await call(shop, recordActivities, { params: { program: story.slug }, body: { activities } });
  expect(results[0]).toMatchObject({ status: 'accepted' });
  for (const refused of results.slice(1))
    expect(refused).toMatchObject({ code: 'input.invalid', fields: [{ path: ['occurredAt'], code: 'noSuchDay' }] });
  const english = await story.post(activities[1], { 'accept-language': 'en' });
  expect(english.text).toContain('There is no such date, or its year is not between 1900 and 2100.');
});

test('M1 a pause of days that do not exist gives no days back, and the year keeps its limit', async () => {
  const params = { program: story.slug, member: 'me', mission: 'diaria' };
  const plan = (from: string, until: string) => refusal(ana.caller, planPause, { params, body: { from, until } });
  expect((await plan('2026-12-01', '2026-12-31')).code).toBe('streak.pauseTooLong');
  expect(await plan('2026-12-99', '2027-01-01')).toMatchObject({
    code: 'input.invalid',
    fields: [{ path: ['from'], code: 'noSuchDay' }],
  });
  expect((await plan('2026-12-02', '2026-12-01')).code).toBe('streak.pausePast');
  expect((await plan('2026-12-01', '2026-12-31')).code).toBe('streak.pauseTooLong');
  expect((await call(ana.caller, getMission, { params })).keeps?.pause).toMatchObject({
    planned: [],
    years: [{ year: '2026', daysLeft: 30 }],
  });
});

test('M1 holds and pending points take days that there are, and only those', async () => {
  const params = { program: story.slug, member: `ext:${ana.externalId}` };
  const { pending = [] } = await call(server.local, getStanding, { params });
  const ref = pending[0]?.ref ?? '';
  const move = (on: string) => ({ params: { ...params, ref }, body: { key: aKey('fecha'), reason: 'Lo pidió', on } });
  expect(await refusal(server.local, movePending, move('2027-02-30'))).toMatchObject({
    status: 400,
    fields: [{ path: ['on'] }],
  });
  expect(await call(server.local, movePending, move('2028-02-29'))).toMatchObject({ outcome: 'accepted' });
  const hold = (until: string) => ({ params, body: { key: aKey('reserva'), currency: 'puntos', amount: 1, until } });
  expect(await refusal(shop, holdPoints, hold('2027-99-99'))).toMatchObject({ fields: [{ path: ['until'] }] });
  // The greatest day that may be given, and what is counted on from it.
  expect(await refusal(shop, holdPoints, hold('2100-12-31'))).toMatchObject({ status: 422, code: 'points.notEnough' });
  expect(await call(server.local, movePending, move('2100-12-31'))).toMatchObject({ outcome: 'accepted' });
});

test('M1 a streak is restored in a week that there is, a run is read that there can be', async () => {
  const params = { program: story.slug, member: `ext:${ana.externalId}`, mission: 'diaria' };
  const restore = (period: string) => ({ params, body: { period, reason: 'Se cayó la caja' } });
  expect(await refusal(server.local, restoreStreak, restore('2026-W00'))).toMatchObject({
    fields: [{ path: ['period'] }],
  });
  expect((await refusal(server.local, restoreStreak, restore('2026-W46'))).code).toBe('streak.notBroken');
  const board = { program: story.slug, board: 'semana' };
  expect((await refusal(ana.caller, getBoard, { params: board, query: { run: '2026-W53' } })).code).toBe(
    'board.notFound',
  );
  const client = await StreamClient.connect(server.url, ana.caller.bearer, story.slug);
  for (const run of ['2026-W54', '2026-13', '0000'])
    await expect(client.command('stream.open', { stream: `board:semana:${run}` })).rejects.toThrow('stream.unknown');
  client.close();
});

test('M1 what a tier counts its years from is a day, or is taken away', async () => {
  const params = { program: story.slug, member: `ext:${ana.externalId}` };
  const set = (contract: string | null) => ({ params, body: { attributes: { contract } } });
  for (const noDay of ['2024-02-30', '0000-01-01', 'hace mucho'])
    expect(await refusal(server.local, changeMemberAttributes, set(noDay))).toMatchObject({
      code: 'input.invalid',
      fields: [{ path: ['attributes', 'contract'], code: 'noSuchDay' }],
    });
  expect((await call(server.local, changeMemberAttributes, set('2024-02-29'))).values).toEqual({
    contract: '2024-02-29',
  });
  expect((await call(server.local, changeMemberAttributes, set(null))).values).toEqual({});
});

test('M1 a draft says which of its days does not exist, and nothing is published with it', async () => {
  const params = { program: story.slug };
  const { definitions, version } = await call(server.local, getDefinitions, { params });
  const missions = definitions.missions.map((one) => ({ ...one, window: { from: '2026-02-30', until: '9999-12-31' } }));
  const wrong = { ...definitions, missions };
  const draft = await call(server.local, createDraft, { params, body: { name: aKey('borrador') } });
  const changed = await call(server.local, changeDraft, {
    params: { ...params, draft: draft.id },
    body: { edit: draft.edit, definitions: wrong },
  });
  const places = [
    { path: ['missions', 0, 'window', 'from'], code: 'definition.noSuchDay' },
    { path: ['missions', 0, 'window', 'until'], code: 'definition.noSuchDay' },
  ];
  expect(changed.problems).toMatchObject(expect.arrayContaining(places.map((one) => expect.objectContaining(one))));
  const refused = await refusal(server.local, putDefinitions, { params, body: { definitions: wrong } });
  expect(refused).toMatchObject({ status: 422, code: 'definitions.invalid' });
  expect(refused.fields?.length).toBe(2 * missions.length);
  expect((await call(server.local, getDefinitions, { params })).version).toBe(version);
});
