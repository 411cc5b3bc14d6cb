import * as z from 'zod/mini';
import { PERMISSIONS } from '#manifests.js';
import { type PermissionSpec, ROLES } from '#platform/manifest.js';
import type { Role } from './role.js';

export type Permission = keyof typeof PERMISSIONS;

const SPECS: Readonly<Record<Permission, PermissionSpec>> = PERMISSIONS;
const ALL = (Object.keys(PERMISSIONS) as Permission[]).sort();

/** What somebody may do in a program. Roles and API keys are sets of these. */
export const Permission = z.enum(ALL);

/** By construction each role has all that those below it have. */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  member: heldBy('member'),
  moderator: heldBy('moderator'),
  manager: heldBy('manager'),
  owner: heldBy('owner'),
};

function heldBy(role: Role): Permission[] {
  return ALL.filter((permission) => {
    const { role: least } = SPECS[permission];
    return least !== undefined && ROLES.indexOf(least) <= ROLES.indexOf(role);
  });
}

/** For what a person on the staff shows the second factor first. Keys, and commands of this machine, need none. */
export const NEEDS_SECOND_FACTOR: ReadonlySet<Permission> = new Set(
  ALL.filter((permission) => SPECS[permission].secondFactor !== 'never'),
);

/** What is only looked at behind these (a GET) needs no second factor. */
export const LOOKED_AT_FREELY: ReadonlySet<Permission> = new Set(
  ALL.filter((permission) => SPECS[permission].secondFactor === 'toChange'),
);

/** What an API key may be given. */
export type KeyPermission = {
  [P in Permission]: (typeof PERMISSIONS)[P] extends { readonly forKeys: true } ? P : never;
}[Permission];
export const KeyPermission = z.enum(
  ALL.filter((permission): permission is KeyPermission => SPECS[permission].forKeys === true),
);
