import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { RECEIPT_BYTES_MAX } from '@verbena/shared/ledger/receipt.js';
import { addDays, lastDayOf } from '@verbena/server/engine/calendar.js';
import { counterId } from '@verbena/server/engine/compile-counter.js';
import { fold, LATE_DAYS_MAX } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { deliveries, type Delivery } from '#support/plaza-histories.js';
import { Seeded } from '#support/seeded.js';
import { seedsOf } from '#support/seeds.js';

const PURCHASES = counterId({ activity: 'purchase', bucket: 'ever', zone: 'program' });
const seeds = seedsOf('reversals');

/** What is delivered, and for some of it how many deliveries later it is taken back. */
const histories = fc.tuple(deliveries, fc.array(fc.tuple(fc.nat(99), fc.nat(30)), { minLength: 1, maxLength: 25 }));
type History = readonly [readonly Delivery[], readonly (readonly [number, number])[]];

/** Plays a history, taking back as it says; answers the run and which deliveries were taken back. */
function play([history, wishes]: History): { run: EngineRun; taken: ReadonlySet<number> } {
  const run = new EngineRun(aCompiledProgram({ time: 'wall' }));
  const taken = new Set<number>();
  const seqs: number[] = [];
  for (const [step, { activity, at }] of history.entries()) {
    run.submit(activity, at);
    seqs.push(run.state.seq);
    const isLast = step === history.length - 1;
    for (const [place, later] of wishes) {
      const index = place % history.length;
      const seq = seqs[index];
      if (seq === undefined || taken.has(index) || (index + later > step && !isLast)) continue;
      taken.add(index);
      run.reverse(seq, at);
    }
  }
  return { run, taken };
}

law('C5 C9 with reversals anywhere, balances are the sum of lines and of lots and never below zero', (history) => {
  const { run } = play(history);
  let balance = 0;
  let earned = 0;
  for (const { lines, decision } of run.journal) {
    expect(decision.outcome).toBe('accepted');
    for (const { amount, kind } of lines) {
      balance += amount;
      expect(balance).toBeGreaterThanOrEqual(0);
      if (kind !== 'expire') earned += amount;
    }
    const lots = decision.state.lots['puntos'] ?? [];
    expect(decision.state.balances['puntos'] ?? 0).toBe(balance);
    expect(decision.state.earned['puntos']?.ever ?? 0).toBe(earned);
    expect(lots.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
    expect(lots.every(({ amount }) => amount > 0)).toBe(true);
  }
  const years = Object.values(run.state.earned['puntos']?.years ?? {});
  expect(years.reduce((sum, amount) => sum + amount, 0)).toBe(earned);
  expect(years.every((amount) => amount >= 0)).toBe(true);
});

law('C5 C10 the state is the fold of the journal, also after a journey through JSON; receipts fit', (history) => {
  const { run } = play(history);
  let state = initialState(run.program);
  for (const { seq, activity, lines, effects, decision } of run.journal) {
    state = fold(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
    expect(state).toEqual(decision.state);
    expect(Buffer.byteLength(JSON.stringify(decision.receipt))).toBeLessThanOrEqual(RECEIPT_BYTES_MAX);
  }
  expect(MemberState.parse(state)).toEqual(state);
});

law(
  'C5 every activity taken back, in any order: nothing earned, nothing completed, no badge, nothing counted',
  (history) => {
    const { run, taken } = play(history);
    const left = run.journal.filter(({ type }, index) => !/clock|reversed/.test(type) && index >= 0);
    const gone = new Set(
      run.journal.flatMap(({ effects }) =>
        effects.flatMap((one) => (one.type === 'activity.reversed' ? [one.seq] : [])),
      ),
    );
    expect(gone.size).toBe(taken.size);
    for (const { seq } of new Seeded(left.length).shuffle(left)) if (!gone.has(seq)) run.reverse(seq);
    const { state } = run;
    expect(state.balances['puntos'] ?? 0).toBe(0);
    expect(state.lots['puntos'] ?? []).toEqual([]);
    expect(state.earned['puntos']?.ever ?? 0).toBe(0);
    expect(Object.values(state.earned['puntos']?.years ?? {}).filter((amount) => amount !== 0)).toEqual([]);
    expect(Object.entries(state.missions).filter(([, { completions }]) => completions !== 0)).toEqual([]);
    expect(Object.values(state.missions).flatMap(({ periods }) => Object.keys(periods))).toEqual([]);
    expect(Object.values(state.missions).flatMap(({ weeks }) => Object.keys(weeks))).toEqual([]);
    expect(state.badges).toEqual({});
    expect(state.counters[PURCHASES]?.['ever'] ?? 0).toBe(0);
    const used = Object.values(state.caps).flatMap((periods) => Object.values(periods));
    expect(used.filter(({ times, points }) => times !== 0 || points !== 0)).toEqual([]);
  },
);

/**
 * Points, tier and caps may differ from a member who never did it: nothing is computed anew, so a later purchase keeps the
 * percentage of the tier that the activity had brought, and a coupon that met a full allowance stays without points. A
 * streak may differ too, since its weeks are used in the order in which they came.
 */
law(
  'C5 missions of count and collection, counters and count badges are those of a member who never did it',
  (history) => {
    const { run, taken } = play(history);
    const plain = new EngineRun(aCompiledProgram({ time: 'wall' }));
    for (const [index, { activity, at }] of history[0].entries()) if (!taken.has(index)) plain.submit(activity, at);
    // What both have forgotten by now is no longer compared.
    const horizon = addDays((run.state.newestOccurredAt ?? '').slice(0, 10), -LATE_DAYS_MAX - 2);
    expect(summaryOf(run.state, horizon)).toEqual(summaryOf(plain.state, horizon));
  },
);

function law(title: string, check: (history: History) => void, numRuns = 40): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(histories, check), { seed, numRuns });
  });
}

function summaryOf(state: MemberState, horizon: string): unknown {
  const missionOf = (id: string): unknown => {
    const { completions = 0, periods = {} } = state.missions[id] ?? {};
    const recent = Object.entries(periods).filter(([period]) => (lastDayOf(period) ?? '9') >= horizon);
    return { completions, periods: Object.fromEntries(recent.filter(([, { progress }]) => progress > 0)) };
  };
  return {
    visits: missionOf('diez-visitas'),
    departments: missionOf('ocho-secciones'),
    purchases: state.counters[PURCHASES]?.['ever'] ?? 0,
    badges: ['primera-compra', 'cliente-fiel'].filter((badge) => badge in state.badges),
    explorer: 'exploradora' in state.badges,
  };
}
