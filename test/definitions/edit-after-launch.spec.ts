import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aMission, aSmallProgram } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const visit = (run: EngineRun, date: string, attributes: Record<string, unknown> = { n: 1 }) =>
  run.submit({ type: 'visit', occurredAt: noon(date), attributes });
const name = { es: 'Nombre' };
const mission = (run: EngineRun) => run.state.missions['mision'];

/**
 * Two members around one change: the first began before it, the second after. Nothing of a mission is locked: whoever is in the
 * middle goes on under the terms under which it began, until that period or streak ends.
 */
function twoMembers(before: Definitions, after: Definitions, first: (run: EngineRun) => void) {
  const old = aCompiledProgram({ definitions: before, time: 'wall' });
  const next = aCompiledProgram({ definitions: after, older: [before], time: 'wall' });
  const began = new EngineRun(old);
  first(began);
  began.program = next;
  return { began, fresh: new EngineRun(next) };
}
const missions = (given: Parameters<typeof aMission>[0]): Definitions => aSmallProgram({ missions: [aMission(given)] });
const gives = (amount: number) => ({ points: [{ currency: 'puntos', amount }], badges: [] });

test('E12 a higher target and a lower reward: who began finishes under the old terms, who begins has the new ones', () => {
  const { began, fresh } = twoMembers(
    missions({ goal: { kind: 'count', target: 2, per: 'month' }, reward: gives(10) }),
    missions({ rev: 2, goal: { kind: 'count', target: 4, per: 'month' }, reward: gives(1) }),
    (run) => visit(run, '2017-02-01'),
  );
  for (const run of [began, fresh]) visit(run, '2017-02-02');
  expect(began.balance).toBe(10);
  expect(mission(fresh)?.periods['2017-02']).toMatchObject({ rev: 2, progress: 1, done: false });
  // The next month begins under what is in force.
  visit(began, '2017-03-01');
  expect(mission(began)?.periods['2017-03']).toMatchObject({ rev: 2, progress: 1 });
});

test('E12 another goal, other stages, a gate: none of them reaches who is in the middle', () => {
  const { began, fresh } = twoMembers(
    missions({
      goal: { kind: 'sum', field: 'n', target: 20, per: 'ever' },
      steps: [{ at: 10, name, reward: gives(5) }],
      reward: gives(10),
    }),
    missions({
      rev: 2,
      goal: { kind: 'count', target: 2, per: 'ever' },
      reward: gives(1),
      requires: [{ mission: 'otra' }],
      window: { until: '2017-01-31' },
    }),
    (run) => visit(run, '2017-02-01', { n: 4 }),
  );
  for (const run of [began, fresh]) {
    visit(run, '2017-02-02', { n: 8 });
    visit(run, '2017-02-03', { n: 8 });
  }
  expect(began.balance).toBe(15);
  expect(fresh.balance).toBe(0);
  expect(mission(fresh)).toBeUndefined();
});

test('E12 E6 a streak goes on under its terms, with its freezes, until it is broken', () => {
  const streak = (length: number, freezes?: { max: number; start: number }) => ({
    kind: 'streak' as const,
    unit: 'day' as const,
    length,
    ...(freezes === undefined ? {} : { freezes }),
  });
  const { began, fresh } = twoMembers(
    missions({ goal: streak(3, { max: 1, start: 1 }) }),
    missions({ rev: 2, goal: streak(5) }),
    (run) => visit(run, '2017-02-01'),
  );
  for (const run of [began, fresh]) {
    visit(run, '2017-02-03');
    visit(run, '2017-02-04');
  }
  expect(mission(began)?.completions).toBe(1);
  expect(mission(fresh)?.completions ?? 0).toBe(0);
  visit(began, '2017-02-05');
  expect(mission(began)?.weeks['2017-02-05']?.rev).toBe(2);
});

test('E12 a mission that is taken out of the program can still be finished by who is in the middle, and by nobody else', () => {
  const { began, fresh } = twoMembers(missions({}), aSmallProgram(), (run) => visit(run, '2017-02-01'));
  for (const run of [began, fresh]) {
    visit(run, '2017-02-02');
    visit(run, '2017-02-03');
  }
  expect(began.balance).toBe(10);
  expect(fresh.balance).toBe(0);
});
