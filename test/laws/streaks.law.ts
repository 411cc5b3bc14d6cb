import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aMission, aSmallProgram } from '#support/small-program.js';

const seeds = seedsOf('streaks');
const DAYS = 60;
const dayOf = (index: number): string => new Date(Date.UTC(2017, 1, 1 + index)).toISOString().slice(0, 10);

const streak = fc.record({
  length: fc.integer({ min: 2, max: 6 }),
  max: fc.integer({ min: 1, max: 3 }),
  start: fc.nat(1),
  perCompletion: fc.integer({ min: 1, max: 2 }),
});
interface Streak {
  readonly length: number;
  readonly max: number;
  readonly start: number;
  readonly perCompletion: number;
}
/** Days with something. `pause` are the first day of a plan made on the first day, and how long it goes. */
const history = fc.record({
  days: fc.array(fc.boolean(), { minLength: 5, maxLength: DAYS, size: 'max' }),
  pause: fc.tuple(fc.integer({ min: 1, max: DAYS }), fc.integer({ min: 1, max: 10 })),
});

const seen = { completed: 0, frozen: 0 };
afterAll(() => {
  expect(seen.completed).toBeGreaterThan(100);
  expect(seen.frozen).toBeGreaterThan(100);
});

/** The same a second time, day by day, from the description alone. */
function plainly(
  { length, max, start, perCompletion }: Streak,
  days: readonly boolean[],
  pause: readonly [number, number],
) {
  let freezes = start;
  let counted = 0;
  let completions = 0;
  for (const [day, isThere] of days.entries()) {
    if (isThere) {
      counted += 1;
      if (counted < length) continue;
      completions += 1;
      counted = 0;
      freezes = Math.min(max, freezes + perCompletion);
    } else if (counted > 0 && day < days.length - 1) {
      // The last day is not over.
      if (day >= pause[0] && day < pause[0] + pause[1]) continue;
      if (freezes > 0) freezes -= 1;
      else counted = 0;
    }
  }
  return { freezes, completions };
}

test.each(seeds)('E6 day by day, freezes and pauses give what the plain model gives (seed %i)', (seed) => {
  fc.assert(
    fc.property(streak, history, ({ length, ...freezes }, { days, pause }) => {
      const goal = { kind: 'streak', unit: 'day', length, freezes, pause: { daysPerYear: 10 } } as const;
      const program = aCompiledProgram({
        definitions: aSmallProgram({ missions: [aMission({ goal })] }),
        time: 'wall',
      });
      const run = new EngineRun(program);
      const noon = (day: number): string => `${dayOf(day)}T11:00:00.000Z`;
      const plan = { mission: 'mision', from: dayOf(pause[0]), until: dayOf(pause[0] + pause[1] - 1) };
      run.submit({ type: 'streak.paused', occurredAt: noon(0), attributes: plan });
      for (const [day, isThere] of days.entries()) {
        if (isThere) run.submit({ type: 'visit', occurredAt: noon(day) });
        else run.strike(noon(day));
      }
      const { completions = 0, freezes: held = freezes.start } = run.state.missions['mision'] ?? {};
      expect({ completions, freezes: held }).toEqual(plainly({ length, ...freezes }, days, pause));
      seen.completed += completions;
      let state = initialState(program);
      for (const { seq, activity, lines, effects, decision } of run.journal) {
        seen.frozen += effects.filter(({ type }) => type === 'streak.kept').length;
        state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
        expect(state).toEqual(decision.state);
      }
      expect(MemberState.parse(state)).toEqual(state);
    }),
    { seed, numRuns: 80 },
  );
});
