import { RIGHTS_AT_FIRST, type Category } from '@verbena/shared/forums/category.js';
import { changeOf, draftOf, parentsFor, typedOf } from './category-form.js';

const aCategory = (id: string, given: Partial<Category> = {}): Category => ({
  ...{ id, slug: id, name: { es: id }, description: null, icon: 'talk', color: 'indigo', parent: null, place: 0 },
  ...{ order: 'active', ownThreadsOnly: false, reactions: [], rights: RIGHTS_AT_FIRST },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', archivedAt: null },
  ...given,
});

test('#6 what nobody changed is not sent, so that what somebody else changes meanwhile stays', () => {
  const category = aCategory('charla', { description: { es: 'De todo' } });
  const typed = typedOf(category);
  const change = (given: Partial<typeof typed>) => {
    const draft = draftOf({ ...typed, ...given });
    return draft && changeOf(category, draft);
  };
  expect(change({})).toEqual({});
  expect(change({ name: { es: 'La charla', en: '' } })).toEqual({ name: { es: 'La charla' } });
  expect(change({ description: { es: ' ', en: '' } })).toEqual({ description: null });
  expect(change({ slug: 'Con espacios' })).toBeUndefined();
  expect(change({ rights: { ...RIGHTS_AT_FIRST, read: undefined } })).toBeUndefined();
});

test('#6 a category stands inside of one in use that stands inside of none, and of no other', () => {
  const [a, b, inside] = [aCategory('aa'), aCategory('bb'), aCategory('inside', { parent: 'aa' })];
  const old = aCategory('old', { archivedAt: '2026-11-30T00:00:00.000Z' });
  const all = [a, b, inside, old];
  const ids = (category?: Category) => parentsFor(category, all).map(({ id }) => id);
  expect([ids(), ids(inside), ids(b), ids(a)]).toEqual([['aa', 'bb'], ['aa', 'bb'], ['aa'], []]);
});
