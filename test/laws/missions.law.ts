import fc from 'fast-check';
import { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { Mission, MissionGoal, MissionPeriod } from '@verbena/shared/missions/mission.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { seedsOf } from '#support/seeds.js';
import { aBadge, aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const seeds = seedsOf('missions');
const name = { es: 'Nombre' };
const values = ['pan', 'vino', 'flor'].map((value) => ({ value, name }));
const per = fc.constantFrom<MissionPeriod>('week', 'month', 'ever', { days: 10, from: '2017-01-05' });

const goal: fc.Arbitrary<MissionGoal> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), target: fc.integer({ min: 1, max: 5 }), per }),
  fc.record({
    kind: fc.constant('sum' as const),
    field: fc.constant('n'),
    target: fc.integer({ min: 1, max: 30 }),
    per,
  }),
  fc.record({
    kind: fc.constant('distinct' as const),
    field: fc.constant('items.kind'),
    target: fc.integer({ min: 1, max: 3 }),
    per,
  }),
  fc.record({
    kind: fc.constant('set' as const),
    field: fc.constant('items.kind'),
    values: fc.constantFrom(values, values.slice(1)),
    per,
  }),
  fc.record({
    kind: fc.constant('sequence' as const),
    steps: fc.array(
      fc.constantFrom('norte', 'sur', 'este').map((value) => ({
        name,
        when: { field: 'shop', op: 'ne' as const, value },
        reward: { points: [{ currency: 'puntos', amount: 3 }], badges: ['etapa'] },
      })),
      { minLength: 2, maxLength: 4 },
    ),
    per,
  }),
);
const mission: fc.Arbitrary<Mission> = fc
  .record({ goal, isReset: fc.boolean(), isStaged: fc.boolean() })
  .map(({ goal: kind, isReset, isStaged }) =>
    aMission({
      goal: kind,
      ...(isReset ? { reset: 'onCompletion' as const } : {}),
      ...(isStaged && kind.kind !== 'sequence'
        ? { steps: [{ at: 1, name, reward: { points: [{ currency: 'puntos', amount: 2 }], badges: ['etapa'] } }] }
        : {}),
      reward: { points: [{ currency: 'puntos', amount: 10 }], badges: ['insignia'] },
    }),
  );
const visits = fc.array(
  fc.record({
    day: fc.nat(50),
    n: fc.integer({ min: -5, max: 15 }),
    shop: fc.constantFrom('norte', 'sur', 'este'),
    items: fc.array(fc.record({ kind: fc.constantFrom('pan', 'vino', 'flor', 'nada') }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 20 },
);

const seen = { completed: 0, takenBack: 0 };
afterAll(() => {
  expect(seen.completed).toBeGreaterThan(50);
  expect(seen.takenBack).toBeGreaterThan(20);
});

test.each(seeds)(
  'E1 E2 E3 C5 a mission without what was taken back stands as if that had never happened (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(mission, visits, fc.array(fc.nat(19), { minLength: 1, maxLength: 4 }), (one, list, takenBack) => {
        const program = aCompiledProgram({
          definitions: aSmallProgram({
            missions: [one],
            badges: [aBadge(), aBadge({ id: 'etapa' })],
            rules: [
              aRule({ id: 'por-mision', on: { mission: 'mision' }, earn: points(5) }),
              aRule({ id: 'por-insignia', on: { badge: 'etapa' }, earn: points(7) }),
            ],
          }),
        });
        const play = (skipped: ReadonlySet<number>): EngineRun => {
          const run = new EngineRun(program);
          for (const [index, { day, ...attributes }] of list.entries()) {
            if (skipped.has(index)) continue;
            const occurredAt = new Date(Date.UTC(2017, 0, 1 + day, 11)).toISOString();
            run.submit({ type: 'visit', occurredAt, attributes });
          }
          return run;
        };
        const skipped = new Set(takenBack.filter((index) => index < list.length));
        const run = play(new Set());
        seen.completed += run.state.missions['mision']?.completions ?? 0;
        for (const index of skipped) {
          const before = run.state.missions['mision']?.completions ?? 0;
          run.reverse(index + 1);
          seen.takenBack += before - (run.state.missions['mision']?.completions ?? 0);
        }
        const wanted = play(skipped);
        const standOf = ({ state }: EngineRun) => ({
          // What never began reads like what came to nothing.
          mission: Object.entries(state.missions['mision']?.periods ?? {}).toSorted(),
          completions: state.missions['mision']?.completions ?? 0,
          balance: state.balances['puntos'] ?? 0,
          badges: Object.keys(state.badges).toSorted(),
        });
        expect(standOf(run)).toEqual(standOf(wanted));
        let state = initialState(program);
        for (const { seq, activity, lines, effects, decision } of run.journal) {
          state = fold(state, JSON.parse(JSON.stringify({ seq, activity, lines, effects })));
          expect(state).toEqual(decision.state);
        }
        expect(MemberState.parse(state)).toEqual(state);
      }),
      { seed, numRuns: 120 },
    );
  },
);
