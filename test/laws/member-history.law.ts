import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { RECEIPT_BYTES_MAX, RECEIPT_MISSED_MAX } from '@verbena/shared/ledger/receipt.js';
import { counterId } from '@verbena/server/engine/compile-counter.js';
import { decide } from '@verbena/server/engine/decide.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { PlainMember } from '#support/plain-model.js';
import { deliveries, type Delivery } from '#support/plaza-histories.js';
import { seedsOf } from '#support/seeds.js';

const PURCHASES = counterId({ activity: 'purchase', bucket: 'ever', zone: 'program' });
const seeds = seedsOf('member-history');
const times = ['wall', 'activities'] as const;

for (const time of times) {
  law(
    `B5 G2 E3 on program time ${time}, activities in any order of arrival give what the plain model gives`,
    (history) => {
      const { run, plain } = play(history, time);
      expect(summaryOf(run.state)).toEqual({
        balance: plain.balance(),
        earned: plain.earned,
        earnedByYear: plain.earnedByYear,
        tier: plain.tierId(),
        until: plain.until,
        badges: plain.badges.toSorted(),
        completions: plain.completions,
        purchases: plain.purchases,
        lots: sumByDates(plain.lots.map(({ day, expires, points }) => ({ activated: day, expires, amount: points }))),
      });
    },
    200,
  );
}

law('no activity is lost: each has an entry, numbers have no gaps, every purchase counts', (history) => {
  const { run } = play(history, 'wall');
  expect(run.journal.map(({ seq }) => seq)).toEqual(run.journal.map((_, index) => index + 1));
  expect(run.journal.filter(({ type }) => type !== 'clock.struck').length).toBe(history.length);
  expect(run.journal.every(({ decision }) => decision.outcome === 'accepted')).toBe(true);
  const purchases = history.filter(({ activity }) => activity.type === 'purchase').length;
  expect(run.state.counters[PURCHASES]?.['ever'] ?? 0).toBe(purchases);
});

law('C10 a state is the fold of its journal, also after a journey through JSON', (history) => {
  const { run } = play(history, 'wall');
  let state = initialState(run.program);
  for (const { seq, activity, lines, effects, decision } of run.journal) {
    const stored: (typeof run.journal)[number] = JSON.parse(JSON.stringify({ seq, activity, lines, effects }));
    state = fold(JSON.parse(JSON.stringify(state)), stored);
    expect(state).toEqual(decision.state);
  }
  expect(MemberState.parse(state)).toEqual(state);
});

law('C9 balances are the sum of their lots and of their lines, and never below zero', (history) => {
  const { run } = play(history, 'wall');
  let balance = 0;
  for (const { lines, decision } of run.journal) {
    for (const { amount, kind } of lines) {
      balance += amount;
      expect(kind === 'earn' ? amount > 0 : amount < 0).toBe(true);
    }
    const lots = decision.state.lots['puntos'] ?? [];
    expect(balance).toBeGreaterThanOrEqual(0);
    expect(decision.state.balances['puntos'] ?? 0).toBe(balance);
    expect(lots.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
    expect(lots.every(({ amount }) => amount > 0)).toBe(true);
  }
});

law('deciding leaves its arguments as they were, and says the same twice', (history) => {
  const program = aCompiledProgram({ time: 'activities' });
  let state = deepFreeze(initialState(program));
  for (const { activity } of history) {
    const date = activity.occurredAt.slice(0, 10);
    const dates = { program: date, member: date };
    const facts = deepFreeze({ calendar: { occurred: dates, now: dates } });
    const decision = decide(program, state, facts, deepFreeze(activity), activity.occurredAt);
    expect(decide(program, state, facts, activity, activity.occurredAt)).toEqual(decision);
    state = deepFreeze(decision.state);
  }
});

law('receipts fit: at most 12 that did not fire, at most 1 KB; every key of a state suits any store', (history) => {
  const { run } = play(history, 'wall');
  for (const { decision } of run.journal) {
    expect(Buffer.byteLength(JSON.stringify(decision.receipt))).toBeLessThanOrEqual(RECEIPT_BYTES_MAX);
    expect(decision.receipt.missed.length).toBeLessThanOrEqual(RECEIPT_MISSED_MAX);
  }
  expect(keysOf(run.state).filter((key) => /[.$]/.test(key))).toEqual([]);
});

function law(title: string, check: (history: readonly Delivery[]) => void, numRuns = 25): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(deliveries, check), { seed, numRuns });
  });
}

function play(history: readonly Delivery[], time: 'wall' | 'activities'): { run: EngineRun; plain: PlainMember } {
  const run = new EngineRun(aCompiledProgram({ time }));
  const plain = new PlainMember();
  let newest = '';
  for (const { activity, at } of history) {
    if (activity.occurredAt > newest) newest = activity.occurredAt;
    run.submit(activity, at);
    plain.take(activity, time === 'wall' ? at : newest);
  }
  return { run, plain };
}

function summaryOf(state: MemberState): unknown {
  const done = Object.entries(state.missions).filter(([, { completions }]) => completions > 0);
  return {
    balance: state.balances['puntos'] ?? 0,
    earned: state.earned['puntos']?.ever ?? 0,
    earnedByYear: state.earned['puntos']?.years ?? {},
    tier: state.tier?.id,
    until: state.tier?.until,
    badges: Object.keys(state.badges).toSorted(),
    completions: Object.fromEntries(done.map(([id, { completions }]) => [id, completions])),
    purchases: state.counters[PURCHASES]?.['ever'] ?? 0,
    lots: sumByDates(state.lots['puntos'] ?? []),
  };
}

function sumByDates(
  lots: readonly { activated: string; expires: string | null; amount: number }[],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { activated, expires, amount } of lots) {
    const key = `${activated} ${expires}`;
    sums[key] = (sums[key] ?? 0) + amount;
  }
  return sums;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysOf);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}
