import { listBadgeHolders, withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { changeMemberAttributes, getMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import { getMission, grantFreezes, pauseStreak, restoreStreak } from '@verbena/shared/missions/missions.routes.js';
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

test('E6 a member plans a pause within its bounds, and gives it up; everything else is refused with its reason', async () => {
  const plan = (body: { from?: string; until?: string }) => ({ params: mine(), body });
  expect((await refusal(ana.caller, pauseStreak, plan({ from: '2026-11-19', until: '2026-11-22' }))).code).toBe(
    'streak.pausePast',
  );
  expect((await refusal(ana.caller, pauseStreak, plan({ from: '2026-11-21', until: '2026-11-26' }))).code).toBe(
    'streak.pauseTooLong',
  );
  const planned = await call(ana.caller, pauseStreak, plan({ from: '2026-11-21', until: '2026-11-24' }));
  expect(planned.keeps).toMatchObject({
    freezes: { held: 0, max: 2 },
    pause: { daysLeft: 1, planned: { from: '2026-11-21', until: '2026-11-24' }, runs: false },
  });
  expect((await call(ana.caller, pauseStreak, plan({}))).keeps?.pause).toMatchObject({ daysLeft: 5, planned: null });
  const wrong = await refusal(ana.caller, pauseStreak, {
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
