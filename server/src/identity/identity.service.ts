import { Injectable } from '@nestjs/common';
import type { SessionView } from '@verbena/shared/identity/accounts.routes.js';
import { type Permission, PERMISSIONS_OF } from '@verbena/shared/identity/permissions.js';
import { Role } from '@verbena/shared/identity/role.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import {
  AuthenticatesSockets,
  type SocketAuthenticator,
  type SocketSubject,
} from '#realtime/socket-authenticator.port.js';
import { Authenticator } from './authenticator.js';
import { ClaimCodes } from './claim-codes.js';
import type { Enrolment } from './decide-access.js';
import type { UserDocument } from './identity.schema.js';
import { isVerified, normalizeEmail } from './new-user.js';
import { Logins } from './logins.js';
import { ProgramFinder } from './program-finder.js';
import { RateLimits } from './rate-limits.js';
import { COPY_USER } from './rate-rules.js';
import { SessionsService } from './sessions.service.js';
import { UsersRepository } from './users.repository.js';

/** A login without its password. */
export interface User {
  readonly id: string;
  readonly email: string;
  /** Whether somebody showed, or an operator vouched, that the address is its owner's. */
  readonly emailVerified: boolean;
  readonly name: string;
  readonly language: Language;
  readonly operator: boolean;
  readonly enrolments: readonly Enrolment[];
}

const ENROL_TRIES = 5;

/** What other modules may ask of logins. */
@Injectable()
@AuthenticatesSockets()
export class IdentityService implements SocketAuthenticator {
  constructor(
    private readonly users: UsersRepository,
    private readonly logins: Logins,
    private readonly sessions: SessionsService,
    private readonly authenticator: Authenticator,
    private readonly programs: ProgramFinder,
    private readonly claims: ClaimCodes,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Gives a login its place in a program, or changes it: role, and the member that it is there (null for staff who
   * collect nothing). With `session` it is part of that transaction. Throws a duplicate-key error when the member belongs
   * to another login.
   */
  async enrol(userId: string, program: string, role: Role, member: string | null, session?: Session): Promise<void> {
    // Whoever asks while the transaction is open would remember the enrolments of before it.
    session?.once('ended', () => this.logins.forgetUser(userId));
    for (let attempt = 1; attempt <= ENROL_TRIES; attempt += 1) {
      const user = await this.users.findById(userId, session);
      if (user === null) throw new Error(`There is no login ${userId}.`);
      const others = user.enrolments.filter((enrolment) => enrolment.program !== program);
      const enrolments = [...others, { program, role, member }];
      const isDone = await this.users.replaceEnrolments(userId, user.revision, enrolments, session);
      this.logins.forgetUser(userId);
      if (isDone) return;
    }
    throw new Error(`The enrolments of ${userId} kept changing.`);
  }

  /** Whether somebody besides this login may do that in a program. */
  async hasOtherWith(permission: Permission, program: string, userId: string | null): Promise<boolean> {
    const roles = Role.options.filter((role) => PERMISSIONS_OF[role].includes(permission));
    return this.users.hasOther(program, roles, userId);
  }

  /**
   * Whether a login may own one program more; inside the transaction that makes it the owner, so that two at once do not pass.
   * Operators always may. Refuses `program.ownerUnverified`, `program.tooMany`.
   */
  async refuseFurtherProgram(userId: string, max: number, session: Session): Promise<void> {
    const user = await this.users.findById(userId, session);
    if (user === null || user.operator) return;
    if ((user.emailVerifiedAt ?? null) === null) throw new Refusal('program.ownerUnverified');
    const owned = user.enrolments.filter(({ role }) => role === 'owner').length;
    if (owned >= max) throw new Refusal('program.tooMany', { max });
  }

  async findUser(id: string): Promise<User | null> {
    const found = await this.users.findById(id);
    return found === null ? null : userOf(found);
  }

  async findUsers(ids: readonly string[]): Promise<User[]> {
    return ids.length === 0 ? [] : (await this.users.findByIds(ids)).map(userOf);
  }

  async findUserByEmail(email: string): Promise<User | null> {
    const found = await this.users.findByEmail(normalizeEmail(email));
    return found === null ? null : userOf(found);
  }

  /** The login that is this member, if it has one. */
  async userOfMember(member: string): Promise<User | null> {
    const found = await this.users.findByMember(member);
    return found === null ? null : userOf(found);
  }

  /** Of these members of a program those who have a login, each with its role there. */
  async rolesOf({ program }: Scope, members: readonly string[]): Promise<ReadonlyMap<string, Role>> {
    const found = members.length === 0 ? [] : await this.users.findByMembers(members);
    return new Map(
      found.flatMap(({ enrolments }) =>
        enrolments.flatMap((one) => (one.program === program && one.member !== null ? [[one.member, one.role]] : [])),
      ),
    );
  }

  /**
   * A code `XXXX-XXXX-XXXX` (60 bits, seven days) with which a login may take over a member; an older one of the member
   * stops working. It can be read only now. With `session` it is part of that transaction.
   */
  async createClaimCode(scope: Scope, member: string, session?: Session): Promise<{ code: string; expiresAt: string }> {
    return this.claims.create(scope, member, session);
  }

  /**
   * The member that a claim code of this program opens, or null where it was used, is over, or never was. It is spent with
   * the commit of the transaction, by one asker only. Ask `refuseGuesses` before.
   */
  async takeClaimCode(scope: Scope, code: string, session: Session): Promise<string | null> {
    return this.claims.take(scope, code, session);
  }

  /** The member that a claim code of this program would open, null for none; it stays good. Ask `refuseGuesses` before. */
  async findClaimCode(scope: Scope, code: string): Promise<string | null> {
    return this.claims.find(scope, code);
  }

  /**
   * Counts one guess of a claim code for the login, where there is one yet, and the network address; throws `rate.exceeded` past ten of the
   * login, or sixty of the address, in a quarter of an hour. Call it before the code is looked at, outside the transaction, and `forgiveGuess` once it was right.
   */
  async refuseGuesses(user: string | null, ip: string): Promise<void> {
    await this.claims.refuseGuesses(user, ip);
  }

  /** Takes one guess back: it was right. */
  forgiveGuess(user: string | null, ip: string): void {
    this.claims.forgiveGuess(user, ip);
  }

  /**
   * Counts one guess of an invitation's code for the network address; throws `rate.exceeded` past sixty in a quarter of an
   * hour. Call it before the code is looked at, and `forgiveInvitationGuess` once it was somebody's.
   */
  async refuseInvitationGuesses(ip: string): Promise<void> {
    await this.claims.refuseInvitationGuesses(ip);
  }

  /** Takes one guess back: it was right. */
  forgiveInvitationGuess(ip: string): void {
    this.claims.forgiveInvitationGuess(ip);
  }

  /** The same for an alias that somebody wants to join with, taken back with `forgiveAliasGuess` where it is free. */
  async refuseAliasGuesses(ip: string): Promise<void> {
    await this.claims.refuseAliasGuesses(ip);
  }

  /** Takes one back: it is free. */
  forgiveAliasGuess(ip: string): void {
    this.claims.forgiveAliasGuess(ip);
  }

  /** Counts one copy of a member's data for the login that asks; throws `rate.exceeded` past twenty an hour. */
  async refuseFurtherCopies(user: string): Promise<void> {
    await this.limits.spendExactly(COPY_USER, user);
  }

  /** Where a login is logged in now, in whatever program. */
  async sessionsOf(user: string): Promise<Omit<SessionView, 'isThis'>[]> {
    return (await this.sessions.list(user, '')).map(({ isThis, ...session }) => session);
  }

  /** For whom a socket speaks; throws as `SocketAuthenticator` says. */
  async authenticateSocket(token: string, programRef: string): Promise<SocketSubject> {
    const claims = await this.authenticator.readToken(token);
    const program = await this.programs.find(programRef);
    const enrolment = program === null ? null : await this.logins.enrolment(claims.user, program.id);
    if (program === null || enrolment === null) throw new Refusal('program.notFound');
    if (enrolment.member === null) throw new Refusal('auth.forbidden');
    return {
      program: program.id,
      member: enrolment.member,
      role: enrolment.role,
      user: claims.user,
      session: claims.session,
      expiresAtMs: claims.expiresAtMs,
    };
  }

  async liveSessions(subjects: readonly SocketSubject[]): Promise<ReadonlySet<string>> {
    const live = new Set(await this.sessions.findLive([...new Set(subjects.map(({ session }) => session))]));
    for (const { session, user, program, role } of subjects) {
      // A role is given and taken seldom, and taking one away is what must be felt at once: members have none to lose.
      if (role !== 'member' && (await this.logins.enrolment(user, program))?.role !== role) live.delete(session);
    }
    return live;
  }
}

/** A login as other modules see it. */
export function userOf(user: UserDocument): User {
  const { _id, email, name, language, operator, enrolments } = user;
  return { id: _id, email, emailVerified: isVerified(user), name, language, operator, enrolments };
}
