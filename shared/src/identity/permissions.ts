import * as z from 'zod/mini';

/** What somebody may do in a program. Roles and API keys are sets of these. */
export const Permission = z.enum([
  'activities.read',
  'activities.reverse',
  'activities.write',
  'audit.read',
  'definitions.read',
  'definitions.write',
  'drafts.read',
  'drafts.write',
  'keys.manage',
  'mails.read',
  'members.claim',
  'members.read',
  'members.write',
  'points.give',
  'points.hold',
  'programs.create',
  'programs.write',
]);
export type Permission = z.infer<typeof Permission>;

/** A login's role in one program. A member's own data need no permission (`ownOr`); a brand is a key, never a role. */
export const Role = z.enum(['member', 'manager', 'owner']);
export type Role = z.infer<typeof Role>;

export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  member: ['definitions.read'],
  manager: [
    'activities.read',
    'activities.reverse',
    'activities.write',
    'audit.read',
    'definitions.read',
    'drafts.read',
    'drafts.write',
    'members.claim',
    'members.read',
    'members.write',
    'points.give',
    'points.hold',
  ],
  owner: [
    'activities.read',
    'activities.reverse',
    'activities.write',
    'audit.read',
    'definitions.read',
    'definitions.write',
    'drafts.read',
    'drafts.write',
    'keys.manage',
    'mails.read',
    'members.claim',
    'members.read',
    'members.write',
    'points.give',
    'points.hold',
    'programs.write',
  ],
};

/** What gives points, or lets somebody give them: a person on the staff shows the second factor first. Keys need none. */
export const NEEDS_SECOND_FACTOR: ReadonlySet<Permission> = new Set<Permission>([
  'activities.reverse',
  'activities.write',
  'definitions.write',
  'keys.manage',
  'members.claim',
  'points.give',
  'points.hold',
]);

/** What an API key may be given: never the management of keys or programs. */
export const KeyPermission = z.enum([
  'activities.read',
  'activities.reverse',
  'activities.write',
  'definitions.read',
  'members.claim',
  'members.read',
  'points.hold',
]);
export type KeyPermission = z.infer<typeof KeyPermission>;
