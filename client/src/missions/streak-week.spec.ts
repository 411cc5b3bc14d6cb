import { Format } from '@verbena/shared/words/format.js';
import { es } from '#members/staff-keeps.es.js';
import { mondayOf, nameStreakUnit, whatBroke } from './streak-week.js';

test.each([
  ['2026-W47', '2026-11-16'],
  ['2026-W01', '2025-12-29'],
  ['2026-W53', '2026-12-28'],
  ['2027-W01', '2027-01-04'],
  ['2023-W01', '2023-01-02'],
])('the Monday of %s is %s', (week, monday) => {
  expect(mondayOf(week)).toBe(monday);
});

test('E6 what broke a run is what follows something that is still free, the last one first', () => {
  const row = (...states: ('free' | 'used' | 'missed' | 'now' | 'kept')[]) =>
    states.map((state, place) => ({ week: `2026-W${10 + place}`, state }));
  expect(whatBroke(row('free', 'missed', 'kept', 'missed', 'missed', 'free', 'now'))).toEqual(['2026-W13', '2026-W11']);
  expect(whatBroke(row('used', 'missed', 'now'))).toEqual([]);
  expect(whatBroke([])).toEqual([]);
});

test('E6 a day, a week and a month of a streak each have a name', () => {
  const format = new Format('es');
  expect(nameStreakUnit('2026-11-16', 'day', es, format)).toBe('16 de noviembre');
  expect(nameStreakUnit('2026-W47', 'week', es, format)).toBe('Semana del 16 de noviembre');
  expect(nameStreakUnit('2026-11', 'month', es, format)).toBe('noviembre de 2026');
});
