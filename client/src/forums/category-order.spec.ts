import { RIGHTS_AT_FIRST, type Category } from '@verbena/shared/forums/category.js';
import { arrangeCategories, placesFor } from './category-order.js';

const aCategory = (id: string, given: Partial<Category> = {}): Category => ({
  ...{ id, slug: id, name: { es: id }, description: null, icon: 'talk', color: 'indigo', parent: null, place: 9_999 },
  ...{ order: 'active', ownThreadsOnly: false, reactions: [], rights: RIGHTS_AT_FIRST },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', archivedAt: null },
  ...given,
});

test('#6 categories stand behind the one that they are inside of, and archived ones apart with what is inside of them', () => {
  const at = '2026-11-30T00:00:00.000Z';
  const all = [
    aCategory('a'),
    aCategory('b', { archivedAt: at }),
    aCategory('c'),
    aCategory('a1', { parent: 'a' }),
    aCategory('b1', { parent: 'b' }),
    aCategory('a2', { parent: 'a', archivedAt: at }),
  ];
  const { used, archived } = arrangeCategories(all);
  expect(used.map(({ category }) => category.id)).toEqual(['a', 'a1', 'c']);
  expect(used[2]?.neighbours.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(archived.map(({ id }) => id)).toEqual(['b', 'b1', 'a2']);
});

test('#6 a move writes the places that are not right yet, and those alone', () => {
  const of = (...places: readonly [string, number][]) => places.map(([id, place]) => ({ id, place }));
  expect(placesFor(of(['a', 0], ['b', 1], ['c', 2]))).toEqual([]);
  expect(placesFor(of(['b', 1], ['a', 0], ['c', 2]))).toEqual(of(['b', 0], ['a', 1]));
  expect(placesFor(of(['a', 0], ['c', 9_999], ['b', 9_999]))).toEqual(of(['c', 1], ['b', 2]));
});
