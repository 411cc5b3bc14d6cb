import { mondayOf } from './tell-budget.js';

test('D7 C8 the Monday of a week, also where it lies in the year before', () => {
  expect(['2026-W01', '2026-W45', '2026-W53', '2027-W01'].map(mondayOf)).toEqual([
    '2025-12-29',
    '2026-11-02',
    '2026-12-28',
    '2027-01-04',
  ]);
});
