import type { Notice } from '@verbena/shared/notices/notice.js';
import type { Award } from './award.js';
import { rowsOf } from './bell-rows.js';

const at = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;
// Only their moments matter here.
const award = (minute: number) => ({ q: minute, at: at(minute) }) as unknown as Award;
const notice = (minute: number) => ({ q: minute, at: at(minute) }) as unknown as Notice;

test('#46 the bell lists what was achieved and what was told together, the latest first, at most twenty', () => {
  const rows = rowsOf([award(9), award(4)], [notice(12), notice(5), notice(1)]);
  expect(rows.map((row) => ('award' in row ? `a${row.award.q}` : `n${row.notice.q}`))).toEqual([
    ...['n12', 'a9', 'n5', 'a4', 'n1'],
  ]);
  const many = Array.from({ length: 30 }, (_, place) => award(59 - place));
  expect(rowsOf(many, [notice(58)]).length).toBe(20);
});
