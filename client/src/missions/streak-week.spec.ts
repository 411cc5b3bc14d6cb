import { mondayOf } from './streak-week.js';

test.each([
  ['2026-W47', '2026-11-16'],
  ['2026-W01', '2025-12-29'],
  ['2026-W53', '2026-12-28'],
  ['2027-W01', '2027-01-04'],
  ['2023-W01', '2023-01-02'],
])('the Monday of %s is %s', (week, monday) => {
  expect(mondayOf(week)).toBe(monday);
});
