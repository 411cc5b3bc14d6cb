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

/**
 * What a person on the staff may do without the second factor: read, and begin a program of one's own. All else gives or
 * takes points, lets somebody give them, opens a member's account (`mails.read`: its text holds the link) or weakens a check
 * (approving a draft, switching approval off). A permission that is new here needs it until somebody says otherwise.
 */
const WITHOUT_SECOND_FACTOR: ReadonlySet<Permission> = new Set<Permission>([
  'activities.read',
  'audit.read',
  'definitions.read',
  'drafts.read',
  'members.read',
  'programs.create',
]);

/** For what a person on the staff shows the second factor first. Keys, and commands of this machine, need none. */
export const NEEDS_SECOND_FACTOR: ReadonlySet<Permission> = new Set(
  Permission.options.filter((permission) => !WITHOUT_SECOND_FACTOR.has(permission)),
);

/**
 * What is only looked at behind these (a GET) needs no second factor: lists and previews, which change nothing and hold no secret.
 * Not so `mails.read`, whose texts open accounts, and `members.write`, behind which lies a copy of all that is known of somebody.
 */
export const LOOKED_AT_FREELY: ReadonlySet<Permission> = new Set<Permission>([
  'activities.reverse',
  'activities.write',
  'definitions.write',
  'drafts.write',
  'keys.manage',
  'points.give',
  'programs.write',
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
