import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { deliveries, type Delivery } from '#support/plaza-histories.js';
import { Seeded } from '#support/seeded.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('returns');

/** Returns: which delivery, and how much in a hundred of it remains; each is made after the delivery of its own place. */
const returns = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 30 });
const histories = fc.tuple(deliveries, returns);
type History = readonly [readonly Delivery[], readonly (readonly [number, number])[]];

/** So much in a hundred of a basket. */
function shrink(attributes: Readonly<Record<string, unknown>>, percent: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return [name, Math.floor((value * percent) / 100)];
      return [name, Array.isArray(value) ? value.slice(0, Math.floor((value.length * percent) / 100)) : value];
    }),
  );
}

/** Delivers all, and returns in part as it says; answers the run and what stands of each purchase. */
function play([history, wishes]: History): EngineRun {
  const run = new EngineRun(aCompiledProgram({ time: 'wall' }));
  const standing = new Map<number, Readonly<Record<string, unknown>>>();
  for (const [step, { activity, at }] of history.entries()) {
    run.submit(activity, at);
    if (activity.type === 'purchase') standing.set(run.state.seq, activity.attributes);
    const [place = 0, percent = 0] = wishes[step % wishes.length] ?? [];
    const [seq, attributes] = [...standing][place % Math.max(1, standing.size)] ?? [];
    if (seq === undefined || attributes === undefined || place % 2 === 0) continue;
    const remaining = shrink(attributes, percent);
    run.reverse(seq, at, remaining);
    standing.set(seq, remaining);
  }
  return run;
}

let parts = 0;
afterAll(() => expect(parts).toBeGreaterThan(100));

law(
  'C5 C9 with returns in part anywhere, balances are the sum of lines and of lots; a return never gives',
  (history) => {
    const run = play(history);
    let balance = 0;
    let state = initialState(run.program);
    for (const { seq, activity, lines, effects, decision } of run.journal) {
      const isPart = effects.some((effect) => effect.type === 'activity.reversed' && effect.part === true);
      if (isPart) parts += 1;
      if (isPart) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(0);
      for (const { amount } of lines) {
        balance += amount;
        expect(balance).toBeGreaterThanOrEqual(0);
      }
      const lots = decision.state.lots['puntos'] ?? [];
      expect(decision.state.balances['puntos'] ?? 0).toBe(balance);
      expect(lots.reduce((sum, { amount }) => sum + amount, 0)).toBe(balance);
      state = fold(JSON.parse(JSON.stringify(state)), JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
      expect(state).toEqual(decision.state);
    }
    expect(MemberState.parse(state)).toEqual(state);
  },
);

law('C5 whatever was returned in part, taken back as a whole nothing is left of it', (history) => {
  const run = play(history);
  const given = run.journal.filter(({ type }) => !/clock|reversed/.test(type)).map(({ seq }) => seq);
  for (const seq of new Seeded(given.length).shuffle(given)) run.reverse(seq);
  const { state } = run;
  expect(state.balances['puntos'] ?? 0).toBe(0);
  expect(state.earned['puntos']?.ever ?? 0).toBe(0);
  expect(state.badges).toEqual({});
  expect(
    Object.values(state.missions).flatMap(({ periods, weeks }) => [...Object.keys(periods), ...Object.keys(weeks)]),
  ).toEqual([]);
  const used = Object.values(state.caps).flatMap((periods) => Object.values(periods));
  expect(used.filter(({ times, points }) => times !== 0 || points !== 0)).toEqual([]);
});

function law(title: string, check: (history: History) => void, numRuns = 8): void {
  test.each(seeds)(`${title} (seed %i)`, (seed) => {
    fc.assert(fc.property(histories, check), { seed, numRuns });
  });
}
