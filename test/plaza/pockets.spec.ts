import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Earning } from '@verbena/shared/rules/rule.js';
import { aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const may = (date: number, hour = 10) =>
  `2017-05-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const kindsOf = (lines: readonly { kind: string; amount: number; pocket?: string | undefined }[]) =>
  lines.map(({ kind, amount, pocket }) => [pocket ?? 'balance', kind, amount]);

/** A member of a program in which a visit gives its `n` in points, by this earning, in this currency. */
function aRun(
  earning: Partial<Earning> = {},
  currency: Partial<Definitions['currencies'][number]> = {},
  base: Partial<Definitions['tiers'][number]> = {},
): EngineRun {
  const amount = { product: [{ field: 'n' }] };
  const small = aSmallProgram({
    rules: [aRule({ when: { field: 'n', op: 'gt', value: 0 }, earn: [{ currency: 'puntos', amount, ...earning }] })],
    tiers: [aTier('base', 0, base), aTier('oro', 100)],
  });
  const currencies = small.currencies.map((one) => ({ ...one, ...currency }));
  const other = small.activityTypes.map((type) => ({ ...type, id: 'paid' }));
  const activityTypes = [...small.activityTypes, ...other];
  return new EngineRun(aCompiledProgram({ definitions: { ...small, currencies, activityTypes }, time: 'wall' }));
}

const visit = (run: EngineRun, n: number, at: string) =>
  run.submit({ type: 'visit', occurredAt: at, attributes: { n } });
const house = (run: EngineRun, type: string, attributes: Record<string, unknown>, at: string) =>
  run.submit({ type, occurredAt: at, attributes });

describe('pending points', () => {
  test('C2 by days: nothing of them counts until the clock makes them usable, on their day and with its lot', () => {
    const run = aRun({ pending: { days: 14 } }, { expiry: { kind: 'months', months: 1 } });
    const given = visit(run, 120, may(1));
    expect(kindsOf(given.lines)).toEqual([['pending', 'pend', 120]]);
    expect(run.state.pending).toEqual({
      '1-1': {
        currency: 'puntos',
        amount: 120,
        by: { kind: 'rule', id: 'regla', rev: 1 },
        on: '2017-05-15',
        expires: '2017-06-16',
      },
    });
    expect(run.state).toMatchObject({ balances: {}, earned: {}, tier: { id: 'base' } });
    run.strike(may(14, 21));
    expect(run.balance).toBe(0);
    run.strike(may(15));
    expect(run.balance).toBe(120);
    expect(run.state).not.toHaveProperty('pending');
    expect(run.state.lots['puntos']).toEqual([{ activated: '2017-05-15', expires: '2017-06-16', amount: 120 }]);
    expect(run.state).toMatchObject({ earned: { puntos: { ever: 120 } }, tier: { id: 'oro', since: '2017-05-15' } });
  });

  test('C2 G6 what becomes usable ends as the tier says, in both of its lines', () => {
    const month = { expiry: { kind: 'months' as const, months: 1 } };
    const run = aRun({ pending: { days: 14 } }, month, { expiry: { kind: 'months', months: 24 } });
    visit(run, 20, may(1));
    run.strike(may(15));
    const lines = run.journal.at(-1)?.decision.lines ?? [];
    expect(kindsOf(lines)).toEqual([
      ['pending', 'activate', -20],
      ['balance', 'earn', 20],
    ]);
    expect(lines.map(({ lot }) => lot.expires)).toEqual(['2019-05-16', '2019-05-16']);
  });

  test.each([
    ['sooner', 1, '2018-05-16'],
    ['later', 24, '2019-05-16'],
  ])('C2 #10 B10 what is earned ends as it was promised then, also where it would now end %s', (_, months, expires) => {
    const year = { expiry: { kind: 'months' as const, months: 12 } };
    const run = aRun({ pending: { days: 14 } }, year);
    visit(run, 20, may(1));
    run.program = aRun({ pending: { days: 14 } }, { expiry: { kind: 'months', months } }).program;
    run.strike(may(15));
    expect(run.state.lots['puntos']).toEqual([{ activated: '2017-05-15', expires, amount: 20 }]);
  });

  test('C2 G6 #10 B10 what is earned in a tier ends as that tier said, whatever is held when it becomes usable', () => {
    const run = aRun(
      { pending: { days: 14 } },
      { expiry: { kind: 'months', months: 1 } },
      {
        expiry: { kind: 'never' },
      },
    );
    visit(run, 20, may(1));
    run.program = aRun({ pending: { days: 14 } }, { expiry: { kind: 'months', months: 1 } }).program;
    house(run, 'points.rescheduled', { pending: '1-1', on: '2017-05-20' }, may(2));
    run.strike(may(20));
    expect(run.state.lots['puntos']).toEqual([{ activated: '2017-05-20', expires: null, amount: 20 }]);
  });

  test('C2 an activity that arrives after its pending time is usable at once, as if it had come in time', () => {
    const run = aRun({ pending: { days: 14 } });
    visit(run, 10, may(1));
    const late = run.submit({ type: 'visit', occurredAt: may(2), attributes: { n: 7 } }, may(30));
    expect(kindsOf(late.lines)).toEqual([['balance', 'earn', 7]]);
    expect(late.lines[0]?.lot.activated).toBe('2017-05-16');
    expect(run.balance).toBe(17);
  });

  test('C2 on an action: the activity that they wait for makes them usable, no other does', () => {
    const run = aRun({ pending: { until: 'action', activity: 'paid' } });
    visit(run, 40, may(1));
    visit(run, 2, may(2));
    run.strike(may(31));
    expect(run.balance).toBe(0);
    const paid = run.submit({ type: 'paid', occurredAt: may(31), attributes: {} });
    expect(kindsOf(paid.lines)).toEqual([
      ['pending', 'activate', -40],
      ['balance', 'earn', 40],
      ['pending', 'activate', -2],
      ['balance', 'earn', 2],
    ]);
    expect(run.balance).toBe(42);
  });

  test('C2 M1 by lot: usable now, on another day that there is, or never', () => {
    const run = aRun({ pending: { until: 'action' } });
    for (const n of [10, 20, 30]) visit(run, n, may(1));
    house(run, 'points.activated', { pending: '1-1' }, may(2));
    expect(run.balance).toBe(10);
    house(run, 'points.rescheduled', { pending: '2-1', on: '2017-05-20' }, may(2));
    for (const on of ['2017-02-30', '9999-12-31'])
      expect(house(run, 'points.rescheduled', { pending: '2-1', on }, may(2))).toMatchObject({
        refusal: 'day.notFound',
        effects: [],
      });
    house(run, 'points.cancelled', { pending: '3-1' }, may(2));
    expect(Object.keys(run.state.pending ?? {})).toEqual(['2-1']);
    run.strike(may(20));
    expect(run.balance).toBe(30);
    for (const ref of ['1-1', '2-1', '3-1', '9-9'])
      expect(house(run, 'points.activated', { pending: ref }, may(21))).toMatchObject({
        outcome: 'refused',
        refusal: 'pending.notFound',
        lines: [],
      });
    expect(run.state.earned['puntos']?.ever).toBe(30);
  });

  test('C2 C5 taken back while pending they never come; afterwards they are taken from the lot that they became', () => {
    const run = aRun({ pending: { days: 14 } });
    visit(run, 50, may(1));
    visit(run, 80, may(1));
    expect(kindsOf(run.reverse(1, may(3), { n: 20 }).lines)).toEqual([['pending', 'cancel', -30]]);
    expect(kindsOf(run.reverse(2, may(3)).lines)).toEqual([['pending', 'cancel', -80]]);
    run.strike(may(20));
    expect(run.balance).toBe(20);
    expect(kindsOf(run.reverse(1, may(21), { n: 15 }).lines)).toEqual([['balance', 'reverse', -5]]);
    const rest = run.reverse(1, may(21));
    expect(kindsOf(rest.lines)).toEqual([['balance', 'reverse', -15]]);
    expect(rest.lines[0]?.lot.activated).toBe('2017-05-15');
    expect(run.balance).toBe(0);
    expect(run.state.earned['puntos']?.ever).toBe(0);
  });

  test('C2 what only became usable with an activity stays when that is taken back', () => {
    const run = aRun({ pending: { until: 'action', activity: 'paid' } });
    visit(run, 40, may(1));
    run.submit({ type: 'paid', occurredAt: may(2), attributes: {} });
    expect(run.reverse(2, may(3)).lines).toEqual([]);
    run.reverse(1, may(3));
    expect(run.balance).toBe(0);
  });

  test('C2 a whole return after the activation under `pendingOnly` leaves what is usable', () => {
    const run = aRun({ pending: { days: 14 } }, { onReversal: 'pendingOnly' });
    visit(run, 50, may(1));
    visit(run, 70, may(10));
    run.strike(may(16));
    run.reverse(1, may(17));
    run.reverse(2, may(17));
    expect(run.balance).toBe(50);
    expect(run.state).not.toHaveProperty('pending');
  });
});

describe('holds', () => {
  const months = { expiry: { kind: 'months', months: 1 } } as const;

  test('C4 what is held leaves the balance, soonest expiry first, and is spent in part and in the end', () => {
    const run = aRun({}, months);
    visit(run, 30, may(1));
    visit(run, 50, may(5));
    const held = house(run, 'points.held', { currency: 'puntos', amount: 60 }, may(6));
    expect(held.lines.map(({ lot, amount, pocket }) => [lot.activated, amount, pocket])).toEqual([
      ['2017-05-01', -30, undefined],
      ['2017-05-05', -30, undefined],
      ['2017-05-01', 30, 'held'],
      ['2017-05-05', 30, 'held'],
    ]);
    expect(run.balance).toBe(20);
    house(run, 'points.captured', { hold: '3-1', amount: 40 }, may(7));
    expect(run.state.holds?.['3-1']?.lots).toEqual([{ activated: '2017-05-05', expires: '2017-06-06', amount: 20 }]);
    expect(house(run, 'points.captured', { hold: '3-1', amount: 21 }, may(7))).toMatchObject({
      refusal: 'hold.tooLittle',
    });
    house(run, 'points.captured', { hold: '3-1', amount: 5, release: true }, may(7));
    expect(run.balance).toBe(35);
    expect(run.state).not.toHaveProperty('holds');
    expect(run.state.earned['puntos']?.ever).toBe(80);
    expect(house(run, 'points.released', { hold: '3-1' }, may(8))).toMatchObject({ refusal: 'hold.notFound' });
  });

  test('C4 M1 more than there is, a currency that is none and a day that is over or is none are refused, and change nothing', () => {
    const run = aRun({}, months);
    visit(run, 30, may(1));
    const refusals = [
      [{ currency: 'puntos', amount: 31 }, 'points.notEnough'],
      [{ currency: 'pesetas', amount: 1 }, 'currency.notFound'],
      [{ currency: 'puntos', amount: 1, until: '2017-05-01' }, 'hold.over'],
      // M1: these once stood in the books, or had the clock look for a day that there is not.
      [{ currency: 'puntos', amount: 1, until: '2017-99-99' }, 'day.notFound'],
      [{ currency: 'puntos', amount: 1, until: '9999-12-31' }, 'day.notFound'],
    ] as const;
    for (const [attributes, refusal] of refusals)
      expect(house(run, 'points.held', attributes, may(2))).toMatchObject({ outcome: 'refused', refusal, lines: [] });
    expect(run.balance).toBe(30);
  });

  test('C4 the clock lets go after the last day; what expired meanwhile expires then, and only then', () => {
    const run = aRun({}, months);
    visit(run, 30, may(1));
    visit(run, 50, may(20));
    house(run, 'points.held', { currency: 'puntos', amount: 40, until: '2017-06-10' }, may(20));
    run.strike('2017-06-10T12:00:00.000Z');
    expect(run.balance).toBe(40);
    run.strike('2017-06-11T12:00:00.000Z');
    // 30 of the first of May ended on 2 June; 10 of the twentieth come back to the other 40.
    expect(run.balance).toBe(50);
    expect(run.state).not.toHaveProperty('holds');
  });

  test('C4 C5 a return takes what it can find: what is held for something else stays held', () => {
    const run = aRun();
    visit(run, 30, may(1));
    house(run, 'points.held', { currency: 'puntos', amount: 20 }, may(2));
    expect(kindsOf(run.reverse(1, may(3)).lines)).toEqual([
      ['balance', 'forgive', 20],
      ['balance', 'reverse', -30],
    ]);
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, earned: { puntos: { ever: 0 } } });
    house(run, 'points.released', { hold: '2-1' }, may(4));
    expect(run.balance).toBe(20);
  });

  test('C4 C5 what expired of a lot and what was spent of it are told apart', () => {
    const run = aRun({}, months);
    visit(run, 100, may(1));
    house(run, 'points.held', { currency: 'puntos', amount: 60 }, may(2));
    house(run, 'points.captured', { hold: '2-1' }, may(2));
    visit(run, 70, may(20));
    run.strike('2017-06-02T12:00:00.000Z');
    expect(kindsOf(run.reverse(1, '2017-06-03T12:00:00.000Z').lines)).toEqual([
      ['balance', 'expire', 40],
      ['balance', 'cover', -60],
      ['balance', 'cover', 60],
      ['balance', 'reverse', -100],
    ]);
    expect(run.balance).toBe(10);
  });
});

describe('adjustments', () => {
  test('C6 points that staff give are usable and expire, and are nothing that was earned', () => {
    const run = aRun({}, { expiry: { kind: 'months', months: 1 } });
    const given = house(run, 'points.adjusted', { currency: 'puntos', amount: 500 }, may(1));
    expect(kindsOf(given.lines)).toEqual([['balance', 'adjust', 500]]);
    expect(run.state).toMatchObject({ balances: { puntos: 500 }, earned: {}, tier: { id: 'base' } });
    run.strike('2017-06-02T12:00:00.000Z');
    expect(run.balance).toBe(0);
  });

  test('C6 what staff take is taken as far as there is any; the receipt says what was short', () => {
    const run = aRun();
    visit(run, 30, may(1));
    const taken = house(run, 'points.adjusted', { currency: 'puntos', amount: -50 }, may(2));
    expect(kindsOf(taken.lines)).toEqual([['balance', 'adjust', -30]]);
    expect(taken.effects).toEqual([{ type: 'points.adjusted', currency: 'puntos', amount: -50, short: 20 }]);
    expect(run.state.earned['puntos']?.ever).toBe(30);
  });

  test('C6 under `negative` the rest is owed', () => {
    const run = aRun({}, { onReversal: 'negative' });
    visit(run, 30, may(1));
    house(run, 'points.adjusted', { currency: 'puntos', amount: -50 }, may(2));
    expect(run.state).toMatchObject({ balances: { puntos: 0 }, owed: { puntos: 20 } });
    visit(run, 25, may(3));
    expect(run.balance).toBe(5);
  });

  test('C6 who has left gets nothing, and what was set aside still ends', () => {
    const run = aRun();
    visit(run, 30, may(1));
    house(run, 'points.held', { currency: 'puntos', amount: 10 }, may(1));
    run.submit({ type: 'member.left', occurredAt: may(2), attributes: {} });
    for (const type of ['points.adjusted', 'points.held'])
      expect(house(run, type, { currency: 'puntos', amount: 5 }, may(3))).toMatchObject({ refusal: 'member.left' });
    house(run, 'points.released', { hold: '2-1' }, may(3));
    expect(run.balance).toBe(30);
  });
});
