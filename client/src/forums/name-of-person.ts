import type { SeenAs } from '@verbena/shared/forums/categories.routes.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { Names } from '#programs/names.js';

/** Somebody whom there need not be: a tier by its name, anybody else by the role. */
export function nameOfPerson({ tier, role }: SeenAs, names: Names, roles: Readonly<Record<Role, string>>): string {
  return tier === null ? roles[role] : names.tier(tier);
}
