import { type CategoryRights, RIGHTS, RIGHTS_AT_FIRST } from '@verbena/shared/forums/category.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { Audience } from '@verbena/shared/segments/audience.js';
import { rightsIn } from './category-rights.js';

const ORO: Audience = { tier: { atLeast: 'oro' } };
const MODERATOR: Audience = { role: { atLeast: 'moderator' } };
const aCategory = (rights: Partial<CategoryRights> = {}, archivedAt: Date | null = null) => ({
  rights: { ...RIGHTS_AT_FIRST, ...rights },
  archivedAt,
});
/** Somebody who belongs to these and to no other. */
const who =
  (...audiences: Audience[]) =>
  (audience: Audience) =>
    audiences.includes(audience);
const rights = (
  category: ReturnType<typeof aCategory>,
  audiences: Audience[] = [],
  { parent = null, role = 'member' }: { parent?: ReturnType<typeof aCategory> | null; role?: Role } = {},
) => [...rightsIn(category, parent, role, who(...audiences))];

test('#2 each right is one of its own', () => {
  expect(rights(aCategory({ moderate: MODERATOR }))).toEqual(['see', 'read', 'create', 'reply', 'react']);
  expect(rights(aCategory({ moderate: MODERATOR }), [MODERATOR])).toEqual([...RIGHTS]);
  expect(rights(aCategory({ create: ORO, moderate: MODERATOR }))).toEqual(['see', 'read', 'reply', 'react']);
  expect(rights(aCategory({ reply: ORO, moderate: MODERATOR }), [ORO])).toEqual([
    'see',
    'read',
    'create',
    'reply',
    'react',
  ]);
});

test('#1 who may not see it may nothing, whatever the other rights say', () => {
  expect(rights(aCategory({ see: ORO, moderate: null }))).toEqual([]);
});

test('#4 who sees and may not read may nothing but that', () => {
  expect(rights(aCategory({ read: ORO, moderate: null }))).toEqual(['see']);
});

test('#1 what stands below a category that is not seen is not seen', () => {
  expect(rights(aCategory(), [], { parent: aCategory({ see: ORO }) })).toEqual([]);
  expect(rights(aCategory(), [ORO], { parent: aCategory({ see: ORO }) })).toContain('read');
  // It may be read where the one above it may only be seen.
  expect(rights(aCategory(), [], { parent: aCategory({ read: ORO }) })).toContain('read');
});

test('an archived category is gone for all but who runs the program, and nobody writes there', () => {
  const past = new Date(0);
  for (const given of [
    { category: aCategory({}, past), parent: null },
    { category: aCategory(), parent: aCategory({}, past) },
  ]) {
    expect(rights(given.category, [MODERATOR], given)).toEqual([]);
    expect(rights(given.category, [], { ...given, role: 'manager' })).toEqual(['see', 'read', 'moderate']);
  }
});

test('#2 who runs the program may everything, a moderator what the category says', () => {
  const closed = aCategory({ see: ORO, read: ORO, create: ORO, reply: ORO, moderate: ORO });
  for (const role of ['manager', 'owner'] as const) expect(rights(closed, [], { role })).toEqual([...RIGHTS]);
  expect(rights(closed, [], { role: 'moderator' })).toEqual([]);
});
