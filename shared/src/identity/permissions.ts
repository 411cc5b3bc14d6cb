import * as z from 'zod/mini';

/** What somebody may do in a program. Roles and API keys are sets of these. */
export const Permission = z.enum([
  'activities.read',
  'activities.write',
  'audit.read',
  'definitions.read',
  'definitions.write',
  'keys.manage',
  'members.read',
  'programs.create',
]);
export type Permission = z.infer<typeof Permission>;

/** A login's role in one program. A member's own data need no permission (`ownOr`); a brand is a key, never a role. */
export const Role = z.enum(['member', 'manager', 'owner']);
export type Role = z.infer<typeof Role>;

export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  member: ['definitions.read'],
  manager: ['activities.read', 'activities.write', 'audit.read', 'definitions.read', 'members.read'],
  owner: [
    'activities.read',
    'activities.write',
    'audit.read',
    'definitions.read',
    'definitions.write',
    'keys.manage',
    'members.read',
  ],
};

/** What an API key may be given: never the management of keys or programs. */
export const KeyPermission = z.enum(['activities.read', 'activities.write', 'definitions.read', 'members.read']);
export type KeyPermission = z.infer<typeof KeyPermission>;
