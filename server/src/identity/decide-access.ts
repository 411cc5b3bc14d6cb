import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { LOOKED_AT_FREELY, NEEDS_SECOND_FACTOR, PERMISSIONS_OF } from '@verbena/shared/identity/permissions.js';
import type { Role } from '@verbena/shared/identity/role.js';
import type { Access } from '@verbena/shared/platform/route.js';
import type { Principal } from '#platform/http/principal.js';

/** A login's place in one program. */
export interface Enrolment {
  readonly program: string;
  readonly role: Role;
  readonly member: string | null;
}

/** All that a decision on rights depends on. */
export interface AccessQuestion {
  readonly access: Access;
  /** Whether it only looks: a GET. */
  readonly isLooking: boolean;
  readonly principal: Principal;
  /** The id of the program that the path names; null where it names none. */
  readonly program: string | null;
  /** Whether the path leads into its sandbox. */
  readonly isSandbox: boolean;
  /** The caller's enrolment there, for a login that has one. */
  readonly enrolment: Enrolment | null;
  /** What the path names as `:member`; null where it names none. */
  readonly memberRef: string | null;
  /** Who may create programs. */
  readonly signup: 'open' | 'operator';
  /** When this is asked, in milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Who may do what: the code of the refusal, or null when it is allowed. A program in which the caller has no place is
 * answered as one that does not exist, so that nobody learns of it; a right that is missing within one's own program is
 * said openly.
 */
export function decideAccess(question: AccessQuestion): ErrorCode | null {
  const { access, principal, program, isSandbox, enrolment, memberRef } = question;
  if (access === 'public') return null;
  if (principal.kind === 'anonymous') return 'auth.required';
  const isOutside =
    principal.kind === 'key'
      ? principal.program !== program || isSandbox !== (principal.mode === 'test')
      : enrolment === null || (isSandbox && enrolment.role === 'member');
  // Whoever joins has no place there yet.
  if (access === 'joining') return principal.kind !== 'user' ? 'auth.forbidden' : isSandbox ? 'sandbox.refused' : null;
  if (principal.kind !== 'local' && program !== null && isOutside) return 'program.notFound';
  // Nobody is a member there.
  const ownMember = isSandbox ? null : (enrolment?.member ?? null);
  if (memberRef === 'me' && ownMember === null) return 'member.notFound';
  if (principal.kind === 'local') return null;
  if (typeof access === 'object' && ownMember !== null && (memberRef === 'me' || memberRef === ownMember)) return null;
  const right = typeof access === 'object' ? access.ownOr : access;
  if (!holds(question, right)) return 'auth.forbidden';
  if (isSandbox && !staysInSandbox(principal, right)) return 'sandbox.refused';
  return lacksSecondFactor(question, right) ? 'auth.secondFactorNeeded' : null;
}

/** A test key does there what it may, but for what leads a person in; people look at what came of it. */
function staysInSandbox({ kind }: Principal, right: Right): boolean {
  if (kind === 'key') return right !== 'members.claim';
  return right === 'activities.read' || right === 'definitions.read' || right === 'members.read';
}

/** A person who gives points, or lets somebody give them, has shown the second factor in this session; systems have none. */
function lacksSecondFactor({ principal, nowMs, isLooking }: AccessQuestion, right: Right): boolean {
  if (principal.kind !== 'user' || right === 'signedIn' || right === 'local') return false;
  if (isLooking && LOOKED_AT_FREELY.has(right)) return false;
  return NEEDS_SECOND_FACTOR.has(right) && (principal.elevatedUntilMs ?? 0) <= nowMs;
}

type Right = Exclude<Access, object | 'public' | 'joining'>;

function holds({ principal, enrolment, signup }: AccessQuestion, right: Right): boolean {
  if (right === 'local') return false;
  if (principal.kind === 'key') return right !== 'signedIn' && principal.permissions.includes(right);
  if (principal.kind !== 'user') return false;
  if (right === 'signedIn') return true;
  if (right === 'programs.create') return signup === 'open' || principal.isOperator;
  return enrolment !== null && PERMISSIONS_OF[enrolment.role].includes(right);
}
