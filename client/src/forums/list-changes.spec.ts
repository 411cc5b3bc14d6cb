import type { ThreadRow } from '@verbena/shared/forums/threads.routes.js';
import { withRows } from './list-changes.js';

const at = (minute: number) => `2026-11-30T10:${minute}:00.000Z`;
const ana = { alias: 'Ana', isMe: false };

function row(id: string, minute: number, given: Partial<ThreadRow> = {}): ThreadRow {
  return {
    ...{ id, title: id, slug: id, category: 'c', author: ana, createdAt: at(10), replies: 0, posts: 1 },
    ...{
      last: { author: ana, at: at(minute) },
      pin: null,
      isLocked: false,
      isSolved: false,
      isDeleted: false,
      unread: 0,
    },
    ...given,
  };
}

const pinned = row('fijado', 20, { pin: { in: 'category', until: null } });
const pages = [
  { pinned: [pinned], items: [row('a', 40), row('b', 30)] },
  { pinned: [], items: [row('c', 20)] },
];
const ids = (list: readonly { items: readonly ThreadRow[] }[]) => list.map(({ items }) => items.map(({ id }) => id));

test('#55 rows change where they stand, and nothing moves', () => {
  const after = withRows(pages, [row('c', 50, { replies: 3 }), row('a', 51, { isLocked: true })], []);
  expect(ids(after.pages)).toEqual([['a', 'b'], ['c']]);
  expect(after.pages[1]?.items[0]).toMatchObject({ replies: 3, last: { at: at(50) } });
  expect(after.pages[0]?.items[0]).toMatchObject({ isLocked: true });
});

test('#55 news are threads that are new or would stand higher: not the first one, pinned ones, or those that only look different', () => {
  const rows = [
    row('nuevo', 52),
    row('c', 50),
    row('a', 53),
    row('b', 30, { isSolved: true }),
    { ...pinned, last: { author: ana, at: at(54) } },
  ];
  expect(withRows(pages, rows, []).moved).toEqual(['nuevo', 'c']);
});

test('what stands there no longer goes', () => {
  expect(ids(withRows(pages, [], ['b', 'fijado']).pages)).toEqual([['a'], ['c']]);
});
