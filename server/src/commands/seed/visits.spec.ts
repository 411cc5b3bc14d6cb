import { SeededRandom } from '@verbena/seeds/demo/random.js';
import { pointsToTotal, spreadVisits } from './visits.js';
import { weeksUntil } from './weeks-until.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const MONTH = Date.parse('2026-10-31T23:00:00Z');

test('visits are spread in order over the month, none in the future, the last two just now', () => {
  for (const now of [NOW, MONTH + 60_000, MONTH + 1_800_000, MONTH + 86_400_000]) {
    for (const count of [0, 1, 2, 5, 9]) {
      const times = spreadVisits(count, MONTH, now, new SeededRandom(count));
      expect(times.length).toBe(count);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      for (const time of times) expect(time >= MONTH && time < now).toBe(true);
    }
  }
});

test('the same seed gives the same visits, nothing is asked for where enough are there', () => {
  const visits = (seed: number) => spreadVisits(6, MONTH, NOW, new SeededRandom(seed));
  expect(visits(1)).toEqual(visits(1));
  expect(visits(1)).not.toEqual(visits(2));
  expect(spreadVisits(-3, MONTH, NOW, new SeededRandom(1))).toEqual([]);
});

test('a total earns at least the points that are asked for, by tier and weekday, and stays believable', () => {
  const earned = (total: number, percent: number, day: number) => Math.floor((total * percent * day) / 10_000);
  expect(earned(pointsToTotal(160, 110, '2026-11-22'), 110, 1)).toBe(160);
  expect(earned(pointsToTotal(160, 125, '2026-11-25'), 125, 2)).toBe(160);
  expect(pointsToTotal(-50, 100, '2026-11-22')).toBe(320);
  expect(pointsToTotal(5_000, 100, '2026-11-22')).toBe(24_000);
});

test('the excerpt is moved by whole weeks and never beyond now', () => {
  const ends = '2017-06-30T22:45:25Z';
  const weeks = weeksUntil(ends, NOW);
  const moved = Date.parse(ends) + weeks * 604_800_000;
  expect(moved <= NOW && moved > NOW - 604_800_000).toBe(true);
});
