import { Format } from '@verbena/shared/words/format.js';
import { en } from './boards.en.js';
import { es } from './boards.es.js';
import { describeRun } from './describe-run.js';

const TODAY = '2026-11-25';
const spanish = new Format('es');
const run = (id: string, startsOn: string | null, endsOn: string | null) => ({ id, startsOn, endsOn });

describe('H1 how runs are called', () => {
  test.each([
    [run('2026-W47', '2026-11-16', '2026-11-22'), 'week', 'Semana del 16 al 22 de noviembre'],
    [run('2026-W49', '2026-11-30', '2026-12-06'), 'week', 'Semana del 30 de noviembre al 6 de diciembre'],
    [run('2025-W47', '2025-11-17', '2025-11-23'), 'week', 'Semana del 17 al 23 de noviembre de 2025'],
    [run('2026-11', '2026-11-01', '2026-11-30'), 'month', 'Noviembre de 2026'],
    [run('2026', '2026-01-01', '2026-12-31'), 'year', '2026'],
    [run('2026-11-25', '2026-11-25', '2026-11-25'), 'day', '25 de noviembre'],
    [run('ever', null, null), 'ever', 'Desde el primer día'],
    [run('2026-W50', null, null), 'week', '2026-W50'],
  ] as const)('%j', (given, period, expected) => {
    expect(describeRun(given, period, TODAY, es.run, spanish)).toBe(expected);
  });

  test('in English', () => {
    const week = run('2026-W47', '2026-11-16', '2026-11-22');
    expect(describeRun(week, 'week', TODAY, en.run, new Format('en'))).toBe('Week from 16 to 22 November');
  });
});
