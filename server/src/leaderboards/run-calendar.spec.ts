import { closesAtMs, datesOf, isRunOf, runOn } from './run-calendar.js';

const MADRID = 'Europe/Madrid';
const closes = (run: string) => new Date(closesAtMs(run, MADRID) ?? 0).toISOString();

test('#72 weeks run from Monday to Sunday, also over the end of a year', () => {
  expect([runOn('2026-11-29', 'week'), runOn('2026-11-30', 'week')]).toEqual(['2026-W48', '2026-W49']);
  expect(datesOf('2026-W48')).toEqual({ startsOn: '2026-11-23', endsOn: '2026-11-29' });
  expect(runOn('2027-01-01', 'week')).toBe('2026-W53');
  expect(datesOf('2026-W53')).toEqual({ startsOn: '2026-12-28', endsOn: '2027-01-03' });
});

test('H1 each period has its first and last day, all time has neither', () => {
  expect(datesOf('2028-02')).toEqual({ startsOn: '2028-02-01', endsOn: '2028-02-29' });
  expect(datesOf('2026')).toEqual({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
  expect(datesOf('2026-11-25')).toEqual({ startsOn: '2026-11-25', endsOn: '2026-11-25' });
  expect(datesOf('ever')).toEqual({ startsOn: null, endsOn: null });
});

test('H11 a run closes two minutes after midnight of its program, whatever the clocks did that week', () => {
  expect(closes('2026-W48')).toBe('2026-11-29T23:02:00.000Z');
  // Summer time ends on Sunday 25 October: the week is an hour longer.
  expect(closes('2026-W43')).toBe('2026-10-25T23:02:00.000Z');
  expect(closes('2026-W13')).toBe('2026-03-29T22:02:00.000Z');
  expect(closesAtMs('ever', MADRID)).toBeNull();
});

test('an id is a run of one period only', () => {
  const ids = ['2026-11-25', '2026-W48', '2026-11', '2026', 'ever'];
  for (const [index, period] of (['day', 'week', 'month', 'year', 'ever'] as const).entries())
    expect(ids.filter((id) => isRunOf(id, period))).toEqual([ids[index]]);
});
