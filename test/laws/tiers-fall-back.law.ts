import fc from 'fast-check';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { due } from '@verbena/server/engine/due.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { startOfDate } from '@verbena/server/platform/clock/calendar.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aRule, aSmallProgram, aTier, points } from '#support/small-program.js';

const seeds = seedsOf('tiers-fall-back');
const LADDER = [
  { id: 'base', threshold: 0 },
  { id: 'plata', threshold: 100 },
  { id: 'oro', threshold: 300 },
  { id: 'rubi', threshold: 700 },
] as const;

const policies = fc.record({
  period: fc.oneof(
    fc.constant('year' as const),
    fc.constant('anniversary' as const),
    fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
  ),
  downgrade: fc.constantFrom('oneStep', 'reassess', 'never'),
  graceDays: fc.constantFrom(0, 0, 1, 60),
  keeps: fc.constantFrom(null, null, 'plata', 'oro'),
  /** Visits that the highest tier asks for besides its points; points that become usable so many days later. */
  visits: fc.constantFrom(0, 0, 3),
  pendingDays: fc.constantFrom(0, 0, 20),
  /** So many acts come before the program has tiers. */
  tierless: fc.constantFrom(0, 0, 4),
});
type Policies = typeof policies extends fc.Arbitrary<infer T> ? T : never;

const acts = fc.array(
  fc.record({
    days: fc.oneof(
      { weight: 5, arbitrary: fc.nat(40) },
      { weight: 1, arbitrary: fc.constantFrom(90, 200, 365, 366, 700) },
    ),
    late: fc.constantFrom(0, 0, 0, 5, 60),
    n: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 800 })),
    /** So many acts later it is taken back, down to this share of it; null: never. */
    back: fc.oneof(
      fc.constant(null),
      fc.record({ after: fc.nat(12), share: fc.constantFrom(0, 0, 0, 0.5), again: fc.boolean() }),
    ),
  }),
  { minLength: 6, maxLength: 30, size: 'max' },
);
type Act = typeof acts extends fc.Arbitrary<(infer T)[]> ? T : never;

const DAY_MS = 86_400_000;
const instantOf = (day: number): string => `${new Date(day * DAY_MS).toISOString().slice(0, 10)}T11:00:00.000Z`;
const FIRST = Date.UTC(2016, 0, 30) / DAY_MS;

/** What counts days or visits is filled by the ledger for those who were there before it: here only years can begin later. */
function tierlessOf({ period, visits, tierless }: Policies): number {
  return period === 'year' && visits === 0 ? tierless : 0;
}

function programsOf(policy: Policies): [before: CompiledProgram, program: CompiledProgram] {
  const definitions = definitionsOf(policy);
  const older = { ...definitions, tiers: [] };
  const given = { definitions, time: 'wall' } as const;
  if (tierlessOf(policy) === 0) return [aCompiledProgram(given), aCompiledProgram(given)];
  return [aCompiledProgram({ ...given, definitions: older }), aCompiledProgram({ ...given, older: [older] })];
}

function definitionsOf(
  { period, downgrade, graceDays, keeps, visits, pendingDays }: Policies,
  more: Partial<Tier> = {},
): Definitions {
  const given: Partial<Tier> = {
    downgrade,
    ...more,
    ...(graceDays === 0 ? {} : { graceDays }),
    ...(period === 'year'
      ? {}
      : { period: period === 'anniversary' ? { kind: 'anniversary' } : { kind: 'rolling', months: period.months } }),
  };
  const also: Partial<Tier> =
    visits === 0 ? {} : { also: { match: 'all', of: [{ count: { activity: 'visit' }, atLeast: visits }] } };
  const pending = pendingDays === 0 ? {} : { pending: { days: pendingDays } };
  return aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] }, ...pending }] })],
    tiers: LADDER.map(({ id, threshold }) =>
      aTier(id, threshold, { ...given, ...(id === keeps ? { keep: true } : {}), ...(id === 'rubi' ? also : {}) }),
    ),
  });
}

/** The sweep: whatever falls due is settled at its own moment. */
function sweep(run: EngineRun, day: number): void {
  for (;;) {
    const next = due(run.program, run.state);
    const at = next === null ? null : new Date(startOfDate(next.date, run.program.zone)).toISOString();
    if (at === null || at > instantOf(day)) return;
    run.strike(at);
  }
}

/** A version that gives a program its tiers, and the pass after it. */
interface Introduced {
  readonly after: number;
  readonly program: CompiledProgram;
}

function introduce(run: EngineRun, place: number, day: number, introduced?: Introduced): void {
  if (introduced === undefined || introduced.after === 0 || introduced.after !== place) return;
  run.program = introduced.program;
  run.submit({ type: 'tier.assessed', occurredAt: instantOf(day), attributes: {} });
}

/** Plays acts and what of them is taken back, and answers what is left of each; in full is nothing. */
function play(run: EngineRun, list: readonly Act[], introduced?: Introduced): { left: (number | null)[]; day: number } {
  const left: (number | null)[] = list.map(({ n }) => n);
  const seqs: number[] = [];
  let day = FIRST;
  run.submit({ type: 'visit', occurredAt: instantOf(day), attributes: { n: 0 } });
  const takeBack = (index: number, share: number): void => {
    const act = list[index];
    if (act === undefined || left[index] === null) return;
    const n = Math.floor(act.n * share);
    const isPart = n > 0 && n < act.n && left[index] === act.n;
    run.reverse(seqs[index] ?? 0, instantOf(day), isPart ? { n } : undefined);
    left[index] = isPart ? n : null;
  };
  for (const [place, { days, late, n }] of list.entries()) {
    day += days;
    sweep(run, day);
    introduce(run, place, day, introduced);
    run.submit(
      { type: 'visit', occurredAt: instantOf(Math.max(FIRST, day - late)), attributes: { n } },
      instantOf(day),
    );
    seqs[place] = run.state.seq;
    for (const [index, { back }] of list.entries()) {
      if (back === null || index > place) continue;
      if (index + back.after === place) takeBack(index, back.share);
      // What was taken back in part goes as a whole later.
      else if (back.again && index + back.after + 3 === place) takeBack(index, 0);
    }
  }
  return { left, day };
}

/** A member who never did what was taken back. */
function twinOf(
  program: CompiledProgram,
  list: readonly Act[],
  left: readonly (number | null)[],
  introduced: Introduced,
): EngineRun {
  const twin = new EngineRun(program);
  let day = FIRST;
  twin.submit({ type: 'visit', occurredAt: instantOf(day), attributes: { n: 0 } });
  for (const [index, { days, late }] of list.entries()) {
    day += days;
    const n = left[index];
    sweep(twin, day);
    introduce(twin, index, day, introduced);
    if (n == null) continue;
    twin.submit(
      { type: 'visit', occurredAt: instantOf(Math.max(FIRST, day - late)), attributes: { n } },
      instantOf(day),
    );
  }
  return twin;
}

/**
 * What is kept below a tier matters where that one ends. Who was there before the program had tiers, and reached none since, has none
 * recorded: to every decision that is the lowest one (`findTier(…) ?? base`), to which whoever falls goes down.
 */
function heldBy({ state: { tier } }: EngineRun): unknown {
  if (tier === null) return LADDER[0].id;
  return tier.until === null ? tier.id : { id: tier.id, until: tier.until, floor: tier.floor };
}

const seen = { fell: 0, sooner: 0, carried: 0, parts: 0 };
afterAll(() => {
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan((20 * seeds.length) / 3);
});

test.each(seeds)(
  '#9 C5 G1 G2 G3 after any returns a member holds the tier of one who never bought what was returned (seed %i)',
  (seed) => {
    const property = fc.property(policies, acts, (policy, list) => {
      const [before, program] = programsOf(policy);
      const introduced = { after: tierlessOf(policy), program };
      const run = new EngineRun(before);
      const { left, day } = play(run, list, introduced);
      const twin = twinOf(before, list, left, introduced);
      // The clock ends what is over by now, as it does a moment later by itself.
      for (const one of [run, twin]) one.strike(instantOf(day));
      expect(heldBy(run)).toEqual(heldBy(twin));
      let state = initialState(before);
      for (const { seq, activity, lines, effects, facts, decision } of run.journal) {
        state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
        expect(state).toEqual(decision.state);
        if (facts.reversed === undefined) continue;
        const moved = effects.find(({ type }) => type === 'tier.moved' || type === 'tier.extended');
        if (moved?.type === 'tier.moved') seen.fell += 1;
        else if (moved !== undefined) seen.sooner += 1;
        else if (state.tier?.until !== null) seen.carried += 1;
        if (facts.reversed.part === true && moved !== undefined) seen.parts += 1;
      }
      expect(MemberState.parse(state)).toEqual(state);
    });
    fc.assert(property, { seed, numRuns: 150 });
  },
);

test.each(seeds)('#9 C5 where tiers say keep, nobody ever goes down by a return (seed %i)', (seed) => {
  const property = fc.property(policies, acts, (policy, list) => {
    const run = new EngineRun(
      aCompiledProgram({ definitions: definitionsOf(policy, { onReversal: 'keep' }), time: 'wall' }),
    );
    play(run, list);
    for (const { facts, effects } of run.journal)
      if (facts.reversed !== undefined) expect(effects.filter(({ type }) => type.startsWith('tier.'))).toEqual([]);
  });
  fc.assert(property, { seed, numRuns: 40 });
});

test.each(seeds)(
  '#9 C5 what promotions gave falls with them, and everything taken back leaves nothing of it (seed %i)',
  (seed) => {
    const property = fc.property(acts, (list) => {
      const definitions = aSmallProgram({
        rules: [
          aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] }),
          aRule({ id: 'sube-plata', on: { tier: 'plata' }, earn: points(250) }),
          aRule({ id: 'sube-oro', on: { tier: 'oro' }, earn: points(450) }),
        ],
        tiers: LADDER.map(({ id, threshold }) => aTier(id, threshold)),
      });
      const run = new EngineRun(aCompiledProgram({ definitions, time: 'wall' }));
      const { left, day } = play(run, list);
      for (const { seq, type, lines } of [...run.journal]) {
        if (type !== 'visit' || lines.length === 0) continue;
        if (!run.journal.some(({ facts: { reversed } }) => reversed?.seq === seq && reversed.part !== true))
          run.reverse(seq, instantOf(day));
      }
      expect(left.length).toBe(list.length);
      expect(run.state.tier?.id).toBe('base');
      expect(run.state.earned['puntos']?.ever).toBe(0);
      expect(run.state.balances['puntos']).toBe(0);
    });
    fc.assert(property, { seed, numRuns: 100 });
  },
);
