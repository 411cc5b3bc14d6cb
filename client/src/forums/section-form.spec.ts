import { RIGHTS_AT_FIRST, type Category } from '@verbena/shared/forums/category.js';
import { changeOf, draftOf, parentsFor, typedOf } from './section-form.js';

const aSection = (id: string, given: Partial<Category> = {}): Category => ({
  ...{ id, slug: id, name: { es: id }, description: null, icon: 'talk', color: 'indigo', parent: null, place: 0 },
  ...{ order: 'active', ownThreadsOnly: false, rights: RIGHTS_AT_FIRST },
  ...{ createdAt: '2026-11-30T00:00:00.000Z', archivedAt: null },
  ...given,
});

test('#6 what nobody changed is not sent, so that what somebody else changes meanwhile stays', () => {
  const section = aSection('charla', { description: { es: 'De todo' } });
  const typed = typedOf(section);
  const change = (given: Partial<typeof typed>) => {
    const draft = draftOf({ ...typed, ...given });
    return draft && changeOf(section, draft);
  };
  expect(change({})).toEqual({});
  expect(change({ name: { es: 'La charla', en: '' } })).toEqual({ name: { es: 'La charla' } });
  expect(change({ description: { es: ' ', en: '' } })).toEqual({ description: null });
  expect(change({ slug: 'Con espacios' })).toBeUndefined();
  expect(change({ rights: { ...RIGHTS_AT_FIRST, read: undefined } })).toBeUndefined();
});

test('#6 a section stands inside of one in use that stands inside of none, and of no other', () => {
  const [a, b, inside] = [aSection('aa'), aSection('bb'), aSection('inside', { parent: 'aa' })];
  const old = aSection('old', { archivedAt: '2026-11-30T00:00:00.000Z' });
  const all = [a, b, inside, old];
  const ids = (section?: Category) => parentsFor(section, all).map(({ id }) => id);
  expect([ids(), ids(inside), ids(b), ids(a)]).toEqual([['aa', 'bb'], ['aa', 'bb'], ['aa'], []]);
});
