import { due } from '@verbena/server/engine/due.js';
import { aCompiledProgram, aPurchase, EngineRun } from '#support/engine-run.js';

const wall = aCompiledProgram({ time: 'wall' });
const noon = (date: string): string => `${date}T11:00:00.000Z`;
const spend = (run: EngineRun, euros: number, date: string, arrives = date) =>
  run.submit(aPurchase(euros * 100, noon(date)), noon(arrives));

test.each([
  ['2017-02-07', '2018-02-08'],
  ['2017-12-31', '2019-01-01'],
  ['2016-02-29', '2017-03-01'],
  ['2015-02-28', '2016-02-29'],
  ['2017-02-28', '2018-03-01'],
])('C3 points of %s are usable for 12 months through the whole day, and gone on %s', (activated, expires) => {
  const run = new EngineRun(wall);
  spend(run, 10, activated);
  expect(run.state.lots['puntos']?.[0]).toMatchObject({ activated, expires });
  expect(due(wall, run.state)).toEqual({ date: expires, zone: 'program' });
});

test('C3 the lot is there until midnight in Madrid and gone then; earned stays', () => {
  const run = new EngineRun(wall);
  spend(run, 10, '2017-02-07');
  run.strike('2018-02-07T22:59:59.999Z');
  expect(run.balance).toBe(10);
  run.strike('2018-02-07T23:00:00.000Z');
  expect(run.balance).toBe(0);
  expect(run.state.lots['puntos']).toEqual([]);
  expect(run.state.earned['puntos']).toEqual({ ever: 10, years: { '2017': 10 } });
  expect(run.journal.at(-1)).toMatchObject({
    type: 'clock.struck',
    lines: [
      {
        currency: 'puntos',
        amount: -10,
        kind: 'expire',
        by: { kind: 'currency', id: 'puntos', rev: 1 },
        lot: { activated: '2017-02-07', expires: '2018-02-08' },
      },
    ],
  });
  expect(due(wall, run.state)).toBeNull();
});

test('C3 points of one day are one lot; lots stand soonest expiry first, also when they arrive late', () => {
  const run = new EngineRun(wall);
  spend(run, 10, '2017-03-07');
  spend(run, 5, '2017-03-07');
  spend(run, 7, '2017-02-07', '2017-03-07');
  expect(run.state.lots['puntos']).toEqual([
    { activated: '2017-02-07', expires: '2018-02-08', amount: 7 },
    { activated: '2017-03-07', expires: '2018-03-08', amount: 15 },
  ]);
});

test('C3 lots of equal expiry stand oldest first: 28 and 29 February end together', () => {
  const run = new EngineRun(wall);
  // A Sunday and a Monday; the day after 28 February 2017 is 1 March for both.
  spend(run, 2, '2016-02-29');
  spend(run, 1, '2016-02-28', '2016-02-29');
  expect(run.state.lots['puntos']?.map(({ activated, expires }) => [activated, expires])).toEqual([
    ['2016-02-28', '2017-03-01'],
    ['2016-02-29', '2017-03-01'],
  ]);
});

test('B5 C3 a lot that is born past its expiry is entered and expired in the same entry', () => {
  const run = new EngineRun(wall);
  spend(run, 0, '2018-02-20');
  const late = spend(run, 10, '2017-02-14', '2018-02-20');
  expect(late.lines.map(({ kind, amount, by }) => [kind, amount, by.kind])).toEqual([
    ['earn', 10, 'rule'],
    ['expire', -10, 'currency'],
  ]);
  expect(run.balance).toBe(0);
  expect(run.state.lots['puntos']).toEqual([]);
  expect(run.state.earned['puntos']?.ever).toBe(10);
});

test('B5 C3 born on its last usable day, a lot lives until midnight', () => {
  const run = new EngineRun(wall);
  spend(run, 10, '2017-02-14', '2018-02-14');
  expect(run.balance).toBe(10);
});

test('B5 C3 born on the first day on which it is gone, a lot is entered and expired', () => {
  const run = new EngineRun(wall);
  expect(spend(run, 10, '2017-02-14', '2018-02-15').lines.map(({ amount }) => amount)).toEqual([10, -10]);
});

test('C3 on program time activities nothing ends by today’s clock, only by the member’s own newest moment', () => {
  const run = new EngineRun(aCompiledProgram({ time: 'activities' }));
  spend(run, 10, '2017-02-07', '2026-11-22');
  expect(run.balance).toBe(10);
  spend(run, 1, '2018-02-06', '2026-11-22');
  expect(run.balance).toBe(11);
  spend(run, 1, '2018-02-08', '2026-11-22');
  expect(run.balance).toBe(2);
});
