import { RIGHTS_AT_FIRST, type Category } from '@verbena/shared/forums/category.js';
import { arrangeSections, placesFor } from './section-order.js';

const aSection = (id: string, given: Partial<Category> = {}): Category => ({
  ...{ id, slug: id, name: { es: id }, description: null, icon: 'talk', color: 'indigo', parent: null, place: 9_999 },
  ...{ order: 'active', ownThreadsOnly: false, rights: RIGHTS_AT_FIRST },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', archivedAt: null },
  ...given,
});

/** As the server orders them. */
const sorted = (all: readonly { id: string; place: number }[]) =>
  [...all].sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1)).map(({ id }) => id);

test('#6 sections stand behind the one that they are inside of, and archived ones apart with what is inside of them', () => {
  const at = '2026-11-30T00:00:00.000Z';
  const all = [
    aSection('a'),
    aSection('b', { archivedAt: at }),
    aSection('c'),
    aSection('a1', { parent: 'a' }),
    aSection('b1', { parent: 'b' }),
    aSection('a2', { parent: 'a', archivedAt: at }),
  ];
  const { used, archived } = arrangeSections(all);
  expect(used.map(({ section }) => section.id)).toEqual(['a', 'a1', 'c']);
  expect(used[2]?.neighbours.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(archived.map(({ id }) => id)).toEqual(['b', 'b1', 'a2']);
});

describe('#6 a move', () => {
  const of = (...places: readonly [string, number][]) => places.map(([id, place]) => ({ id, place }));

  test('#6 writes nothing where the order holds, and one place where there is room', () => {
    expect(placesFor(of(['a', 9_999], ['b', 9_999], ['c', 9_999]))).toEqual([]);
    expect(placesFor(of(['a', 0], ['c', 9], ['b', 5]))).toHaveLength(1);
  });

  test('#6 gives the order that is wanted in the fewest requests, also from equal places and at both ends', () => {
    const ids = ['a', 'b', 'c', 'd'];
    for (const start of [
      [9_999, 9_999, 9_999, 9_999],
      [0, 0, 0, 0],
      [0, 1, 2, 3],
      [5, 5, 5, 9_999],
      [0, 9_998, 9_999, 9_999],
    ])
      for (const order of permutationsOf(ids)) {
        const all = order.map((id) => ({ id, place: start[ids.indexOf(id)] ?? 0 }));
        const written = placesFor(all);
        const after = all.map((one) => written.find(({ id }) => id === one.id) ?? one);
        expect(sorted(after)).toEqual(order);
        expect(after.every(({ place }) => place >= 0 && place <= 9_999)).toBe(true);
        expect(written.length).toBeLessThan(ids.length + 1);
      }
    expect(placesFor(of(['a', 9_999], ['c', 9_999], ['b', 9_999], ['d', 9_999]))).toHaveLength(2);
    expect(placesFor(of(['b', 0], ['a', 0], ['c', 0]))).toHaveLength(2);
  });
});

function permutationsOf(ids: readonly string[]): string[][] {
  if (ids.length < 2) return [[...ids]];
  return ids.flatMap((id) => permutationsOf(ids.filter((one) => one !== id)).map((rest) => [id, ...rest]));
}
