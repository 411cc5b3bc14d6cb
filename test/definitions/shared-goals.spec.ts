import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { aCompiledProgram, EngineRun } from '#support/engine-run.js';
import { aBadge, aMission, aRule, aSmallProgram, points } from '#support/small-program.js';

const noon = (date: string): string => `${date}T11:00:00.000Z`;
const goal = { kind: 'shared' as const, field: 'n', target: 100, per: 'month' as const };
const runOf = (): EngineRun =>
  new EngineRun(
    aCompiledProgram({
      definitions: aSmallProgram({
        missions: [aMission({ goal, reward: { points: [{ currency: 'puntos', amount: 10 }], badges: ['insignia'] } })],
        badges: [aBadge()],
        rules: [aRule({ on: { mission: 'mision' }, earn: points(3) })],
      }),
      time: 'wall',
    }),
  );
const visit = (run: EngineRun, date: string, n: number) =>
  run.submit({ type: 'visit', occurredAt: noon(date), attributes: { n } });
const reach = (run: EngineRun, date: string, period = '2017-02') =>
  run.submit({ type: 'goal.reached', occurredAt: noon(date), attributes: { mission: 'mision', period } });

test('E7 a contribution adds up without end, and completes nothing by itself', () => {
  const run = runOf();
  visit(run, '2017-02-01', 80);
  visit(run, '2017-02-02', 70);
  expect(run.state.missions['mision']).toMatchObject({ completions: 0, periods: { '2017-02': { progress: 150 } } });
  expect(run.balance).toBe(0);
});

test('E7 reaching it rewards who contributed in that period, once, with everything that it sets off', () => {
  const run = runOf();
  visit(run, '2017-02-01', 5);
  reach(run, '2017-02-20');
  expect(run.balance).toBe(13);
  expect(Object.keys(run.state.badges)).toEqual(['insignia']);
  reach(run, '2017-02-21');
  reach(run, '2017-03-01', '2017-03');
  expect(run.balance).toBe(13);
  const stranger = runOf();
  reach(stranger, '2017-02-20');
  expect(stranger.balance).toBe(0);
});

test('E7 C5 what is taken back leaves the sum; the reward stays, for the goal was reached', () => {
  const run = runOf();
  visit(run, '2017-02-01', 5);
  visit(run, '2017-02-02', 7);
  reach(run, '2017-02-20');
  run.reverse(2, noon('2017-02-21'));
  expect(run.state.missions['mision']).toMatchObject({
    completions: 1,
    periods: { '2017-02': { progress: 5, done: true } },
  });
  run.reverse(1, noon('2017-02-21'));
  expect(run.balance).toBe(13);
  let state = initialState(run.program);
  for (const { seq, activity, lines, effects } of run.journal) state = fold(state, { seq, activity, lines, effects });
  expect(state).toEqual(run.state);
});
