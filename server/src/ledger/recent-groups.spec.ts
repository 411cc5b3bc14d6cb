import type { JournalEntry } from './journal-entry.js';
import { RecentGroups } from './recent-groups.js';

/** Of an entry only its number counts here. */
const entry = (q: number, seq: number) => ({ _id: `${q}-${seq}`, q, seq }) as unknown as JournalEntry;
const idsOf = (entries: readonly JournalEntry[] | null) => entries?.map(({ _id }) => _id) ?? null;

test('groups that are held come in order of their numbers, each lane for itself', () => {
  const groups = new RecentGroups();
  groups.note('a', 1, [entry(1, 2), entry(1, 1)]);
  groups.note('b', 2, [entry(2, 9)]);
  groups.note('a', 2, [entry(2, 3)]);
  expect(idsOf(groups.read('a', 0, 2))).toEqual(['1-1', '1-2', '2-3']);
  expect(idsOf(groups.read('a', 1, 2))).toEqual(['2-3']);
  expect(idsOf(groups.read('b', 1, 2))).toEqual(['2-9']);
  expect(idsOf(groups.read('a', 2, 2))).toEqual([]);
});

test('where one of them is missing, the store is to be asked for all: never a part', () => {
  const groups = new RecentGroups();
  for (let q = 3; q <= 20; q += 1) groups.note('a', q, [entry(q, q)]);
  expect(groups.read('a', 11, 20)).toBeNull();
  expect(groups.read('a', 19, 21)).toBeNull();
  expect(groups.read('b', 0, 1)).toBeNull();
  expect(idsOf(groups.read('a', 18, 20))).toEqual(['19-19', '20-20']);
});
