import { countUnread, listInBell } from './bell-list.js';

const item = (q: number) => ({ q, at: '2026-11-22T10:00:00.000Z' });

describe('#65 what the bell lists', () => {
  test('newest first, each once, in whatever order it comes', () => {
    const items = listInBell([item(5), item(3)], [item(7), item(5), item(4)]);
    expect(items.map(({ q }) => q)).toEqual([7, 5, 4, 3]);
  });

  test('what lies beyond what was read is new', () => {
    const items = listInBell([], [item(1), item(2), item(3)]);
    expect([0, 1, 3, Number.POSITIVE_INFINITY].map((read) => countUnread(items, read))).toEqual([3, 2, 0, 0]);
  });
});
