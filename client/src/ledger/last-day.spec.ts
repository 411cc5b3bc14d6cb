import { lastDayBefore } from './last-day.js';

test.each([
  ['2027-11-23', '2027-11-22'],
  ['2028-03-01', '2028-02-29'],
  ['2027-01-01', '2026-12-31'],
])('points that are gone on %s can be used until %s', (expires, day) => {
  expect(lastDayBefore(expires)).toBe(day);
});
