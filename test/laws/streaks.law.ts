import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { missionPageOf } from '@verbena/server/missions/mission-page.js';
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

const PER_YEAR = 9;
const acts = fc.array(
  fc.record({
    what: fc.constantFrom('plan', 'plan', 'plan', 'change', 'change', 'giveUp'),
    /** Which of those that are not over, where there are any. */
    which: fc.nat(11),
    ahead: fc.integer({ min: -1, max: 25 }),
    length: fc.integer({ min: 0, max: 6 }),
    wait: fc.nat(4),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);
type Act = typeof acts extends fc.Arbitrary<readonly (infer T)[]> ? T : never;
type Days = readonly [number, number];

/** The days that an act asks for, whether or not they can be; of a pause that runs only the last one changes. */
function daysOf({ what, ahead, length }: Act, today: number, present: Days | undefined): Days | null {
  if (what === 'giveUp') return null;
  const runs = present !== undefined && present[0] < today;
  return runs ? [present[0], today - 1 + length] : [today + ahead, today + ahead + length];
}

/** The same from the description alone, day by day: the plans after an act; a code where it is refused. */
function planPlainly(plans: readonly Days[], today: number, next: Days | null, present: Days | undefined) {
  const runs = present !== undefined && present[0] < today;
  const others = plans.filter((one) => one !== present);
  if (next === null) return runs ? 'streak.pauseRuns' : others;
  const [from, until] = next;
  if (until < today || (from < today && !runs)) return 'streak.pausePast';
  if (others.some(([first, last]) => first <= until && last >= from)) return 'streak.pauseOverlaps';
  if (present === undefined && plans.filter(([, last]) => last >= today).length >= 12) return 'streak.pausesFull';
  const [before, after] = [perYear(plans), perYear([...others, next])];
  const isTooLong = [...after].some(([year, days]) => days > PER_YEAR && days > (before.get(year) ?? 0));
  return isTooLong ? 'streak.pauseTooLong' : [...others, next];
}

function perYear(plans: readonly Days[]): Map<string, number> {
  const years = new Map<string, number>();
  for (const [first, last] of plans)
    for (let day = first; day <= last; day += 1) {
      const year = winter(day).slice(0, 4);
      years.set(year, (years.get(year) ?? 0) + 1);
    }
  return years;
}

const winter = (index: number): string => new Date(Date.UTC(2017, 11, 1 + index)).toISOString().slice(0, 10);
const told = { refused: new Set<string>(), accepted: 0, kept: 0, years: 0 };
afterAll(() => {
  const codes = ['streak.pauseOverlaps', 'streak.pausePast', 'streak.pauseRuns', 'streak.pauseTooLong'];
  expect([...told.refused]).toEqual(expect.arrayContaining(codes));
  for (const count of [told.accepted, told.kept, told.years]) expect(count).toBeGreaterThan(100);
});

test.each(seeds)(
  'E6 pauses side by side over New Year are what the plain model says, and each day of them keeps (seed %i)',
  (seed) => {
    const property = fc.property(acts, (history) => {
      const goal = { kind: 'streak', unit: 'day', length: 366, pause: { daysPerYear: PER_YEAR } } as const;
      const program = aCompiledProgram({
        definitions: aSmallProgram({ missions: [aMission({ goal })] }),
        time: 'wall',
      });
      const run = new EngineRun(program);
      const at = (day: number): string => `${winter(day)}T11:00:00.000Z`;
      let plans: readonly Days[] = [];
      let today = 0;
      run.submit({ type: 'visit', occurredAt: at(0) });
      for (const act of history) {
        for (let left = act.wait; left > 0; left -= 1) {
          if (!plans.some(([first, last]) => first <= today && last >= today))
            run.submit({ type: 'visit', occurredAt: at(today) });
          today += 1;
        }
        const open = plans.filter(([, last]) => last >= today);
        const present = act.what === 'plan' ? undefined : open[act.which % Math.max(1, open.length)];
        if (act.what !== 'plan' && present === undefined) continue;
        const next = daysOf(act, today, present);
        const wanted = planPlainly(plans, today, next, present);
        const dates = next === null ? {} : { from: winter(next[0]), until: winter(next[1]) };
        const instead = present === undefined ? null : winter(present[0]);
        const attributes = { mission: 'mision', ...dates, instead };
        const { refusal = null } = run.submit({ type: 'streak.paused', occurredAt: at(today), attributes });
        expect(refusal).toBe(typeof wanted === 'string' ? wanted : null);
        if (typeof wanted === 'string') told.refused.add(wanted);
        else {
          plans = wanted;
          told.accepted += 1;
        }
        const [slot] = program.missions;
        const { pause } =
          (slot && missionPageOf(slot, run.state, { program: winter(today), member: winter(today) }, []))?.keeps ?? {};
        const ahead = plans.filter(([, last]) => last >= today).toSorted(([one], [other]) => one - other);
        expect(pause?.planned.map(({ from, until }) => [from, until])).toEqual(
          ahead.map(([first, last]) => [winter(first), winter(last)]),
        );
        for (const { year, daysLeft } of pause?.years ?? [])
          expect([year, daysLeft]).toEqual([year, Math.max(0, PER_YEAR - (perYear(plans).get(year) ?? 0))]);
        told.years += (pause?.years.length ?? 0) - 1;
      }
      // Every day that is over is there or was kept: none was lost by what was planned later.
      run.strike(at(today));
      for (let day = 0; day < today; day += 1)
        expect([day, run.state.missions['mision']?.weeks[winter(day)]]).toEqual([day, expect.anything()]);
      told.kept += Object.values(run.state.missions['mision']?.weeks ?? {}).filter(
        ({ kept }) => kept === 'pause',
      ).length;
      let state = initialState(program);
      for (const { seq, activity, lines, effects } of run.journal)
        state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
      expect(state).toEqual(run.state);
      expect(MemberState.parse(state)).toEqual(state);
    });
    fc.assert(property, { seed, numRuns: 60 });
  },
);
