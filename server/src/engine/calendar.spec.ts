import { isDay, isPeriod } from '@verbena/shared/platform/given-time.js';
import {
  addDays,
  addMonths,
  dateOf,
  dayNumber,
  dayOf,
  lastDayOf,
  periodAround,
  periodKey,
  shiftWeek,
} from './calendar.js';

test('day numbers and dates are each other’s inverse over four centuries, as Date counts them', () => {
  for (let days = -73_000; days < 73_000; days += 61) {
    const date = dateOf(days);
    expect(date).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
    expect(dayNumber(date)).toBe(days);
  }
});

test('M1 the days, weeks and months that somebody may give are those that the calendar counts', () => {
  const counted = new Set<string>();
  const [first, last] = [dayNumber('1900-01-01'), dayNumber('2100-12-31')];
  for (let days = first; days <= last; days += 1) {
    const { date, week, month, year } = dayOf(dateOf(days));
    for (const key of [date, week, month, year]) counted.add(key);
  }
  const given: string[] = [];
  for (let year = 1900; year <= 2100; year += 1) {
    const two = (most: number) => Array.from({ length: most + 1 }, (_, number) => String(number).padStart(2, '0'));
    const months = two(13).map((month) => `${year}-${month}`);
    const days = months.flatMap((month) => two(32).map((day) => `${month}-${day}`));
    expect(days.filter(isDay)).toEqual(days.filter((day) => counted.has(day)));
    given.push(String(year), ...months, ...days, ...two(54).map((week) => `${year}-W${week}`));
  }
  // The first days of 1900 lie in its week 1, the last ones of 2100 in its week 52.
  expect(given.filter(isPeriod).sort()).toEqual([...counted].sort());
});

test.each([
  ['2017-01-01', 7, '2016-W52'],
  ['2017-01-02', 1, '2017-W01'],
  ['2015-12-31', 4, '2015-W53'],
  ['2016-01-03', 7, '2015-W53'],
  ['2016-01-04', 1, '2016-W01'],
  ['2020-12-31', 4, '2020-W53'],
  ['2021-01-01', 5, '2020-W53'],
  ['2024-12-30', 1, '2025-W01'],
  ['2026-11-22', 7, '2026-W47'],
])('E6 %s is ISO weekday %i of %s', (date, weekday, week) => {
  expect(dayOf(date)).toEqual({ date, weekday, week, month: date.slice(0, 7), year: date.slice(0, 4) });
});

test.each([
  ['2016-02-29', 12, '2017-02-28'],
  ['2015-02-28', 12, '2016-02-28'],
  ['2017-01-31', 1, '2017-02-28'],
  ['2016-01-31', 1, '2016-02-29'],
  ['2017-12-15', 1, '2018-01-15'],
  ['2017-05-31', 6, '2017-11-30'],
])('C3 %s and %i months are %s', (date, months, then) => {
  expect(addMonths(date, months)).toBe(then);
});

test.each([
  ['2017-02-07', '2017-02-07'],
  ['2017-W01', '2017-01-08'],
  ['2015-W53', '2016-01-03'],
  ['2016-02', '2016-02-29'],
  ['1900-02', '1900-02-28'],
  ['2000-02', '2000-02-29'],
  ['2017', '2017-12-31'],
  ['ever', null],
])('the last day of %s is %s', (key, day) => {
  expect(lastDayOf(key)).toBe(day);
});

test('E3 each period of a day has its key', () => {
  const day = dayOf('2026-11-22');
  const periods = (['day', 'week', 'month', 'year', 'ever'] as const).map((period) => periodKey(day, period));
  expect(periods).toEqual(['2026-11-22', '2026-W47', '2026-11', '2026', 'ever']);
});

test('weeks follow one another over years of 52 and 53', () => {
  expect(shiftWeek('2015-W53', 1)).toBe('2016-W01');
  expect(shiftWeek('2016-W01', -1)).toBe('2015-W53');
  expect(shiftWeek('2016-W52', 1)).toBe('2017-W01');
  expect(addDays('2016-12-31', 1)).toBe('2017-01-01');
});

test('C8 the period around another one holds the whole of it, or there is none', () => {
  const around = (key: string) =>
    (['day', 'week', 'month', 'year', 'ever'] as const).map((per) => periodAround(key, per));
  expect(around('2026-05-01')).toEqual(['2026-05-01', '2026-W18', '2026-05', '2026', 'ever']);
  expect(around('2026-W18')).toEqual([null, '2026-W18', null, '2026', 'ever']);
  expect(around('2026-W19')).toEqual([null, '2026-W19', '2026-05', '2026', 'ever']);
  expect(around('2026-W53')).toEqual([null, '2026-W53', null, null, 'ever']);
  expect(around('2026-05')).toEqual([null, null, '2026-05', '2026', 'ever']);
  expect(around('2026')).toEqual([null, null, null, '2026', 'ever']);
  expect(around('ever')).toEqual([null, null, null, null, 'ever']);
});
