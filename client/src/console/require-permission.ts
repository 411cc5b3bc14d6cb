import { error } from '@sveltejs/kit';
import { type Permission, PERMISSIONS_OF } from '@verbena/shared/identity/permissions.js';
import type { Role } from '@verbena/shared/identity/role.js';

/** Shows the page of a refusal where a role may not see what an address leads to. The server refuses the same. */
export function requirePermission(role: Role, permission: Permission): void {
  if (!PERMISSIONS_OF[role].includes(permission))
    error(403, { code: 'auth.forbidden', message: `This page needs ${permission}.` });
}
