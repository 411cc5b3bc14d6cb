import * as z from 'zod/mini';
import { Email } from '#identity/identity.routes.js';
import { Role } from '#identity/permissions.js';
import { ExternalId, MemberRef, Ulid } from '#platform/ids.js';
import { Language } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, Zone } from '#platform/time.js';

/** A person's enrolment in a program. It may exist before any login, by the brand's own id. */
export const Member = z.object({
  id: Ulid,
  externalIds: z.array(ExternalId),
  name: z.nullable(z.string()),
  alias: z.nullable(z.string()),
  language: Language,
  zone: Zone,
  joinedAt: Instant,
  hasLogin: z.boolean(),
});
export type Member = z.infer<typeof Member>;

export const getMember = route({
  method: 'GET',
  path: '/programs/:program/members/:member',
  summary: 'One member: `me`, an id, or `ext:<externalId>`',
  access: { ownOr: 'members.read' },
  response: Member,
  errors: ['program.notFound', 'member.notFound'],
});

const shownName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** What a member is called: `name` by the program's staff, `alias` by everybody. What is left out stays as it is. */
export const MemberNames = z.strictObject({
  name: z.optional(shownName),
  alias: z.optional(shownName),
  language: z.optional(Language),
});
export type MemberNames = z.infer<typeof MemberNames>;

export const putMember = route({
  method: 'PUT',
  path: '/programs/:program/members/:member',
  summary: 'Say what a member is called; an `ext:<externalId>` that is new becomes a member',
  access: 'local',
  body: MemberNames,
  response: Member,
  errors: ['program.notFound', 'member.notFound'],
});

/**
 * Somebody's way in: the login of an e-mail address, its role in the program, and the member that it is there (null for
 * staff who collect nothing). The password is that of a new login; one that exists keeps its own.
 */
export const LoginDraft = z.strictObject({
  email: Email,
  password: z.string().check(z.minLength(12), z.maxLength(256)),
  name: shownName,
  language: z.optional(Language),
  role: Role,
  member: z.nullable(MemberRef),
});
export type LoginDraft = z.infer<typeof LoginDraft>;

export const LoginPlace = z.object({ user: Ulid, email: z.string(), role: Role, member: z.nullable(Ulid) });
export type LoginPlace = z.infer<typeof LoginPlace>;

export const createLogin = route({
  method: 'POST',
  path: '/programs/:program/logins',
  summary: 'Give an e-mail address a login and its place in the program; the same again changes nothing',
  access: 'local',
  body: LoginDraft,
  response: LoginPlace,
  errors: ['program.notFound', 'member.notFound', 'member.hasLogin'],
});
