import { groupNotices, type ReadableNotice } from './group-notices.js';

/** A notice with a number, of somebody, in a group. */
function of(q: number, author: string, group = 'watched|hilo'): ReadableNotice {
  return {
    notice: { q, at: new Date(q * 1_000), reason: 'watched', group },
    view: { author, alias: author === 'nadie' ? null : author, title: 'Un hilo', path: `forum/p/${q}` },
  };
}

describe('#46 notices of one group are one', () => {
  test('#46 “Ana and 3 more”: people count once, however much each wrote; the latest says who and where', () => {
    const all = [of(9, 'Ana'), of(8, 'Beto'), of(7, 'Ana'), of(6, 'Clara'), of(5, 'Diego'), of(4, 'Beto')];
    expect(groupNotices(all, 0)).toEqual([
      {
        ...{ q: 9, at: '1970-01-01T00:00:09.000Z', reason: 'watched', count: 6, by: 'Ana', others: 3 },
        ...{ title: 'Un hilo', path: 'forum/p/9' },
      },
    ]);
  });

  test('#46 what was read stays apart from what came since', () => {
    const all = [of(9, 'Ana'), of(8, 'Beto'), of(7, 'Ana'), of(6, 'Clara')];
    expect(groupNotices(all, 7).map(({ q, count, others }) => [q, count, others])).toEqual([
      [9, 2, 1],
      [7, 2, 1],
    ]);
  });

  test('#46 groups stand by the latest of each, and somebody without an alias is somebody', () => {
    const all = [of(9, 'nadie', 'a'), of(8, 'Beto', 'b'), of(7, 'Ana', 'a')];
    expect(groupNotices(all, 0).map(({ q, by, others }) => [q, by, others])).toEqual([
      [9, null, 1],
      [8, 'Beto', 0],
    ]);
  });
});
