import { type CategoryRights, type Right, RIGHTS } from '@verbena/shared/forums/category.js';
import type { Role } from '@verbena/shared/identity/role.js';
import { ROLES } from '@verbena/shared/platform/manifest.js';
import type { Audience } from '@verbena/shared/segments/audience.js';

/** What rights are decided from, of a category and of the one that it stands below. */
export interface RuledCategory {
  readonly rights: CategoryRights;
  readonly archivedAt: Date | null;
}

/** Who runs the program sees to its forum, whatever the categories say. */
export function isManaging(role: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf('manager');
}

/** Whether everybody in the program reads a category, so that nothing need be known of who asks. */
export function isReadByAll(category: RuledCategory, parent: RuledCategory | null): boolean {
  return [category, ...(parent === null ? [] : [parent])].every(
    ({ rights: { see, read }, archivedAt }, at) => see === null && (read === null || at > 0) && archivedAt === null,
  );
}

/**
 * What somebody may do in a category. Without `see` nothing, without `read` nothing but that; below a category that is not seen nothing
 * is seen. In an archived one nobody writes any more, and only who runs the program still finds it.
 *
 * @param isIn whether that somebody belongs to an audience
 */
export function rightsIn(
  category: RuledCategory,
  parent: RuledCategory | null,
  role: Role,
  isIn: (audience: Audience) => boolean,
): ReadonlySet<Right> {
  const isArchived = category.archivedAt !== null || (parent !== null && parent.archivedAt !== null);
  if (isManaging(role)) return new Set(isArchived ? ['see', 'read', 'moderate'] : RIGHTS);
  const has = (right: Right, { rights }: RuledCategory = category): boolean => {
    const audience = rights[right];
    return audience === null || isIn(audience);
  };
  if (isArchived || !has('see') || (parent !== null && !has('see', parent))) return new Set();
  if (!has('read')) return new Set(['see']);
  return new Set(RIGHTS.filter((right) => right === 'see' || right === 'read' || has(right)));
}
