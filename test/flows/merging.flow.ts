import { type ActivityResult, reverseActivity } from '@verbena/shared/activities/activities.routes.js';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { getBoard } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import {
  changeProfile,
  createClaimCode,
  getMember,
  joinProgram,
  listMembers,
  putMember,
} from '@verbena/shared/members/members.routes.js';
import { mergeClaimed, mergeMembers, previewClaim, previewMerge } from '@verbena/shared/merging/merging.routes.js';
import { captureHold, holdPoints } from '@verbena/shared/points/points.routes.js';
import { aKey, aMember, aPurchase } from '#support/factories.js';
import { eventually } from '#support/eventually.js';
import { ask, call, decided, type Caller, refusal } from '#support/http-call.js';
import { type Person, Story } from '#support/story.js';
import { startServer, type TestServer } from '#support/test-server.js';
import { verifyBooks } from '#support/verify-command.js';

let server: TestServer;
let elsewhere: Story;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await Story.begin(server);
});
afterAll(() => server?.stop());

const KEY = {
  permissions: [
    'activities.write',
    'activities.read',
    'activities.reverse',
    'members.read',
    'members.claim',
    'points.hold',
  ],
} as const;
const begin = () => Story.begin(server, { key: { permissions: [...KEY.permissions] } });
const me = (story: Story) => ({ program: story.slug, member: 'me' });
const REASON = 'Es la misma persona';
const merge = (story: Story, caller: Caller, stays: string, ends: string) =>
  ask(caller, mergeMembers, { params: { program: story.slug, member: stays }, body: { ends, reason: REASON } });
const merged = async (story: Story, caller: Caller, stays: string, ends: string): Promise<string> => {
  const params = { program: story.slug, member: stays };
  return (await call(caller, mergeMembers, { params, body: { ends, reason: REASON } })).member;
};
const ref = (card: string) => `ext:${card}`;
const idOf = async (story: Story, card: string) =>
  (await call(story.shop, getMember, { params: story.member(card) })).id;
const claimCode = async (story: Story, card: string) =>
  (await call(story.shop, createClaimCode, { params: story.member(card), body: {} })).code;
const bought = (story: Story, card: string, totalMinor = 2_500): Promise<ActivityResult> =>
  story.record({ ...aPurchase({ externalId: card }), attributes: { totalMinor } });
const pointsOf = async (story: Story, card: string) => (await story.standing(card)).balances['puntos'] ?? 0;

/** Somebody who has joined by itself and bought something, and a card with points of which it says that it is its own. */
async function twoAccounts(): Promise<{ story: Story; ana: Person; card: string; own: string; before: number }> {
  const story = await begin();
  const card = aMember().externalId;
  await bought(story, card, 5_000);
  const ana = await elsewhere.person('member');
  const { id } = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
  await story.record({ ...aPurchase(), member: { id }, attributes: { totalMinor: 3_000 } });
  const mine = await call(ana.caller, getStanding, { params: me(story) });
  const before = (mine.balances['puntos'] ?? 0) + (await pointsOf(story, card));
  return { story, ana, card, own: id, before };
}

describe('a member who opens a claim link (A1)', () => {
  test('A1 is shown what both have, and has it once it agrees; the card leads to it and the code is spent', async () => {
    const { story, ana, card, own, before } = await twoAccounts();
    const old = await idOf(story, card);
    const claim = await claimCode(story, card);
    const params = me(story);
    // To be shown is no promise: twice, and the code is still good.
    for (let times = 0; times < 2; times += 1) {
      const shown = await call(ana.caller, previewClaim, { params, body: { claim } });
      expect(shown).toMatchObject({ stays: { id: own, hasLogin: true }, ends: { id: old }, losesLogin: false });
      expect(shown.together.balances['puntos']).toBe(before);
    }
    const earlier = await call(ana.caller, getStanding, { params });
    const [last] = (await call(ana.caller, listEntries, { params })).items;
    expect(await call(ana.caller, mergeClaimed, { params, body: { claim } })).toEqual({ member: own });
    expect(await refusal(ana.caller, mergeClaimed, { params, body: { claim } })).toMatchObject({
      code: 'claim.invalid',
    });
    // Everything that named the old account names the other.
    for (const named of ['me', own, old, ref(card)]) {
      const found = await call(named === 'me' ? ana.caller : story.shop, getMember, {
        params: { program: story.slug, member: named },
      });
      expect([found.id, found.externalIds]).toEqual([own, [card]]);
    }
    expect((await call(ana.caller, getStanding, { params })).balances['puntos']).toBe(before);
    // What was known before stays what was known before.
    expect((await call(ana.caller, getStanding, { params, query: { asOf: last?.at } })).balances).toEqual(
      earlier.balances,
    );
    const [newest] = (await call(ana.caller, listEntries, { params })).items;
    expect(newest).toMatchObject({ cause: { type: 'member.absorbed', attributes: { from: old } } });
    await bought(story, card);
    expect(await pointsOf(story, card)).toBeGreaterThan(before);
  });

  test('B6 C5 a key sent before is answered as before; a return of what the old account bought is taken from the other', async () => {
    const story = await begin();
    const card = aMember().externalId;
    const purchase = { ...aPurchase({ externalId: card }), attributes: { totalMinor: 4_000 } };
    const first = await story.record(purchase);
    const ana = await elsewhere.person('member');
    const { id } = await call(ana.caller, joinProgram, { params: { program: story.slug }, body: {} });
    const claim = await claimCode(story, card);
    await call(ana.caller, mergeClaimed, { params: me(story), body: { claim } });
    const again = await story.post(purchase);
    expect([again.headers.get('idempotency-replayed'), JSON.parse(again.text)]).toEqual(['true', first]);
    const had = (await call(ana.caller, getStanding, { params: me(story) })).balances['puntos'] ?? 0;
    const taken = await call(story.shop, reverseActivity, {
      params: { program: story.slug, key: purchase.key },
      body: { key: aKey('vuelta') },
    });
    expect(taken).toMatchObject({ member: id, outcome: 'accepted' });
    const given = first.lines.reduce((sum, { amount }) => sum + amount, 0);
    expect((await call(ana.caller, getStanding, { params: me(story) })).balances['puntos'] ?? 0).toBe(had - given);
    const twice = await refusal(story.shop, reverseActivity, {
      params: { program: story.slug, key: purchase.key },
      body: { key: aKey('vuelta') },
    });
    expect(twice).toMatchObject({ code: 'activity.alreadyReversed' });
  });

  test('A1 twenty times at once count once, whatever is bought with the card meanwhile', async () => {
    const { story, ana, card, own } = await twoAccounts();
    const old = await idOf(story, card);
    const claim = await claimCode(story, card);
    const [answers, purchases] = await Promise.all([
      Promise.all(
        Array.from({ length: 8 }, () => ask(ana.caller, mergeClaimed, { params: me(story), body: { claim } })),
      ),
      Promise.all(
        Array.from({ length: 40 }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, index));
          return bought(story, card, 1_000);
        }),
      ),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 422)]);
    expect(new Set(purchases.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(new Set(purchases.map(({ member }) => member)).size).toBeLessThanOrEqual(2);
    const journal = await story.journal(card);
    const absorbed = journal.filter(({ cause }) => cause.type === 'member.absorbed');
    expect(absorbed.length).toBe(1);
    const mine = journal.filter(({ cause }) => cause.type === 'purchase').length;
    expect(purchases.filter(({ member }) => member === own).length).toBe(mine - 1);
    expect(purchases.filter(({ member }) => member === old).length).toBe(40 - (mine - 1));
  });
});

describe('staff who find one person twice', () => {
  test('A1 staff see what both have, give a reason, and join them; the list and the audit log say so', async () => {
    const story = await begin();
    const [one, other] = [aMember().externalId, aMember().externalId];
    await bought(story, one, 2_000);
    await bought(story, other, 6_000);
    const sum = (await pointsOf(story, one)) + (await pointsOf(story, other));
    const owner = await story.person('owner');
    const [stays, ends] = [await idOf(story, one), await idOf(story, other)];
    const shown = await call(owner.caller, previewMerge, {
      params: { program: story.slug, member: stays },
      body: { ends: ref(other) },
    });
    expect([shown.together.balances['puntos'], shown.ends.called]).toEqual([sum, other]);
    expect(await merged(story, owner.caller, ref(one), ref(other))).toBe(stays);
    expect(await pointsOf(story, other)).toBe(sum);
    const { items } = await call(owner.caller, listMembers, { params: { program: story.slug } });
    expect(items.map(({ id }) => id)).toContain(stays);
    expect(items.map(({ id }) => id)).not.toContain(ends);
    // Its own id still names its own entries, for whoever has kept the number of one.
    const kept = await call(owner.caller, listEntries, { params: { program: story.slug, member: ends } });
    expect(kept.items.map(({ seq, cause }) => [seq, cause.type])).toEqual([
      [2, 'member.closed'],
      [1, 'purchase'],
    ]);
    const found = await call(owner.caller, listMembers, { params: { program: story.slug }, query: { search: other } });
    expect(found.items.map(({ id, externalIds }) => [id, externalIds.toSorted()])).toEqual([
      [stays, [one, other].toSorted()],
    ]);
    const audit = await call(owner.caller, listAuditEntries, { params: { program: story.slug } });
    expect(audit.items).toContainEqual(
      expect.objectContaining({
        action: 'member.merged',
        subject: expect.objectContaining({ kind: 'member', id: stays }) as unknown,
        after: { ended: ends, by: 'staff', reason: REASON },
      }),
    );
    // It has earned what both had earned.
    const boards = await call(owner.caller, getStanding, { params: story.member(one) });
    expect(boards.earned.ever).toBe(sum);
  });

  test('T23 the same one, one that ended, one of another program, and whoever may not: each is refused, and nothing changes', async () => {
    const [story, foreign] = [await begin(), await begin()];
    const [one, other, third] = [aMember(), aMember(), aMember()].map(({ externalId }) => externalId);
    for (const card of [one, other, third]) await bought(story, card ?? '');
    const strange = aMember().externalId;
    await bought(foreign, strange);
    const owner = await story.person('owner');
    const [a, b, c] = [await idOf(story, one ?? ''), await idOf(story, other ?? ''), await idOf(story, third ?? '')];
    const tried = async (caller: Caller, stays: string, ends: string, code: string, status: number): Promise<void> => {
      const params = { program: story.slug, member: stays };
      const body = { ends, reason: REASON };
      expect(await refusal(caller, mergeMembers, { params, body })).toMatchObject({ code, status });
    };
    await tried(owner.caller, a, a, 'merge.same', 422);
    await tried(owner.caller, a, ref(one ?? ''), 'merge.same', 422);
    await tried(owner.caller, a, await idOf(foreign, strange), 'member.notFound', 404);
    await tried(owner.caller, a, ref(strange), 'member.notFound', 404);
    await tried(story.shop, a, b, 'auth.forbidden', 403);
    const unproven = await story.person('manager', { secondFactor: false });
    await tried(unproven.caller, a, b, 'auth.secondFactorNeeded', 403);
    const params = { program: story.slug, member: a };
    const short = await refusal(owner.caller, mergeMembers, { params, body: { ends: b, reason: ' x ' } });
    expect(short).toMatchObject({ code: 'input.invalid', fields: [{ path: ['reason'] }] });
    await merged(story, owner.caller, a, b);
    await tried(owner.caller, a, b, 'member.closed', 409);
    await tried(owner.caller, b, c, 'member.closed', 409);
    await tried(owner.caller, c, b, 'member.closed', 409);
    expect((await story.journal(third ?? '')).map(({ cause }) => cause.type)).toEqual(['purchase']);
  });

  test('A1 each into the other at once: one of them stays, with what both had', async () => {
    const story = await begin();
    const owner = await story.person('owner');
    for (let round = 0; round < 4; round += 1) {
      const [one, other] = [aMember().externalId, aMember().externalId];
      await Promise.all([bought(story, one, 1_500), bought(story, other, 2_500)]);
      const sum = (await pointsOf(story, one)) + (await pointsOf(story, other));
      const answers = await Promise.all([
        merge(story, owner.caller, ref(one), ref(other)),
        merge(story, owner.caller, ref(other), ref(one)),
        merge(story, owner.caller, ref(one), ref(other)),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect([await pointsOf(story, one), await pointsOf(story, other)]).toEqual([sum, sum]);
    }
  });

  test('C8 a hold of the old account is captured by the name that it had, through whatever names the account', async () => {
    const story = await begin();
    const [one, other] = [aMember().externalId, aMember().externalId];
    await Promise.all([bought(story, one, 9_000), bought(story, other, 9_000)]);
    const sum = (await pointsOf(story, one)) + (await pointsOf(story, other));
    const hold = async (card: string, amount: number) => {
      const body = { key: aKey('hold'), currency: 'puntos', amount };
      return (await call(story.shop, holdPoints, { params: story.member(card), body })).lines[0]?.ref ?? '';
    };
    // Both have the same name, each in its own account.
    const [mine, theirs] = [await hold(one, 20), await hold(other, 30)];
    expect(mine).toBe(theirs);
    const owner = await story.person('owner');
    const old = await idOf(story, other);
    await merged(story, owner.caller, ref(one), ref(other));
    const capture = async (member: string, name: string) =>
      decided(story.shop, captureHold, {
        params: { program: story.slug, member, ref: name },
        body: { key: aKey('captura') },
      });
    // While both are there nobody guesses which of them is meant.
    expect((await capture(ref(other), theirs)).refusal).toBe('hold.ambiguous');
    const first = await capture(ref(one), mine);
    expect([first.outcome, first.lines.map(({ amount }) => amount)]).toEqual(['accepted', [-20]]);
    const second = await capture(ref(other), theirs);
    expect([second.outcome, second.lines.map(({ amount }) => amount)]).toEqual(['accepted', [-30]]);
    expect((await capture(old, theirs)).refusal).toBe('hold.notFound');
    const later = await hold(other, 5);
    expect((await capture(ref(other), later)).outcome).toBe('accepted');
    expect(await pointsOf(story, other)).toBe(sum - 55);
  });

  test('A1 a login follows its account, also with a session that was open; #72 the board has one of both, with the sum', async () => {
    const story = await begin();
    const ana = await story.person('member');
    const card = aMember().externalId;
    await bought(story, ana.externalId, 4_000);
    await bought(story, card, 3_000);
    const owner = await story.person('owner');
    const stays = await idOf(story, card);
    const sum = (await pointsOf(story, ana.externalId)) + (await pointsOf(story, card));
    await merged(story, owner.caller, ref(card), ref(ana.externalId));
    const mine = await call(ana.caller, getMember, { params: me(story) });
    expect([mine.id, mine.hasLogin]).toEqual([stays, true]);
    expect((await call(ana.caller, getStanding, { params: me(story) })).balances['puntos']).toBe(sum);
    const next = await story.logIn(ana);
    expect((await call(next.caller, getMember, { params: me(story) })).id).toBe(stays);
    await eventually(async () => {
      const board = await call(ana.caller, getBoard, { params: { program: story.slug, board: 'semana' }, query: {} });
      expect([board.total, board.me?.score]).toEqual([1, sum]);
      return true;
    });
  });
});

describe('who somebody is (A1, A3, A5)', () => {
  test('A3 who is on no board is on none afterwards; a login whose account ended does not begin anew; nobody joins an account of their own as staff', async () => {
    const story = await begin();
    const [ana, ben] = [await story.person(), await story.person()];
    await call(ana.caller, changeProfile, { params: me(story), body: { boards: 'hidden', zone: 'Atlantic/Canary' } });
    const card = aMember().externalId;
    await bought(story, card);
    await bought(story, ana.externalId);
    const owner = await story.person('owner');
    await merged(story, owner.caller, ref(card), ref(ana.externalId));
    const mine = await call(ana.caller, getMember, { params: me(story) });
    expect([mine.boards, mine.zone]).toEqual(['hidden', 'Atlantic/Canary']);
    const places = async () => {
      const board = await call(ben.caller, getBoard, { params: { program: story.slug, board: 'siempre' }, query: {} });
      return board.rows.length;
    };
    await bought(story, ben.externalId);
    await eventually(async () => (await places()) === 1, { until: 'only the other one stands on the board' });
    expect((await story.journal(card)).map(({ cause }) => cause.type)).toContain('member.changed');
    await merged(story, owner.caller, ref(ben.externalId), ref(card));
    const again = { params: { program: story.slug }, body: {} };
    expect(await refusal(ana.caller, joinProgram, again)).toMatchObject({ status: 409, code: 'member.closed' });
    const { id } = await call(owner.caller, joinProgram, again);
    for (const [stays, ends] of [
      [id, ref(ben.externalId)],
      [ref(ben.externalId), id],
    ] as const) {
      const params = { program: story.slug, member: stays };
      expect(await refusal(owner.caller, mergeMembers, { params, body: { ends, reason: REASON } })).toMatchObject({
        status: 403,
        code: 'merge.own',
      });
    }
  });

  test('A5 where people have to join, a card that was joined to one that did not earns nothing either', async () => {
    const story = await Story.begin(server, {
      program: { enrolment: 'optIn' },
      key: { permissions: [...KEY.permissions] },
    });
    const [one, other] = [aMember().externalId, aMember().externalId];
    for (const externalId of [one, other])
      await call(server.local, putMember, { params: { program: story.slug, member: ref(externalId) }, body: {} });
    const old = await idOf(story, other);
    const owner = await story.person('owner');
    await merged(story, owner.caller, ref(one), ref(other));
    for (const member of [{ externalId: one }, { externalId: other }, { id: old }])
      expect(await story.refusal({ ...aPurchase(), member })).toMatchObject({ code: 'member.notEnrolled' });
  });
});

test('C9 the books and the boards are right after all of this: verify finds nothing, and replays everything', async () => {
  const { code, text } = await verifyBooks(server, ['--replay']);
  expect([code, text]).toEqual([0, expect.any(String)]);
});
