import { fillDays, linePath, sumMonths } from './group-days.js';

const DAYS = [
  { date: '2026-02-27', live: 10, draft: 20 },
  { date: '2026-03-01', live: 5, draft: 0 },
];

describe('the days of a report', () => {
  test('D7 days without points stand between as zero', () => {
    expect(fillDays(DAYS).map(({ date, live }) => [date, live])).toEqual([
      ['2026-02-27', 10],
      ['2026-02-28', 0],
      ['2026-03-01', 5],
    ]);
    expect(fillDays([])).toEqual([]);
  });

  test('D7 months are sums in their order', () => {
    expect(sumMonths(DAYS)).toEqual([
      { month: '2026-02', live: 10, draft: 20 },
      { month: '2026-03', live: 5, draft: 0 },
    ]);
  });

  test('D7 a line goes from edge to edge, its highest value at the top, and nothing lies below the floor', () => {
    expect(linePath([0, 10, -5], 10, 100, 50)).toBe('M0 50L50 0L100 50');
    expect(linePath([4], 4, 100, 50)).toBe('M50 0');
    expect(linePath([0, 0], 0, 100, 50)).toBe('M0 50L100 50');
    expect(linePath([], 1, 100, 50)).toBe('');
  });
});
