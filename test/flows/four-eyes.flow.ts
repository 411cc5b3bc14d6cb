import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import {
  recordActivities,
  recordActivity,
  recordByHand,
  undoByHand,
} from '@verbena/shared/activities/activities.routes.js';
import { withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { changeMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import { changeProfile, joinProgram } from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import { getHealth } from '@verbena/shared/platform/health.js';
import {
  activatePending,
  adjustPoints,
  approveAdjustment,
  cancelPending,
  listAdjustments,
  movePending,
  sendPoints,
} from '@verbena/shared/points/points.routes.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { eventually } from '#support/eventually.js';
import { aKey, aPurchase } from '#support/factories.js';
import { ask, call, decided, refusal } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
});
afterAll(async () => {
  if (server === undefined) return;
  expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  await server.stop();
});

const REASON = 'Por las molestias';

/** `plaza`, in which one person gives at most so many points a day; a point for each euro. */
function definitionsOf(approveAbove: number | null, pending?: { days: number }) {
  return {
    ...shoppingCentre,
    currencies: shoppingCentre.currencies.map(({ approveAbove: _, ...one }) => ({
      ...one,
      ...(approveAbove === null ? {} : { approveAbove }),
      transfer: { perGift: AMOUNT_MAX, perDay: AMOUNT_MAX },
    })),
    rules: shoppingCentre.rules
      .filter(({ id }) => id === 'compra')
      .map((rule) => (pending === undefined ? rule : { ...rule, earn: rule.earn.map((one) => ({ ...one, pending })) })),
    missions: [],
    tiers: [],
  };
}

async function begin(approveAbove: number | null = 1_000, pending?: { days: number }): Promise<Story> {
  return Story.begin(server, { program: { definitions: definitionsOf(approveAbove, pending) } });
}

const paramsOf = (story: Story, { member }: Pick<Person, 'member'>) => ({ program: story.slug, member: member ?? '' });

function adjust(story: Story, by: Person, whom: Person, amount: number, key = aKey('ajuste')) {
  const body = { key, currency: 'puntos', amount, reason: REASON };
  return call(by.caller, adjustPoints, { params: paramsOf(story, whom), body });
}

function byHand(euros: number, key = aKey('mano')) {
  return { key, type: 'purchase', attributes: { totalMinor: euros * 100 }, reason: 'La caja no funcionaba' };
}

async function balanceOf(story: Story, whom: Person): Promise<number> {
  const { balances } = await call(whom.caller, getStanding, { params: { program: story.slug, member: 'me' } });
  return balances['puntos'] ?? 0;
}

describe('M3 what one person gives in a day', () => {
  test('M3 C6 six adjustments at once are booked as far as one after another would be, and the rest wait', async () => {
    const story = await begin();
    const [lucia, marcos, noa, ana] = [
      await story.person(),
      await story.person(),
      await story.person('manager'),
      await story.person('manager'),
    ];
    const answers = await Promise.all(
      [lucia, marcos, lucia, marcos, lucia, marcos].map((whom) => adjust(story, noa, whom, 300)),
    );
    expect(answers.filter(({ result }) => result !== null)).toHaveLength(3);
    expect(answers.filter(({ waiting }) => waiting !== null)).toHaveLength(3);
    expect((await balanceOf(story, lucia)) + (await balanceOf(story, marcos))).toBe(900);
    // Which of them were first is chance: all three may be of one member.
    const holder = (await balanceOf(story, lucia)) > 0 ? lucia : marcos;
    // What takes counts like what gives; another person has a day of their own.
    expect((await adjust(story, noa, holder, -101)).waiting).toMatchObject({ type: 'points.adjusted', amount: -101 });
    expect((await adjust(story, ana, lucia, 1_000)).waiting).toBeNull();
    expect((await adjust(story, noa, lucia, 100)).waiting).toBeNull();
    expect((await adjust(story, noa, lucia, 1)).waiting).toMatchObject({ status: 'waiting', currency: 'puntos' });
  });

  test('M3 the same key counts once, whether it is sent at once or again', async () => {
    const story = await begin();
    const [lucia, noa] = [await story.person(), await story.person('manager')];
    const key = aKey('ajuste');
    const answers = await Promise.all([1, 2, 3].map(() => adjust(story, noa, lucia, 600, key)));
    expect(answers.map(({ result }) => result?.seq)).toEqual([1, 1, 1]);
    expect((await adjust(story, noa, lucia, 600, key)).result?.seq).toBe(1);
    expect((await adjust(story, noa, lucia, 400)).waiting).toBeNull();
    expect(await balanceOf(story, lucia)).toBe(1_000);
  });

  test('M3 a large purchase by hand waits with all that it says, and is booked once as of then by another person', async () => {
    const story = await begin();
    const [lucia, noa, ana] = [await story.person(), await story.person('manager'), await story.person('owner')];
    const params = paramsOf(story, lucia);
    const body = { ...byHand(1_000_000), occurredAt: '2026-11-19T18:00:00.000Z' };
    const asked = await call(noa.caller, recordByHand, { params, body });
    expect(asked).toMatchObject({
      waiting: { type: 'purchase', attributes: { totalMinor: 100_000_000 }, currency: 'puntos', amount: 1_000_000 },
    });
    expect(await call(noa.caller, recordByHand, { params, body })).toEqual(asked);
    expect(await refusal(noa.caller, recordByHand, { params, body: byHand(999_999, body.key) })).toMatchObject({
      code: 'activity.keyReused',
    });
    expect(await balanceOf(story, lucia)).toBe(0);
    const { items } = await call(ana.caller, listAdjustments, { params: { program: story.slug } });
    expect(items).toMatchObject([{ type: 'purchase', reason: body.reason, isOwn: false, isForOwn: false }]);
    const adjustment = { params: { program: story.slug, adjustment: items[0]?.id ?? '' } };
    expect(await refusal(noa.caller, approveAdjustment, adjustment)).toMatchObject({ code: 'adjustment.own' });
    const decided = await Promise.all([1, 2].map(() => ask(ana.caller, approveAdjustment, adjustment)));
    expect(decided.map(({ status }) => status).sort()).toEqual([200, 409]);
    await eventually(async () => (await balanceOf(story, lucia)) === 1_000_000, { until: 'it is booked' });
    const entries = await call(lucia.caller, listEntries, { params: { program: story.slug, member: 'me' } });
    expect(entries.items).toMatchObject([
      { cause: { type: 'purchase', occurredAt: body.occurredAt }, note: { reason: body.reason } },
    ]);
    // The approval counts for nobody's day.
    expect((await adjust(story, noa, lucia, 1_000)).waiting).toBeNull();
    expect((await adjust(story, ana, lucia, 1_000)).waiting).toBeNull();
    expect(await call(noa.caller, recordByHand, { params, body })).toMatchObject({ waiting: { status: 'approved' } });
    expect(await balanceOf(story, lucia)).toBe(1_002_000);
  });

  test('M3 many small purchases by hand, and what staff send like a shop, count together; what is undone may be given again', async () => {
    const story = await begin();
    const [lucia, noa] = [await story.person(), await story.person('manager')];
    const params = paramsOf(story, lucia);
    const hands = await Promise.all(
      Array.from({ length: 6 }, () => call(noa.caller, recordByHand, { params, body: byHand(300) })),
    );
    expect(hands.filter((one) => 'waiting' in one)).toHaveLength(3);
    const like = { program: story.slug };
    const large = aPurchase({ member: { id: lucia.member ?? '' }, totalMinor: 10_100 });
    expect(await refusal(noa.caller, recordActivity, { params: like, body: large })).toMatchObject({
      status: 403,
      code: 'adjustment.limit',
      params: { currency: 'puntos', amount: 101, limit: 1_000, left: 100 },
    });
    const drafts = [60, 41].map((euros) => ({ ...large, key: aKey('lote'), attributes: { totalMinor: euros * 100 } }));
    const batch = await call(noa.caller, recordActivities, { params: like, body: { activities: drafts } });
    expect(batch.results).toMatchObject([{ status: 'accepted' }, { status: 'refused', code: 'adjustment.limit' }]);
    expect(await balanceOf(story, lucia)).toBe(960);
    const undo = {
      params: { ...params, seq: '1' },
      body: { key: aKey('deshacer'), reason: 'Era de otra persona' },
    };
    await Promise.all([1, 2].map(() => ask(noa.caller, undoByHand, undo)));
    expect(await call(noa.caller, recordByHand, { params, body: byHand(341) })).toHaveProperty('waiting');
    expect(await call(noa.caller, recordByHand, { params, body: byHand(340) })).toMatchObject({ outcome: 'accepted' });
    expect(await call(noa.caller, recordByHand, { params, body: byHand(1) })).toHaveProperty('waiting');
    // A till is nobody's hand: its key may send what the rules let it.
    await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 500_000 }));
    expect(await balanceOf(story, lucia)).toBe(6_000);
  });

  test('M3 pending points that somebody makes usable wait too, and what passes between members is refused', async () => {
    const story = await begin(1_000, { days: 14 });
    const [lucia, marcos, noa, ana] = [
      await story.person(),
      await story.person(),
      await story.person('manager'),
      await story.person('manager'),
    ];
    await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 100_100 }));
    await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 60_000 }));
    const params = (ref: string) => ({ ...paramsOf(story, lucia), ref });
    const body = () => ({ key: aKey('ya'), reason: 'Ya pasó el plazo' });
    const asked = await call(noa.caller, activatePending, { params: params('1-1'), body: body() });
    expect(asked).toMatchObject({ waiting: { type: 'points.activated', currency: 'puntos', amount: 1_001 } });
    const moved = { params: params('1-1'), body: { ...body(), on: '2026-11-20' } };
    expect(await call(noa.caller, movePending, moved)).toMatchObject({ waiting: { type: 'points.rescheduled' } });
    const later = { params: params('1-1'), body: { ...body(), on: '2026-12-24' } };
    expect(await call(noa.caller, movePending, later)).toMatchObject({ outcome: 'accepted' });
    expect(await call(noa.caller, activatePending, { params: params('2-1'), body: body() })).toMatchObject({
      outcome: 'accepted',
    });
    const gift = (amount: number, to: Person) => ({
      params: paramsOf(story, lucia),
      body: { key: aKey('para'), currency: 'puntos', amount, to: { id: to.member ?? '' } },
    });
    expect(await refusal(noa.caller, sendPoints, gift(401, marcos))).toMatchObject({
      code: 'adjustment.limit',
      params: { left: 400 },
    });
    expect(await call(noa.caller, sendPoints, gift(400, marcos))).toMatchObject({ outcome: 'accepted' });
    // What a member gives of its own is nobody's hand.
    const own = { ...gift(200, marcos), params: { program: story.slug, member: 'me' } };
    expect(await call(lucia.caller, sendPoints, own)).toMatchObject({ outcome: 'accepted' });
    const { waiting } = asked as Extract<typeof asked, { waiting: unknown }>;
    await call(ana.caller, approveAdjustment, { params: { program: story.slug, adjustment: waiting.id } });
    await eventually(async () => (await balanceOf(story, lucia)) === 1_001, { until: 'they are usable' });
  });

  test('M3 a currency that says nothing has a limit all the same', async () => {
    const story = await begin(null);
    const [lucia, noa] = [await story.person(), await story.person('manager')];
    expect((await adjust(story, noa, lucia, 10_001)).waiting).toMatchObject({ status: 'waiting' });
    expect((await adjust(story, noa, lucia, 10_000)).waiting).toBeNull();
    expect((await adjust(story, noa, lucia, 1)).waiting).toMatchObject({ status: 'waiting' });
  });
});

test('M3 nobody acts by hand on the member that it is itself, nor approves for it', async () => {
  const story = await begin(1_000, { days: 14 });
  const [lucia, noa, ana] = [await story.person(), await story.person('manager'), await story.person('owner')];
  const { id } = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
  const params = { program: story.slug, member: id };
  const own = { status: 403, code: 'adjustment.ownMember' };
  const body = { key: aKey('mío'), reason: REASON };
  const point = { key: aKey('mio'), currency: 'puntos', amount: 1, reason: REASON };
  expect(await refusal(ana.caller, adjustPoints, { params, body: point })).toMatchObject(own);
  expect(await refusal(ana.caller, recordByHand, { params, body: byHand(1) })).toMatchObject(own);
  const sent = aPurchase({ member: { id }, totalMinor: 100 });
  expect(await refusal(ana.caller, recordActivity, { params: { program: story.slug }, body: sent })).toMatchObject(own);
  await call(noa.caller, recordByHand, { params, body: byHand(10) });
  const pending = { params: { ...params, ref: '2-1' }, body: { ...body, key: aKey('ya') } };
  for (const route of [activatePending, cancelPending])
    expect(await refusal(ana.caller, route, pending)).toMatchObject(own);
  await call(noa.caller, adjustPoints, {
    params: paramsOf(story, lucia),
    body: { ...point, key: aKey(), amount: 100 },
  });
  const gift = { key: aKey('para'), currency: 'puntos', amount: 50, to: { id } };
  expect(await refusal(ana.caller, sendPoints, { params: paramsOf(story, lucia), body: gift })).toMatchObject(own);
  const badge = { params: { ...params, badge: 'primera-compra' }, body: { reason: REASON } };
  expect(await refusal(ana.caller, withdrawBadge, badge)).toMatchObject(own);
  const marked = { params, body: { attributes: { nivel: 'vip' } } };
  expect(await refusal(ana.caller, changeMemberAttributes, marked)).toMatchObject(own);
  const large = { ...point, key: aKey('grande'), amount: 5_000 };
  const { waiting } = await call(noa.caller, adjustPoints, { params, body: large });
  const { items } = await call(ana.caller, listAdjustments, { params: { program: story.slug } });
  expect(items).toMatchObject([{ isOwn: false, isForOwn: true }]);
  const asked = { params: { program: story.slug, adjustment: waiting?.id ?? '' } };
  expect(await refusal(ana.caller, approveAdjustment, asked)).toMatchObject(own);
  // What staff write into a profile brings its member nothing.
  const zone = 'Europe/Madrid';
  await call(noa.caller, changeProfile, { params: paramsOf(story, lucia), body: { name: 'L', language: 'es', zone } });
  expect((await story.journal(lucia.externalId)).map(({ cause }) => cause.type)).not.toContain('profile.completed');
});

test('M3 no balance passes 10¹²: adjustments, purchases and gifts are refused or come back, and nothing is set aside', async () => {
  const story = await begin(AMOUNT_MAX);
  const [lucia, marcos, noa, ana] = [
    await story.person(),
    await story.person(),
    await story.person('manager'),
    await story.person('manager'),
  ];
  expect((await adjust(story, noa, lucia, AMOUNT_MAX)).result).toMatchObject({ outcome: 'accepted' });
  const full = { outcome: 'refused', refusal: 'points.tooMany', lines: [] };
  const more = { key: aKey('ajuste'), currency: 'puntos', amount: 1, reason: REASON };
  expect(await decided(ana.caller, adjustPoints, { params: paramsOf(story, lucia), body: more })).toMatchObject(full);
  expect(await story.record(aPurchase({ externalId: lucia.externalId, totalMinor: 10_000 }))).toMatchObject(full);
  expect((await adjust(story, ana, marcos, 5)).result).toMatchObject({ outcome: 'accepted' });
  const me = { program: story.slug, member: 'me' };
  const gift = { key: aKey('para'), currency: 'puntos', amount: 5, to: { id: lucia.member ?? '' } };
  expect(await call(marcos.caller, sendPoints, { params: me, body: gift })).toMatchObject({ outcome: 'accepted' });
  await eventually(async () => (await balanceOf(story, marcos)) === 5, { until: 'it came back' });
  const merge = { params: paramsOf(story, lucia), body: { ends: marcos.member ?? '', reason: REASON } };
  expect(await refusal(ana.caller, mergeMembers, merge)).toMatchObject({ status: 422, code: 'points.tooMany' });
  expect(await balanceOf(story, lucia)).toBe(AMOUNT_MAX);
  expect((await call(server.local, getHealth, {})).status).toBe('ok');
});
