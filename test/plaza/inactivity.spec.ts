import type { Currency } from '@verbena/shared/currencies/currency.js';
import { aRule, aSmallProgram } from '#support/small-program.js';
import { standingOf } from '@verbena/server/ledger/standing.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';

const OTHER = '01J0000000000000000000FR2E';
const DAYS = 30;
const product = { product: [{ field: 'n' }] };

/** The day so many days after 1 January 2017, on which everything begins. */
const day = (days: number) => new Date(Date.UTC(2017, 0, 1 + days)).toISOString().slice(0, 10);
const noon = (days: number) => `${day(days)}T12:00:00.000Z`;

/** Points that end by inactivity after thirty days. Visits earn them at once; `orders` after so many days. */
function aRun(given: Partial<Currency> = {}, pending = 50): EngineRun {
  const base = aSmallProgram({
    rules: [
      aRule({ earn: [{ currency: 'puntos', amount: product }] }),
      aRule({
        id: 'pedido',
        on: { activity: 'order' },
        earn: [{ currency: 'puntos', amount: product, pending: { days: pending } }],
      }),
      aRule({
        id: 'encargo',
        on: { activity: 'ask' },
        earn: [{ currency: 'puntos', amount: product, pending: { until: 'action', activity: 'visit' } }],
      }),
    ],
  });
  const [visit] = base.activityTypes;
  if (visit === undefined) throw new Error('The small program has no type.');
  const expiry = { kind: 'inactivity', days: DAYS } as const;
  const definitions = {
    ...base,
    activityTypes: [visit, { ...visit, id: 'order' }, { ...visit, id: 'ask' }],
    currencies: base.currencies.map((one) => ({ ...one, expiry, transfer: { perGift: 500, perDay: 500 }, ...given })),
  };
  return new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
}

const act = (run: EngineRun, type: string, days: number, attributes: Record<string, unknown>) =>
  run.submit({ type, occurredAt: noon(days), attributes });
const visit = (run: EngineRun, n: number, days: number) => act(run, 'visit', days, { n });
const adjust = (run: EngineRun, amount: number, days: number) =>
  act(run, 'points.adjusted', days, { currency: 'puntos', amount });
const receive = (run: EngineRun, amount: number, days: number) =>
  act(run, 'transfer.received', days, {
    ...{ transfer: '7-1', from: OTHER, currency: 'puntos' },
    lots: [{ activated: day(0), expires: null, amount }],
  });
/** The last day on which there are points, asked day by day. */
function lastDay(run: EngineRun): string {
  let days = Math.round((Date.parse(run.state.newestOccurredAt ?? '') - Date.parse(noon(0))) / 86_400_000);
  for (; run.balance > 0; days += 1) run.strike(noon(days + 1));
  return day(days - 1);
}
const untilOf = (run: EngineRun) => run.state.activeUntil?.['puntos'];

describe('a version that lets points end by inactivity', () => {
  const never = { kind: 'never' } as const;
  const definitionsOf = (expiry: Currency['expiry']) => {
    const base = aSmallProgram({ rules: [aRule({ earn: [{ currency: 'puntos', amount: product }] })] });
    return { ...base, currencies: base.currencies.map((one) => ({ ...one, expiry, notice: 5 })) };
  };
  const under = (on?: string, older = [definitionsOf(never)]) =>
    aCompiledProgram({
      ...{ definitions: definitionsOf({ kind: 'inactivity', days: DAYS }), older, time: 'wall' },
      ...(on === undefined ? {} : { on }),
    });

  test('C3 #10 B10 keeps what it promised before: those points stay, the later ones end, and card and notice say so', () => {
    const run = new EngineRun(aCompiledProgram({ definitions: definitionsOf(never), time: 'wall' }));
    visit(run, 70, 0);
    run.program = under(day(10));
    visit(run, 5, 20);
    const dates = { program: day(20), member: day(20) };
    expect(standingOf(run.program, run.state, dates).expiring['puntos']).toEqual([{ amount: 5, until: day(50) }]);
    run.strike(noon(46));
    expect(run.journal.at(-1)?.effects).toEqual([
      { type: 'expiry.noticed', currency: 'puntos', amount: 5, expires: day(51) },
    ]);
    run.strike(noon(400));
    expect(run.balance).toBe(70);
    // What was earned on the last day of the promise, also late, stays too.
    run.submit({ type: 'visit', occurredAt: noon(10), attributes: { n: 3 } }, noon(401));
    run.strike(noon(900));
    expect(run.balance).toBe(73);
  });

  test('C3 #10 B10 what stays is spent after what ends', () => {
    const run = new EngineRun(aCompiledProgram({ definitions: definitionsOf(never), time: 'wall' }));
    visit(run, 100, 0);
    run.program = under(day(10));
    visit(run, 100, 20);
    act(run, 'points.held', 21, { currency: 'puntos', amount: 100 });
    act(run, 'points.captured', 21, { hold: `${run.state.seq}-1` });
    run.strike(noon(100));
    expect(run.balance).toBe(100);
  });

  test('C3 #10 B10 a set that is tried as if it had always been has no such days', () => {
    const run = new EngineRun(under());
    visit(run, 70, 0);
    run.strike(noon(31));
    expect(run.balance).toBe(0);
  });
});

describe('what comes to whoever has no points any more', () => {
  /** By what comes on day 90, long after the term of a visit on day 0: the last day of what came. */
  const ways: readonly [string, (run: EngineRun) => void][] = [
    ['a gift', (run) => void receive(run, 60, 90)],
    ['points given by staff', (run) => void adjust(run, 60, 90)],
    ['pending points that become usable', (run) => run.strike(noon(90))],
    [
      'pending points that staff make usable',
      (run) => void act(run, 'points.activated', 90, { pending: Object.keys(run.state.pending ?? {})[0] ?? '' }),
    ],
  ];
  test.each(ways)('C3 C4 %s counts from the day on which it comes, as for whoever never had any', (name, comes) => {
    const run = aRun({}, name.includes('staff make') ? 200 : 90);
    visit(run, 10, 0);
    if (name.startsWith('pending')) act(run, 'order', 0, { n: 60 });
    comes(run);
    run.strike(noon(90));
    expect([run.balance, untilOf(run), lastDay(run)]).toEqual([60, day(90 + DAYS), day(90 + DAYS)]);
  });

  /** The member's own, out of its hands while its term ended: they end as they come back, in the same entry. */
  test('C3 C4 C6 C7 points held or on their way when the term ended end as they come back, with a line and a receipt', () => {
    const run = aRun();
    visit(run, 100, 0);
    act(run, 'points.held', 1, { currency: 'puntos', amount: 40 });
    act(run, 'transfer.sent', 1, { currency: 'puntos', amount: 25, to: OTHER });
    run.strike(noon(DAYS + 1));
    expect(run.balance).toBe(0);
    const back = [
      act(run, 'points.released', 40, { hold: Object.keys(run.state.holds ?? {})[0] ?? '' }),
      act(run, 'transfer.returned', 40, { transfer: Object.keys(run.state.transit ?? {})[0] ?? '' }),
    ];
    for (const [index, amount] of [40, 25].entries()) {
      expect(back[index]?.lines.map((line) => [line.kind, line.amount, line.pocket]).slice(1)).toEqual([
        [['release', 'return'][index], amount, undefined],
        ['expire', -amount, undefined],
      ]);
      expect(back[index]?.receipt.fired).toMatchObject([{ kind: 'currency', amount: -amount }]);
    }
    expect([run.balance, untilOf(run)]).toEqual([0, day(DAYS)]);
  });

  test('C3 C4 C7 #10 B10 they end as they come back also where another term runs by then', () => {
    const run = aRun();
    visit(run, 100, 0);
    act(run, 'points.held', 1, { currency: 'puntos', amount: 40 });
    act(run, 'transfer.sent', 1, { currency: 'puntos', amount: 25, to: OTHER });
    visit(run, 7, 40);
    act(run, 'points.held', 41, { currency: 'puntos', amount: 3 });
    for (const hold of Object.keys(run.state.holds ?? {})) act(run, 'points.released', 42, { hold });
    act(run, 'transfer.returned', 42, { transfer: Object.keys(run.state.transit ?? {})[0] ?? '' });
    expect([run.balance, untilOf(run)]).toEqual([7, day(40 + DAYS)]);
    // What is used of them is used all the same.
    const other = aRun();
    visit(other, 100, 0);
    act(other, 'points.held', 1, { currency: 'puntos', amount: 40 });
    visit(other, 7, 40);
    const hold = Object.keys(other.state.holds ?? {})[0] ?? '';
    expect(act(other, 'points.captured', 42, { hold, amount: 30, release: true }).outcome).toBe('accepted');
    expect(other.balance).toBe(7);
  });

  test('C3 C6 C7 while the term runs they come back and stay', () => {
    const run = aRun();
    visit(run, 100, 0);
    act(run, 'points.held', 1, { currency: 'puntos', amount: 40 });
    act(run, 'points.released', DAYS, { hold: Object.keys(run.state.holds ?? {})[0] ?? '' });
    expect([run.balance, lastDay(run)]).toEqual([100, day(DAYS)]);
  });
});

describe('what another account brings', () => {
  /** The other account's points, and the term that they have there; the member's own was over long ago. */
  const bring = (run: EngineRun, activeUntil: string | undefined) => {
    const lots = { puntos: [{ activated: day(5), expires: null, amount: 60 }] };
    const rest = { earned: {}, counters: {}, caps: {}, missions: {}, badges: {}, tier: null };
    const terms = activeUntil === undefined ? {} : { activeUntil: { puntos: activeUntil } };
    const state = { ...rest, ...terms, seq: 3, newestOccurredAt: noon(5), balances: { puntos: 60 }, lots };
    return act(run, 'member.absorbed', 90, { from: OTHER, seq: 4, state, earned: {} });
  };

  test.each([
    ['keeps its term', day(100), day(100)],
    ['has one from then on where it had none', undefined, day(90 + DAYS)],
  ])('C3 A1 it %s, whatever one’s own was', (_, theirs, last) => {
    const run = aRun();
    visit(run, 10, 0);
    run.strike(noon(90));
    bring(run, theirs);
    run.strike(noon(90));
    expect([run.balance, untilOf(run), lastDay(run)]).toEqual([60, last, last]);
  });

  test('C3 A1 one’s own that had no term get none that is over either', () => {
    const run = aRun();
    bring(run, day(70));
    run.strike(noon(90));
    expect(run.balance).toBe(0);
    const other = aRun();
    bring(other, undefined);
    const { activeUntil: _, ...termless } = other.state;
    other.state = termless;
    bring(other, day(70));
    other.strike(noon(90));
    expect([other.balance, untilOf(other)]).toEqual([120, day(90 + DAYS)]);
  });
});

test('C3 C4 A1 #10 B10 what either account had set aside ends with its own term, not with that of the other', () => {
  const run = aRun();
  visit(run, 100, 0);
  act(run, 'points.held', 1, { currency: 'puntos', amount: 40 });
  const lot = { activated: day(5), expires: null };
  const state = {
    ...{ earned: {}, counters: {}, caps: {}, missions: {}, badges: {}, tier: null, seq: 3 },
    ...{ newestOccurredAt: noon(5), balances: { puntos: 60 }, lots: { puntos: [{ ...lot, amount: 60 }] } },
    ...{
      activeUntil: { puntos: day(100) },
      holds: { '2-1': { currency: 'puntos', lots: [{ ...lot, amount: 9 }], until: null } },
    },
  };
  act(run, 'member.absorbed', 90, { from: OTHER, seq: 4, state, earned: {} });
  for (const hold of Object.keys(run.state.holds ?? {})) act(run, 'points.released', 91, { hold });
  expect([run.balance, untilOf(run)]).toEqual([69, day(100)]);
});

describe('what keeps points alive', () => {
  test('C3 C4 C7 C9 gifts, staff and pending points that become usable do not; an activity that earns any does', () => {
    const run = aRun({}, 8);
    visit(run, 10, 0);
    act(run, 'order', 2, { n: 20 });
    expect(untilOf(run)).toBe(day(2 + DAYS));
    adjust(run, 5, 9);
    receive(run, 5, 11);
    run.strike(noon(12));
    expect([run.balance, untilOf(run)]).toEqual([40, day(2 + DAYS)]);
    visit(run, 1, 20);
    expect([untilOf(run), lastDay(run)]).toEqual([day(20 + DAYS), day(20 + DAYS)]);
  });

  test('C3 C9 what becomes usable on the day after the term begins one of its own and keeps nothing of before', () => {
    const run = aRun({}, DAYS + 1);
    act(run, 'order', 0, { n: 20 });
    adjust(run, 5, 1);
    run.strike(noon(DAYS + 1));
    expect([run.balance, untilOf(run)]).toEqual([20, day(DAYS + 1 + DAYS)]);
  });

  test('C3 C9 an activity that makes waiting points usable keeps alive, as it gives them', () => {
    const run = aRun();
    act(run, 'ask', 0, { n: 20 });
    visit(run, 0, 25);
    expect([run.balance, untilOf(run)]).toEqual([20, day(25 + DAYS)]);
  });

  test('C3 an order that arrives after its points became usable keeps alive from its own day, as in time', () => {
    const run = aRun({}, 8);
    run.submit({ type: 'order', occurredAt: noon(0), attributes: { n: 20 } }, noon(12));
    expect(untilOf(run)).toBe(day(DAYS));
  });
});

describe('what is taken back', () => {
  test('C3 C5 a cent bought and returned every 29 days keeps nothing alive', () => {
    const run = aRun();
    visit(run, 100, 0);
    for (const days of [29, 58, 87]) {
      visit(run, 1, days);
      run.reverse(run.state.seq, noon(days));
      expect(run.balance).toBe(days === 29 ? 100 : 0);
    }
    expect(
      run.journal.findLast(({ effects }) => effects.some(({ type }) => type === 'expiry.shortened')),
    ).toBeDefined();
  });

  test('C3 C5 the term is what it would be without it; an older purchase of the same day, or late, still counts', () => {
    const run = aRun();
    visit(run, 10, 0);
    visit(run, 5, 9);
    const seq = run.state.seq;
    visit(run, 5, 9);
    run.submit({ type: 'visit', occurredAt: noon(4), attributes: { n: 3 } }, noon(10));
    expect(run.reverse(seq, noon(11)).effects.map(({ type }) => type)).not.toContain('expiry.shortened');
    expect(untilOf(run)).toBe(day(9 + DAYS));
    expect(run.reverse(seq + 1, noon(12)).effects).toContainEqual({
      ...{ type: 'expiry.shortened', currency: 'puntos' },
      until: day(4 + DAYS),
    });
    expect([run.balance, lastDay(run)]).toEqual([13, day(4 + DAYS)]);
  });

  test('C3 C5 what would have ended before ends with the return, with its line and receipt, and not in the past', () => {
    const run = aRun();
    visit(run, 100, 0);
    visit(run, 7, 29);
    const { seq } = run.state;
    const { lines, receipt, effects } = run.reverse(seq, noon(50));
    expect(lines.map(({ kind, amount, lot }) => [kind, amount, lot.activated])).toEqual([
      ['reverse', -7, day(29)],
      ['expire', -100, day(0)],
    ]);
    expect(receipt.fired).toMatchObject([{ kind: 'rule' }, { kind: 'currency', amount: -100 }]);
    expect(effects).toContainEqual({ type: 'expiry.shortened', currency: 'puntos', until: day(DAYS) });
    const length = run.journal.length;
    run.strike(noon(51));
    expect([run.balance, run.journal.length]).toEqual([0, length]);
  });

  test('C3 C5 where a gift began a term of its own only what was there before ends with the return', () => {
    const run = aRun();
    visit(run, 100, 0);
    visit(run, 7, 29);
    const { seq } = run.state;
    receive(run, 60, 45);
    expect(untilOf(run)).toBe(day(29 + DAYS));
    run.reverse(seq, noon(50));
    // The gift lies in a lot of the same day as what ended.
    expect([run.balance, lastDay(run)]).toEqual([60, day(29 + DAYS)]);
  });

  test('C3 C5 returned in part it counts until nothing of it remains, however it went', () => {
    const run = aRun();
    visit(run, 100, 0);
    visit(run, 20, 10);
    const { seq } = run.state;
    run.reverse(seq, noon(11), { n: 1 });
    expect(untilOf(run)).toBe(day(10 + DAYS));
    run.reverse(seq, noon(12), { n: 0 });
    expect(untilOf(run)).toBe(day(DAYS));
    expect(run.reverse(seq, noon(13)).effects.map(({ type }) => type)).not.toContain('expiry.shortened');
    expect([run.balance, lastDay(run)]).toEqual([100, day(DAYS)]);
  });

  test('C3 C5 C9 so does an order whose points wait, and whose points began a term later', () => {
    const run = aRun({}, 40);
    visit(run, 100, 0);
    act(run, 'order', 20, { n: 20 });
    const { seq } = run.state;
    expect(untilOf(run)).toBe(day(20 + DAYS));
    run.reverse(seq, noon(21));
    expect([run.balance, untilOf(run), run.state.pending]).toEqual([100, day(DAYS), undefined]);
    const late = aRun({}, 40);
    act(late, 'order', 0, { n: 20 });
    late.strike(noon(41));
    expect(untilOf(late)).toBe(day(40 + DAYS));
    late.reverse(1, noon(41));
    expect([late.balance, untilOf(late)]).toEqual([0, undefined]);
  });

  test('C3 C4 the sooner end is told of, whatever was told before', () => {
    const run = aRun({ notice: 10 });
    visit(run, 100, 0);
    visit(run, 7, 15);
    const { seq } = run.state;
    run.strike(noon(35));
    run.reverse(seq, noon(35));
    expect(run.balance).toBe(0);
    const early = aRun({ notice: 10 });
    visit(early, 100, 0);
    visit(early, 7, 2);
    early.strike(noon(23));
    early.reverse(2, noon(23));
    early.strike(noon(24));
    visit(early, 1, 24);
    early.strike(noon(50));
    const told = early.journal.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'expiry.noticed' ? [effect.expires] : [])),
    );
    expect(told).toEqual([day(3 + DAYS), day(1 + DAYS), day(25 + DAYS)]);
  });
});
