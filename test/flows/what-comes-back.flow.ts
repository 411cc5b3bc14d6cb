import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { returnByHand, reverseActivity, undoByHand } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { previewWithdrawal, withdrawBadge } from '@verbena/shared/badges/badges.routes.js';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { joinProgram } from '@verbena/shared/members/members.routes.js';
import { mergeMembers } from '@verbena/shared/merging/merging.routes.js';
import {
  adjustPoints,
  approveAdjustment,
  cancelCapture,
  captureHold,
  holdPoints,
} from '@verbena/shared/points/points.routes.js';
import { eventually } from '#support/eventually.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { ask, call, refusal } from '#support/http-call.js';
import { readLedger } from '#support/journal-reader.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

const REASON = 'Fue un error';

/** `plaza`, in which points last a month, one person gives at most 1,000 a day, and the badge of the first purchase brings 40. */
const definitions = {
  ...shoppingCentre,
  currencies: shoppingCentre.currencies.map((one) => ({
    ...one,
    approveAbove: 1_000,
    expiry: { kind: 'months' as const, months: 1 },
  })),
  rules: [
    ...shoppingCentre.rules.filter(({ id }) => id === 'compra'),
    {
      id: 'por-la-insignia',
      rev: 1,
      name: { es: 'Por la insignia', en: 'For the badge' },
      on: { badge: 'primera-compra' },
      earn: [{ currency: 'puntos', amount: { product: [{ ratio: [40, 1] as [number, number] }] } }],
      zone: 'program' as const,
    },
  ],
  missions: [],
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
});
afterAll(async () => {
  if (server === undefined) return;
  expect((await readLedger(server.mongodbUri, server.database)).breaches).toEqual([]);
  expect((await verifyBooks(server)).code).toBe(0);
  await server.stop();
});

async function begin(on = server): Promise<Story> {
  const permissions = ['activities.write', 'activities.reverse', 'members.read', 'points.hold'] as const;
  return Story.begin(on, { program: { definitions }, key: { permissions: [...permissions] } });
}

const memberOf = (story: Story, { member }: Pick<Person, 'member'>) => ({ program: story.slug, member: member ?? '' });
const standingOf = (story: Story, whom: Person) =>
  call(whom.caller, getStanding, { params: { program: story.slug, member: 'me' } });
const balanceOf = async (story: Story, whom: Person) => (await standingOf(story, whom)).balances['puntos'] ?? 0;

async function give(story: Story, by: Person['caller'], whom: Person, amount: number) {
  const body = { key: aKey('ajuste'), currency: 'puntos', amount, reason: REASON };
  return call(by, adjustPoints, { params: memberOf(story, whom), body });
}

/** Sets points aside and spends them; answers what the capture answered. */
async function spend(story: Story, member: string, amount: number) {
  const params = { program: story.slug, member };
  const held = await call(story.shop, holdPoints, {
    params,
    body: { key: aKey('reserva'), currency: 'puntos', amount },
  });
  const ref = held.lines.find(({ pocket }) => pocket === 'held')?.ref ?? '';
  return call(story.shop, captureHold, { params: { ...params, ref }, body: { key: aKey('cobro') } });
}

const cancelling = (story: Story, member: string, entry: string, body: object = {}) => ({
  params: { program: story.slug, member, entry },
  body: { key: aKey('anular'), ...body },
});
const undoing = (story: Story, whom: Person, seq: number, key = aKey('deshacer')) => ({
  params: { ...memberOf(story, whom), seq: String(seq) },
  body: { key, reason: REASON },
});

describe('a payment with points that is cancelled', () => {
  test('C4 B6 a shop has it back in parts, each once per key, never more than was spent, with the dates it had', async () => {
    const story = await begin();
    const lucia = await story.person();
    const { externalId } = lucia;
    await story.record(aPurchase({ externalId, totalMinor: 9_000, occurredAt: '2026-11-20T09:00:00Z' }));
    const before = await standingOf(story, lucia);
    const id = lucia.member ?? '';
    const captured = await spend(story, id, 100);
    const first = cancelling(story, id, captured.id, { amount: 30 });
    const answers = await Promise.all([1, 2, 3].map(() => ask(story.shop, cancelCapture, first)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(await balanceOf(story, lucia)).toBe((before.balances['puntos'] ?? 0) - 70);
    const refused = (given: ReturnType<typeof cancelling>, caller = story.shop) =>
      refusal(caller, cancelCapture, given);
    expect(await refused({ ...first, body: { ...first.body, amount: 31 } as never })).toMatchObject({
      code: 'activity.keyReused',
    });
    expect(await refused(cancelling(story, id, captured.id, { amount: 71 }))).toMatchObject({
      code: 'capture.tooLittle',
      params: { left: 70 },
      fields: [{ path: ['amount'], code: 'maximum', params: { maximum: 70 } }],
    });
    expect(await refused(cancelling(story, id, captured.id, { amount: 0 }))).toMatchObject({ code: 'input.invalid' });
    // Another member, no capture at all, nothing of the kind, and who may not.
    const other = await story.person();
    const hold = (await call(story.shop, listEntries, { params: memberOf(story, lucia) })).items.find(
      ({ cause }) => cause.type === 'points.held',
    );
    for (const [member, entry] of [
      [other.member ?? '', captured.id],
      [id, hold?.id ?? ''],
      [id, 'nada'],
    ] as const)
      expect(await refused(cancelling(story, member, entry))).toMatchObject({ code: 'entry.notFound', status: 404 });
    expect(await refused(cancelling(story, id, captured.id), lucia.caller)).toMatchObject({ code: 'auth.forbidden' });
    // Staff reach it by no other way.
    const manager = await story.person('manager');
    for (const route of [undoByHand, returnByHand])
      expect(await refusal(manager.caller, route, undoing(story, lucia, captured.seq))).toMatchObject({
        code: 'activity.notReversible',
      });
    const entryOf = () =>
      call(manager.caller, getEntry, { params: { ...memberOf(story, lucia), seq: String(captured.seq) } });
    expect(await entryOf()).toMatchObject({ canCancel: 70, canUndo: false });
    expect(
      await call(manager.caller, cancelCapture, cancelling(story, id, captured.id, { reason: REASON })),
    ).toMatchObject({ type: 'points.captured.reversed', outcome: 'accepted' });
    expect(await standingOf(story, lucia)).toMatchObject({ balances: before.balances, expiring: before.expiring });
    expect(await entryOf()).not.toHaveProperty('canCancel');
    expect(await refused(cancelling(story, id, captured.id))).toMatchObject({
      code: 'activity.alreadyReversed',
      status: 409,
    });
    const log = await call(manager.caller, listAuditEntries, { params: { program: story.slug } });
    expect(log.items.find(({ action }) => action === 'capture.cancelled')).toMatchObject({
      actor: { kind: 'user', id: manager.user },
      subject: { kind: 'member', id },
      after: { currency: 'puntos', amount: 70, reason: REASON },
    });
  });

  test('C4 of two at once that want more than is left one is refused, a hundred times', async () => {
    const story = await begin();
    const race = async (): Promise<void> => {
      const card = aMember().externalId;
      const params = { program: story.slug, member: `ext:${card}` };
      await story.record(aPurchase({ externalId: card, totalMinor: 50_000, occurredAt: '2026-11-20T09:00:00Z' }));
      const before = (await story.standing(card)).balances;
      const held = await call(story.shop, holdPoints, {
        params,
        body: { key: aKey('reserva'), currency: 'puntos', amount: 250 },
      });
      const ref = held.lines.find(({ pocket }) => pocket === 'held')?.ref ?? '';
      for (let round = 0; round < 25; round += 1) {
        const { id } = await call(story.shop, captureHold, {
          params: { ...params, ref },
          body: { key: aKey('cobro'), amount: 10 },
        });
        const both = await Promise.all(
          [6, round % 2 === 0 ? 6 : undefined].map((amount) =>
            ask(
              story.shop,
              cancelCapture,
              cancelling(story, params.member, id, amount === undefined ? {} : { amount }),
            ),
          ),
        );
        const statuses = both.map(({ status }) => status).sort();
        expect(round % 2 === 0 ? ['201,422'] : ['201,201', '201,409', '201,422']).toContain(statuses.join());
        await ask(story.shop, cancelCapture, cancelling(story, params.member, id));
      }
      expect((await story.standing(card)).balances).toEqual(before);
    };
    await Promise.all([race(), race(), race(), race()]);
  }, 240_000);

  test('C4 C8 after accounts were joined it is cancelled by its id, whichever account is named', async () => {
    const story = await begin();
    const owner = await story.person('owner');
    const [one, other] = [aMember().externalId, aMember().externalId];
    for (const externalId of [one, other])
      await story.record(aPurchase({ externalId, totalMinor: 9_000, occurredAt: '2026-11-20T09:00:00Z' }));
    const [stays, goes] = [`ext:${one}`, `ext:${other}`];
    const early = await spend(story, goes, 20);
    const held = await call(story.shop, holdPoints, {
      params: { program: story.slug, member: goes },
      body: { key: aKey('reserva'), currency: 'puntos', amount: 30 },
    });
    const ref = held.lines.find(({ pocket }) => pocket === 'held')?.ref ?? '';
    await call(owner.caller, mergeMembers, {
      params: { program: story.slug, member: stays },
      body: { ends: goes, reason: REASON },
    });
    // The name that the hold had there still finds it.
    const late = await call(story.shop, captureHold, {
      params: { program: story.slug, member: early.member, ref },
      body: { key: aKey('cobro') },
    });
    const sum = (await story.standing(one)).balances['puntos'] ?? 0;
    await call(story.shop, cancelCapture, cancelling(story, early.member, early.id, { amount: 5 }));
    await call(story.shop, cancelCapture, cancelling(story, stays, early.id));
    await call(story.shop, cancelCapture, cancelling(story, early.member, late.id));
    expect((await story.standing(one)).balances['puntos']).toBe(sum + 50);
    expect(await refusal(story.shop, cancelCapture, cancelling(story, stays, early.id))).toMatchObject({
      code: 'activity.alreadyReversed',
    });
  });

  test('M3 C4 by staff it counts as a gift, and nobody does it for itself', async () => {
    const story = await begin();
    const noa = await story.person('manager');
    const card = aMember().externalId;
    await story.record(aPurchase({ externalId: card, totalMinor: 150_000, occurredAt: '2026-11-20T09:00:00Z' }));
    const { id } = await spend(story, `ext:${card}`, 1_200);
    const cancel = (amount?: number) => cancelling(story, `ext:${card}`, id, amount === undefined ? {} : { amount });
    expect(await refusal(noa.caller, cancelCapture, cancel())).toMatchObject({ code: 'adjustment.limit' });
    await call(noa.caller, cancelCapture, cancel(1_000));
    expect(await refusal(noa.caller, cancelCapture, cancel(1))).toMatchObject({ code: 'adjustment.limit' });
    await call(story.shop, cancelCapture, cancel());
    // A key gives back what keys captured, and not what a person did.
    const params = { program: story.slug, member: `ext:${card}` };
    const held = await call(noa.caller, holdPoints, {
      params,
      body: { key: aKey('reserva'), currency: 'puntos', amount: 5, reason: REASON },
    });
    const hold = held.lines.find(({ pocket }) => pocket === 'held')?.ref ?? '';
    const taken = await call(noa.caller, captureHold, {
      params: { ...params, ref: hold },
      body: { key: aKey('cobro'), reason: REASON },
    });
    const foreign = cancelling(story, `ext:${card}`, taken.id);
    expect(await refusal(story.shop, cancelCapture, foreign)).toMatchObject({ code: 'entry.notFound' });
    const own = await call(noa.caller, joinProgram, { params: { program: story.slug }, body: {} });
    await story.record(
      aPurchase({ member: { id: own.id }, totalMinor: 9_000, occurredAt: '2026-11-20T09:30:00Z' } as never),
    );
    const mine = await spend(story, own.id, 10);
    expect(await refusal(noa.caller, cancelCapture, cancelling(story, own.id, mine.id))).toMatchObject({
      code: 'adjustment.ownMember',
    });
  });
});

describe('what staff gave or took, undone', () => {
  test('C6 M3 a gift goes within the day, with both names in the log; twice, by a shop and as a return it does not', async () => {
    const story = await begin();
    const [lucia, noa, ana] = [
      await story.person(),
      await story.person('manager'),
      await story.person('manager', { name: 'Ana Ibáñez' }),
    ];
    const seq = (await give(story, noa.caller, lucia, 900)).result?.seq ?? 0;
    expect(await refusal(noa.caller, returnByHand, undoing(story, lucia, seq))).toMatchObject({
      code: 'activity.notReversible',
    });
    for (const caller of [story.shop, lucia.caller])
      expect(await refusal(caller, undoByHand, undoing(story, lucia, seq))).toMatchObject({ code: 'auth.forbidden' });
    expect(
      await refusal(story.shop, reverseActivity, {
        params: { program: story.slug, key: aKey('ajuste') },
        body: { key: aKey() },
      }),
    ).toMatchObject({ code: 'activity.notFound' });
    const entryOf = (place: number) =>
      call(ana.caller, getEntry, { params: { ...memberOf(story, lucia), seq: String(place) } });
    expect(await entryOf(seq)).toMatchObject({ canUndo: true });
    expect(await entryOf(seq)).not.toHaveProperty('canReturn');
    const both = await Promise.all([1, 2].map(() => ask(ana.caller, undoByHand, undoing(story, lucia, seq))));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await standingOf(story, lucia)).toMatchObject({ balances: { puntos: 0 }, earned: { ever: 0 } });
    expect(await entryOf(seq)).toMatchObject({ canUndo: false, reversedBy: seq + 1 });
    expect(await entryOf(seq + 1)).toMatchObject({ reverses: seq, note: { reason: REASON, by: 'Ana Ibáñez' } });
    const log = await call(ana.caller, listAuditEntries, { params: { program: story.slug } });
    const told = log.items.filter(({ action }) => action.startsWith('points.'));
    expect(told.map(({ action, actor, after }) => [action, actor.id, (after as { amount: number }).amount])).toEqual([
      ['points.undone', ana.user, -900],
      ['points.adjusted', noa.user, 900],
    ]);
    // Noa's day has what was really taken again.
    expect((await give(story, noa.caller, lucia, 1_000)).waiting).toBeNull();
  });

  test('M3 C6 what was spent of a gift gives nobody’s day anything back, and what is undone is no way to give twice', async () => {
    const story = await begin();
    const [lucia, noa] = [await story.person(), await story.person('manager')];
    const seq = (await give(story, noa.caller, lucia, 1_000)).result?.seq ?? 0;
    await spend(story, lucia.member ?? '', 700);
    await call(noa.caller, undoByHand, undoing(story, lucia, seq));
    expect(await balanceOf(story, lucia)).toBe(0);
    expect((await give(story, noa.caller, lucia, 301)).waiting).not.toBeNull();
    expect((await give(story, noa.caller, lucia, 300)).waiting).toBeNull();
  });

  test('M3 C6 a gift of two is undone by one and gives nobody’s day back; a taking of two counts for whoever undoes it', async () => {
    const story = await begin();
    const [lucia, noa, ana] = [await story.person(), await story.person('manager'), await story.person('owner')];
    const approved = async (amount: number) => {
      const { waiting } = await give(story, noa.caller, lucia, amount);
      const balance = await balanceOf(story, lucia);
      await call(ana.caller, approveAdjustment, {
        params: { program: story.slug, adjustment: waiting?.id ?? '' },
      });
      await eventually(async () => (await balanceOf(story, lucia)) === balance + amount, { until: 'it is booked' });
      const { items } = await call(ana.caller, listEntries, { params: memberOf(story, lucia) });
      return items[0]?.seq ?? 0;
    };
    const given = await approved(5_000);
    const taken = await approved(-3_000);
    expect(await refusal(noa.caller, undoByHand, undoing(story, lucia, taken))).toMatchObject({
      code: 'adjustment.limit',
    });
    await call(ana.caller, undoByHand, undoing(story, lucia, given));
    expect(await balanceOf(story, lucia)).toBe(0);
    expect((await give(story, ana.caller, lucia, 1_000)).waiting).toBeNull();
    // One's own taking, which counted, is undone without counting once more.
    const own = (await give(story, noa.caller, lucia, -900)).result?.seq ?? 0;
    await call(noa.caller, undoByHand, undoing(story, lucia, own));
    expect(await balanceOf(story, lucia)).toBe(1_000);
    expect((await give(story, noa.caller, lucia, 101)).waiting).not.toBeNull();
  });

  test('M3 C6 nobody undoes what was taken from itself, and nothing is undone after a day', async () => {
    const own = await startServer({ clock: '2026-11-20T10:00:00.000Z' });
    try {
      const story = await begin(own);
      const [lucia, noa, ana] = [await story.person(), await story.person('manager'), await story.person('owner')];
      const { id: mine } = await call(noa.caller, joinProgram, { params: { program: story.slug }, body: {} });
      const self = { member: mine } as Person;
      await give(story, ana.caller, self, 50);
      const taken = (await give(story, ana.caller, self, -50)).result?.seq ?? 0;
      expect(await refusal(noa.caller, undoByHand, undoing(story, self, taken))).toMatchObject({
        code: 'adjustment.ownMember',
      });
      const seq = (await give(story, ana.caller, lucia, 50)).result?.seq ?? 0;
      await own.moveClock('2026-11-21T10:10:00.000Z');
      const late = await story.logInElevated(ana);
      expect(await refusal(late.caller, undoByHand, undoing(story, lucia, seq))).toMatchObject({
        code: 'activity.undoTooLate',
      });
    } finally {
      await own.stop();
    }
  }, 60_000);
});

test('F2 a badge is withdrawn with what it brought, which is told before; earned again it has brought that once', async () => {
  const story = await begin();
  const [lucia, noa] = [await story.person(), await story.person('manager')];
  const { externalId } = lucia;
  await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: '2026-11-20T09:00:00Z' }));
  const params = { ...memberOf(story, lucia), badge: 'primera-compra' };
  expect(await balanceOf(story, lucia)).toBe(50);
  expect(await call(noa.caller, previewWithdrawal, { params })).toEqual({
    points: { puntos: 40 },
    missions: [],
    progress: [],
    badges: [],
    tier: null,
    caused: 0,
  });
  expect(await refusal(lucia.caller, previewWithdrawal, { params })).toMatchObject({ code: 'auth.forbidden' });
  await call(noa.caller, withdrawBadge, { params, body: { reason: REASON } });
  expect(await standingOf(story, lucia)).toMatchObject({ balances: { puntos: 10 }, badges: [], earned: { ever: 10 } });
  expect(await refusal(noa.caller, previewWithdrawal, { params })).toMatchObject({ code: 'badge.notHeld' });
  await story.record(aPurchase({ externalId, totalMinor: 1_000, occurredAt: '2026-11-20T09:30:00Z' }));
  expect(await balanceOf(story, lucia)).toBe(60);
  expect((await standingOf(story, lucia)).badges).toMatchObject([{ id: 'primera-compra' }]);
});

test('F2 what a badge brought and is owed since it was spent is told before it is withdrawn', async () => {
  const currencies = definitions.currencies.map((one) => ({ ...one, onReversal: 'negative' as const }));
  const story = await Story.begin(server, {
    program: { definitions: { ...definitions, currencies } },
    key: { permissions: ['activities.write', 'points.hold'] },
  });
  const [lucia, noa] = [await story.person(), await story.person('manager')];
  await story.record(
    aPurchase({ externalId: lucia.externalId, totalMinor: 1_000, occurredAt: '2026-11-20T09:00:00Z' }),
  );
  await spend(story, lucia.member ?? '', 50);
  const params = { ...memberOf(story, lucia), badge: 'primera-compra' };
  expect(await call(noa.caller, previewWithdrawal, { params })).toMatchObject({ points: { puntos: 40 } });
  await call(noa.caller, withdrawBadge, { params, body: { reason: REASON } });
  expect(await standingOf(story, lucia)).toMatchObject({ balances: { puntos: 0 }, owed: { puntos: 40 } });
});
