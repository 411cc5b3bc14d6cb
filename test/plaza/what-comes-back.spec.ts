import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Earning } from '@verbena/shared/rules/rule.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier, points } from '#support/small-program.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const day = (month: number, date: number) =>
  `2017-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}T10:00:00.000Z`;
const may = (date: number) => day(5, date);
const kindsOf = (lines: readonly { kind: string; amount: number; pocket?: string | undefined }[]) =>
  lines.map(({ kind, amount, pocket }) => [pocket ?? 'balance', kind, amount]);
const months = { expiry: { kind: 'months', months: 1 } } as const;
const quiet = { expiry: { kind: 'inactivity', days: 20 } } as const;

/** A member of a program in which a visit gives its `n` in points, in such a currency. */
function aRun(currency: Partial<Definitions['currencies'][number]> = {}, earning: Partial<Earning> = {}): EngineRun {
  const amount = { product: [{ field: 'n' }] };
  const small = aSmallProgram({
    rules: [aRule({ when: { field: 'n', op: 'gt', value: 0 }, earn: [{ currency: 'puntos', amount, ...earning }] })],
    tiers: [aTier('base', 0), aTier('oro', 1_000)],
  });
  const currencies = small.currencies.map((one) => ({ ...one, ...currency }));
  return new EngineRun(aCompiledProgram({ definitions: { ...small, currencies }, time: 'wall' }));
}

const visit = (run: EngineRun, n: number, at: string) =>
  run.submit({ type: 'visit', occurredAt: at, attributes: { n } });
const house = (run: EngineRun, type: string, attributes: Record<string, unknown>, at: string) =>
  run.submit({ type, occurredAt: at, attributes });
const adjust = (run: EngineRun, amount: number, at: string) =>
  house(run, 'points.adjusted', { currency: 'puntos', amount }, at);
/** Sets aside and spends; answers the seq of the capture. */
function spend(run: EngineRun, amount: number, at: string): number {
  house(run, 'points.held', { currency: 'puntos', amount }, at);
  house(run, 'points.captured', { hold: `${run.state.seq}-1` }, at);
  return run.state.seq;
}
const lotsOf = (run: EngineRun) =>
  (run.state.lots['puntos'] ?? []).map(({ activated, expires, amount }) => [activated, expires, amount]);

describe('a capture that is cancelled', () => {
  test('C4 goes back to the very lots, in full, and the books of held and spent points say so', () => {
    const run = aRun(months);
    visit(run, 30, may(1));
    visit(run, 50, may(5));
    const before = lotsOf(run);
    const captured = spend(run, 60, may(6));
    const back = run.cancel(captured, may(20));
    expect(kindsOf(back.lines)).toEqual([
      ['held', 'capture', 30],
      ['held', 'release', -30],
      ['balance', 'release', 30],
      ['held', 'capture', 30],
      ['held', 'release', -30],
      ['balance', 'release', 30],
    ]);
    expect(back.effects).toMatchObject([{ type: 'activity.reversed', seq: captured, activity: 'points.captured' }]);
    expect(back.effects[0]).not.toHaveProperty('part');
    expect(lotsOf(run)).toEqual(before);
    expect(run.state).not.toHaveProperty('holds');
    expect(run.state.earned['puntos']?.ever).toBe(80);
  });

  test('C4 in part what would have been left comes first; a rest that was let go, or is held still, stays as it is', () => {
    const run = aRun(months);
    visit(run, 30, may(1));
    visit(run, 50, may(5));
    house(run, 'points.held', { currency: 'puntos', amount: 70 }, may(6));
    house(run, 'points.captured', { hold: '3-1', amount: 40 }, may(6));
    const part = run.cancel(4, may(7), 15);
    expect(part.effects[0]).toMatchObject({ part: true });
    expect(lotsOf(run)).toEqual([
      ['2017-05-01', '2017-06-02', 5],
      ['2017-05-05', '2017-06-06', 20],
    ]);
    expect(run.state.holds?.['3-1']?.lots).toEqual([{ activated: '2017-05-05', expires: '2017-06-06', amount: 30 }]);
    // More than is left of it is no more than that; the ledger refuses it before.
    const rest = run.cancel(4, may(7), 26);
    expect(rest.effects[0]).not.toHaveProperty('part');
    expect(run.balance).toBe(50);
    house(run, 'points.released', { hold: '3-1' }, may(8));
    expect(lotsOf(run)).toEqual([
      ['2017-05-01', '2017-06-02', 30],
      ['2017-05-05', '2017-06-06', 50],
    ]);
    expect(run.cancel(4, may(8)).lines).toEqual([]);
  });

  test('C3 C4 a lot that ended meanwhile ends in the same entry; the rest keeps its date', () => {
    const run = aRun(months);
    visit(run, 30, may(1));
    visit(run, 50, may(5));
    const back = run.cancel(spend(run, 60, may(6)), day(6, 3));
    expect(kindsOf(back.lines.filter(({ pocket }) => pocket === undefined))).toEqual([
      ['balance', 'release', 30],
      ['balance', 'expire', -30],
      ['balance', 'release', 30],
    ]);
    expect(back.receipt.fired).toEqual([{ kind: 'currency', id: 'puntos', rev: 1, currency: 'puntos', amount: -30 }]);
    expect(lotsOf(run)).toEqual([['2017-05-05', '2017-06-06', 50]]);
  });

  test('C3 where points end by inactivity no term moves or begins; what was over while it was away is over, whatever was earned since', () => {
    const run = aRun(quiet);
    visit(run, 30, may(1));
    const captured = spend(run, 20, may(2));
    expect(run.cancel(captured, may(10), 5).effects.map(({ type }) => type)).toEqual(['activity.reversed']);
    expect(run.state.activeUntil).toEqual({ puntos: '2017-05-21' });
    // The term ends on 21 May, and a visit begins another one.
    visit(run, 7, day(6, 10));
    expect(run.balance).toBe(7);
    run.cancel(captured, day(6, 11));
    expect(lotsOf(run)).toEqual([['2017-06-10', null, 7]]);
    expect(run.state.activeUntil).toEqual({ puntos: '2017-06-30' });
  });

  test.each(['withinBalance', 'negative'] as const)(
    'C5 under `%s` what was left, or is owed, for want of it is settled with it',
    (onReversal) => {
      const run = aRun({ onReversal });
      visit(run, 100, may(1));
      const captured = spend(run, 60, may(2));
      run.reverse(1, may(3));
      run.cancel(captured, may(4), 10);
      run.cancel(captured, may(5));
      expect(run.state.balances['puntos']).toBe(0);
      expect(run.state).not.toHaveProperty('owed');
      expect(run.state.earned['puntos']?.ever).toBe(0);
    },
  );

  test('C5 under `pendingOnly` what became usable was left to it anyway', () => {
    const run = aRun({ onReversal: 'pendingOnly' });
    visit(run, 100, may(1));
    const captured = spend(run, 60, may(2));
    run.reverse(1, may(3));
    run.cancel(captured, may(4));
    expect(run.balance).toBe(100);
  });
});

describe('what staff gave or took, undone', () => {
  test('C6 a gift goes with its very lot, and is nothing that was earned; a term that began with it goes too', () => {
    const run = aRun(quiet);
    adjust(run, 50, may(1));
    expect(run.state.activeUntil).toEqual({ puntos: '2017-05-21' });
    const back = run.reverse(1, may(1));
    expect(kindsOf(back.lines)).toEqual([['balance', 'adjust', -50]]);
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, earned: {} });
    expect(run.state).not.toHaveProperty('activeUntil');
    // Of another gift by then the term is what it would be without the first one: a day longer.
    adjust(run, 50, may(3));
    adjust(run, 7, may(4));
    run.reverse(3, may(4));
    expect(lotsOf(run)).toEqual([['2017-05-04', null, 7]]);
    expect(run.state.activeUntil).toEqual({ puntos: '2017-05-24' });
  });

  test.each([
    [
      'withinBalance',
      [
        ['balance', 'cover', -20],
        ['balance', 'cover', 20],
        ['balance', 'forgive', 10],
      ],
      0,
      undefined,
    ],
    [
      'negative',
      [
        ['balance', 'cover', -20],
        ['balance', 'cover', 20],
        ['balance', 'owe', 10],
        ['owed', 'owe', 10],
      ],
      0,
      10,
    ],
    ['pendingOnly', [['balance', 'forgive', 30]], 20, undefined],
  ] as const)(
    'C6 what was spent of a gift goes as %s says, and what is there always goes',
    (onReversal, lines, left, owed) => {
      const run = aRun({ onReversal, ...months });
      adjust(run, 50, may(1));
      spend(run, 30, may(1));
      visit(run, 20, may(2));
      const back = run.reverse(1, may(2));
      expect(kindsOf(back.lines)).toEqual([...lines, ['balance', 'adjust', -50]]);
      expect(run.balance).toBe(left);
      expect(run.state.owed?.['puntos']).toBe(owed);
      expect(run.state.earned['puntos']?.ever).toBe(20);
    },
  );

  test('C6 what was taken returns to the lots that it was in; one that ended meanwhile ends at once', () => {
    const run = aRun(months);
    visit(run, 30, may(1));
    visit(run, 50, may(5));
    adjust(run, -60, day(6, 1));
    const back = run.reverse(3, day(6, 2));
    expect(kindsOf(back.lines)).toEqual([
      ['balance', 'adjust', 30],
      ['balance', 'expire', -30],
      ['balance', 'adjust', 30],
    ]);
    expect(lotsOf(run)).toEqual([['2017-05-05', '2017-06-06', 50]]);
    expect(run.state.earned['puntos']?.ever).toBe(80);
  });

  test('C6 what is owed for a taking is settled, and what was paid of it comes back to the lots that paid', () => {
    const run = aRun({ onReversal: 'negative', ...months });
    visit(run, 30, may(1));
    adjust(run, -50, may(2));
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, owed: { puntos: 20 } });
    visit(run, 15, may(3));
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, owed: { puntos: 5 } });
    run.reverse(2, may(3));
    expect(run.state).not.toHaveProperty('owed');
    expect(lotsOf(run)).toEqual([
      ['2017-05-01', '2017-06-02', 30],
      ['2017-05-03', '2017-06-04', 15],
    ]);
  });
});

describe('a badge that staff withdraw', () => {
  /** Every two visits earn the badge, which brings 40 points and completes a mission of 7 with another badge. */
  function aBadgeRun(): EngineRun {
    const definitions = aSmallProgram({
      rules: [
        aRule({ on: { badge: 'dos' }, earn: points(40).map((one) => ({ ...one, cap: { per: 'ever', times: 1 } })) }),
      ],
      missions: [
        aMission({
          on: { badge: 'dos' },
          goal: { kind: 'count', target: 1, per: 'ever' },
          reward: { points: [{ currency: 'puntos', amount: 7 }], badges: ['otra'] },
        }),
      ],
      badges: [aBadge({ id: 'dos', grant: { kind: 'count', activity: 'visit', target: 2 } }), aBadge({ id: 'otra' })],
    });
    return new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
  }
  const withdraw = (run: EngineRun, at: string, more: Record<string, unknown> = { along: true }) =>
    house(run, 'badge.withdrawn', { badge: 'dos', ...more }, at);

  test('F2 goes with what it brought, also what was completed by it, so that earned again it brings that once in sum', () => {
    const run = aBadgeRun();
    for (const date of [1, 2]) visit(run, 0, may(date));
    expect(run.balance).toBe(47);
    const gone = withdraw(run, may(3));
    expect(gone.effects.map(({ type }) => type)).toEqual([
      'badge.revoked',
      'cap.used',
      'mission.reverted',
      'badge.revoked',
    ]);
    expect(gone.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['reverse', -40],
      ['reverse', -7],
    ]);
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, badges: {}, earned: { puntos: { ever: 0 } } });
    expect(withdraw(run, may(3))).toMatchObject({ outcome: 'refused', refusal: 'badge.notHeld', lines: [] });
    for (const date of [4, 5]) visit(run, 0, may(date));
    expect(run.balance).toBe(47);
    expect(Object.keys(run.state.badges)).toEqual(['dos', 'otra']);
    // What it brought the second time goes with a second withdrawal, and with nothing of the first.
    withdraw(run, may(6));
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, earned: { puntos: { ever: 0 } } });
    // The visits that had earned it have nothing more to take.
    for (const seq of [1, 2, 5, 6]) expect(run.reverse(seq, may(7)).lines).toEqual([]);
  });

  test('F2 as it was recorded before, it goes alone; and so does one whose time is over', () => {
    const run = aBadgeRun();
    for (const date of [1, 2]) visit(run, 0, may(date));
    expect(withdraw(run, may(3), {})).toMatchObject({ lines: [], effects: [{ type: 'badge.revoked', by: 'staff' }] });
    expect(run.balance).toBe(47);
  });

  test('F2 C5 what it brought and was spent goes as a return of it would', () => {
    const run = aBadgeRun();
    for (const date of [1, 2]) visit(run, 0, may(date));
    spend(run, 20, may(3));
    expect(kindsOf(withdraw(run, may(3)).lines)).toEqual([
      ['balance', 'forgive', 13],
      ['balance', 'reverse', -40],
      ['balance', 'forgive', 7],
      ['balance', 'reverse', -7],
    ]);
    expect(run.balance).toBe(0);
  });
});

test('C4 A1 what another account was forgiven before it was joined is not taken from a payment that is cancelled', () => {
  const theirs = aRun();
  visit(theirs, 100, may(1));
  spend(theirs, 100, may(2));
  theirs.reverse(1, may(3));
  const OTHER = '01J0000000000000000000FR2E';
  const run = aRun();
  visit(run, 100, may(1));
  const captured = spend(run, 100, may(2));
  const joined = { from: OTHER, seq: theirs.state.seq + 1, state: theirs.state, earned: {} };
  house(run, 'member.absorbed', joined, may(4));
  // Its journal stands before the joining, as the ledger reads it.
  const before = theirs.journal.map((entry) => ({
    ...entry,
    member: OTHER,
    id: `their-${entry.id}`,
    seq: entry.seq - 100,
  }));
  run.journal.unshift(...before);
  run.cancel(captured, may(5));
  expect(run.balance).toBe(100);
});

test('C4 C6 under `pendingOnly` a gift that was spent and undone is not kept by cancelling the payment', () => {
  const run = aRun({ onReversal: 'pendingOnly' });
  adjust(run, 100, may(1));
  const captured = spend(run, 100, may(2));
  run.reverse(1, may(3));
  run.cancel(captured, may(4));
  expect(run.balance).toBe(0);
});
