import { listBadgeHolders, withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { changeMemberAttributes, getMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import {
  changePause,
  getMission,
  giveUpPause,
  grantFreezes,
  planPause,
  restoreStreak,
} from '@verbena/shared/missions/missions.routes.js';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aPurchase } from '#support/factories.js';
import { call, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

/** A Friday. */
const NOW = '2026-11-20T10:00:00.000Z';

let server: TestServer;
let story: Story;
let ana: Person;
let staff: Person;
beforeAll(async () => {
  server = await startServer({ clock: NOW });
  const diaria = {
    id: 'diaria',
    rev: 1,
    name: { es: 'Diaria', en: 'Daily' },
    description: { es: 'Cada día.', en: 'Every day.' },
    on: { activity: 'purchase' },
    goal: {
      kind: 'streak' as const,
      unit: 'day' as const,
      length: 9,
      freezes: { max: 2 },
      pause: { daysPerYear: 5 },
    },
    reward: { points: [{ currency: 'puntos', amount: 5 }], badges: [] },
    zone: 'program' as const,
  };
  const definitions = {
    ...shoppingCentre,
    missions: [...shoppingCentre.missions, diaria],
    memberAttributes: [
      { id: 'club', name: { es: 'Club', en: 'Club' }, schema: { type: 'string' as const, enum: ['norte', 'sur'] } },
    ],
  };
  story = await Story.begin(server, { program: { preset: undefined, definitions } });
  ana = await story.person();
  staff = await story.person('owner');
  for (const day of ['16', '18'])
    await story.record(
      aPurchase({ externalId: ana.externalId, totalMinor: 1_000, occurredAt: `2026-11-${day}T10:00:00Z` }),
    );
});
afterAll(() => server?.stop());

const mine = () => ({ program: story.slug, member: 'me', mission: 'diaria' });
const hers = () => ({ program: story.slug, member: `ext:${ana.externalId}`, mission: 'diaria' });

test('E6 a member plans pauses side by side, changes and gives up each; everything else is refused with its reason and field', async () => {
  const plan = (from: string, until: string) => ({ params: mine(), body: { from, until } });
  const first = (day: string) => ({ params: { ...mine(), first: day } });
  const change = (day: string, from: string, until: string) => ({ ...first(day), body: { from, until } });
  const refused = [
    ['2026-11-19', '2026-11-22', 'streak.pausePast', 'from', 'pausePast'],
    ['2026-11-22', '2026-11-21', 'streak.pausePast', 'until', 'pausePast'],
    ['2026-11-21', '2026-11-26', 'streak.pauseTooLong', 'until', 'pauseTooLong'],
  ] as const;
  for (const [from, until, code, field, rule] of refused)
    expect(await refusal(ana.caller, planPause, plan(from, until))).toMatchObject({
      code,
      fields: [{ path: [field], code: rule }],
    });
  const planned = await call(ana.caller, planPause, plan('2026-11-21', '2026-11-24'));
  expect(planned.keeps).toEqual({
    freezes: { held: 0, max: 2 },
    pause: {
      today: '2026-11-20',
      planned: [{ from: '2026-11-21', until: '2026-11-24', runs: false }],
      years: [{ year: '2026', daysLeft: 1 }],
    },
  });
  // One day in this year, five in the next.
  const both = await call(ana.caller, planPause, plan('2026-12-31', '2027-01-05'));
  expect(both.keeps?.pause).toMatchObject({
    planned: [{ from: '2026-11-21' }, { from: '2026-12-31' }],
    years: [
      { year: '2026', daysLeft: 0 },
      { year: '2027', daysLeft: 0 },
    ],
  });
  expect(await refusal(ana.caller, planPause, plan('2026-11-24', '2026-11-25'))).toMatchObject({
    status: 409,
    code: 'streak.pauseOverlaps',
    fields: [{ path: ['from'], code: 'pauseOverlaps' }],
  });
  expect(await refusal(ana.caller, changePause, change('2026-11-21', '2026-11-21', '2026-11-20'))).toMatchObject({
    code: 'streak.pausePast',
    fields: [{ path: ['until'] }],
  });
  expect(await refusal(ana.caller, changePause, change('2026-11-23', '2026-11-23', '2026-11-23'))).toMatchObject({
    status: 404,
    code: 'streak.pauseNotFound',
  });
  expect(
    (await call(ana.caller, changePause, change('2026-12-31', '2027-02-01', '2027-02-02'))).keeps?.pause?.years,
  ).toEqual([
    { year: '2026', daysLeft: 1 },
    { year: '2027', daysLeft: 3 },
  ]);
  expect((await call(ana.caller, giveUpPause, first('2026-11-21'))).keeps?.pause).toMatchObject({
    planned: [{ from: '2027-02-01', until: '2027-02-02' }],
    years: [{ daysLeft: 5 }, { daysLeft: 3 }],
  });
  for (const day of ['2026-11-21', 'nunca'])
    expect((await refusal(ana.caller, giveUpPause, first(day))).code).toBe('streak.pauseNotFound');
  await call(ana.caller, giveUpPause, first('2027-02-01'));
  const wrong = await refusal(ana.caller, planPause, {
    params: { ...mine(), mission: 'racha-semanal' },
    body: { from: '2026-11-21', until: '2026-11-21' },
  });
  expect(wrong.code).toBe('streak.noPause');
});

test('E6 staff give back what broke a streak and grant freezes, with a reason that the member reads; members cannot', async () => {
  const reason = 'Se cayó la caja';
  const restore = { params: hers(), body: { period: '2026-11-17', reason } };
  expect((await refusal(ana.caller, restoreStreak, restore)).status).toBeGreaterThanOrEqual(403);
  const page = await call(staff.caller, restoreStreak, restore);
  expect(page.weeks.slice(-4).map(({ state }) => state)).toEqual(['kept', 'free', 'missed', 'now']);
  expect((await refusal(staff.caller, restoreStreak, restore)).code).toBe('streak.notBroken');
  const once = { params: hers(), body: { freezes: 1, reason, key: 'averia-1' } };
  for (const again of ['first', 'again'])
    expect([again, (await call(staff.caller, grantFreezes, once)).keeps?.freezes?.held]).toEqual([again, 1]);
  const granted = await call(staff.caller, grantFreezes, { params: hers(), body: { freezes: 5, reason } });
  expect(granted.keeps?.freezes).toEqual({ held: 2, max: 2 });
  const { items } = await call(ana.caller, listEntries, { params: { program: story.slug, member: 'me' } });
  expect(items.filter(({ note }) => note?.reason === reason)).toHaveLength(4);
  const mission = await call(ana.caller, getMission, { params: mine() });
  expect(mission.keeps?.freezes?.held).toBe(2);
});

test('F1 F2 staff take a badge away, which the member reads and the count of holders shows', async () => {
  const params = { program: story.slug, member: `ext:${ana.externalId}`, badge: 'primera-compra' };
  const before = await call(ana.caller, listBadgeHolders, { params: { program: story.slug } });
  expect(before.items).toContainEqual({ id: 'primera-compra', holders: 1 });
  await call(staff.caller, withdrawBadge, { params, body: { reason: 'Un error del equipo' } });
  const standing = await call(ana.caller, getStanding, { params: { program: story.slug, member: 'me' } });
  expect(standing.badges).toEqual([]);
  expect((await refusal(staff.caller, withdrawBadge, { params, body: { reason: 'Otra vez' } })).code).toBe(
    'badge.notHeld',
  );
});

test('A2 staff set what the program declares of a member; what does not fit is refused at its field', async () => {
  const params = { program: story.slug, member: `ext:${ana.externalId}` };
  const wrong = await refusal(staff.caller, changeMemberAttributes, {
    params,
    body: { attributes: { club: 'este', otro: 1 } },
  });
  expect(wrong.fields?.map(({ path, code }) => [path.join('.'), code])).toEqual([
    ['attributes.club', 'choice'],
    ['attributes.otro', 'unknown'],
  ]);
  await call(staff.caller, changeMemberAttributes, { params, body: { attributes: { club: 'sur' } } });
  const read = await call(ana.caller, getMemberAttributes, { params: { program: story.slug, member: 'me' } });
  expect(read.values).toEqual({ club: 'sur' });
  const gone = await call(staff.caller, changeMemberAttributes, { params, body: { attributes: { club: null } } });
  expect(gone.values).toEqual({});
});
