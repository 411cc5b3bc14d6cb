import { Injectable } from '@nestjs/common';
import type { Role } from '@verbena/shared/identity/role.js';
import type { JoinDraft } from '@verbena/shared/members/members.routes.js';
import type { Joining } from '@verbena/shared/programs/programs.routes.js';
import { ulid } from 'ulid';
import { addDays } from '#engine/calendar.js';
import { IdentityService, type User } from '#identity/identity.service.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Tenant } from '#platform/http/tenant.js';
import { isDuplicateKey, type Session } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { ConsentsService } from './consents.service.js';
import { newInviteCode } from './invite-code.js';
import { MemberRecord } from './member-record.js';
import { MembersRepository } from './members.repository.js';
import type { InvitedBy, MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';
import { planConsents } from './plan-consents.js';
import { isSameMailbox } from './same-mailbox.js';

/** Who asks to join what, all that was found out before the transaction. */
interface Request {
  readonly scope: Scope;
  readonly tenant: Tenant;
  readonly joining: Joining;
  readonly login: User;
  readonly draft: JoinDraft;
  readonly invitedBy: InvitedBy | null;
  /** Whether the draft's invitation is somebody's. */
  readonly isInvited: boolean;
}

/** How a person comes into a program. */
@Injectable()
export class JoiningService {
  constructor(
    private readonly repository: MembersRepository,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly record: MemberRecord,
    private readonly consents: ConsentsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Enrols a login: as a new member, with a claim code as one that a brand created, or again after it left. All of it stands
   * in one transaction, and what a refusal meets leaves nothing behind. Refuses as `joinProgram` says.
   */
  async join(tenant: Tenant, user: string, ip: string, draft: JoinDraft): Promise<MemberDocument> {
    const scope = scopeOf(tenant.id);
    const login = await this.identity.findUser(user);
    if (login === null) throw new Refusal('auth.sessionEnded');
    const { joining = 'open' } = await this.programs.get(scope);
    const advocate = await this.advocateOf(scope, login, ip, draft);
    const invitedBy = advocate === null ? null : await this.invitedBy(scope, tenant, advocate);
    if (draft.claim !== undefined) await this.identity.refuseGuesses(user, ip);
    const isInvited = advocate !== null;
    const member = await this.enrol({ scope, tenant, joining, login, draft, invitedBy, isInvited });
    if (draft.claim !== undefined) this.identity.forgiveGuess(user, ip);
    await this.record.settle(member._id);
    return member;
  }

  private async enrol(request: Request): Promise<MemberDocument> {
    try {
      return await this.repository.inTurn(request.scope, (session) => this.enrolIn(session, request));
    } catch (error) {
      throw isDuplicateKey(error) ? await this.takenBy(request, error) : error;
    }
  }

  private async enrolIn(session: Session, request: Request): Promise<MemberDocument> {
    const { scope, login, draft, tenant } = request;
    const own = await this.repository.findByUser(scope, login.id, session);
    if (own !== null && (own.enrolment === 'enrolled' || draft.claim !== undefined))
      throw new Refusal('member.alreadyEnrolled');
    const before = own ?? (await this.claimed(session, request));
    if (before === null) await this.refuseUninvited(session, request);
    await this.refuseTaken(scope, draft.alias, before?._id ?? null, session);
    const joined = this.joinedNow(before, request);
    const legal = await this.programs.legalIn(session, scope);
    const at = new Date(this.clock.now());
    const consents = planConsents(joined, legal, draft.consents, { isJoining: true, mayGive: true, at });
    const after = { ...joined, ...consents.change };
    if (before === null) await this.repository.insert(after, session);
    else await this.repository.update(scope, before, after, session);
    const role = roleOf(login, scope);
    await this.identity.enrol(login.id, scope.program, role, after._id, session);
    const by = { kind: 'user' as const, id: login.id };
    await this.consents.keep(session, scope, after._id, consents, { channel: 'join', by, at });
    const how = before === null ? (request.isInvited ? 'invited' : 'new') : own === null ? 'claimed' : 'again';
    await this.record.audit(session, scope, by, 'member.joined', after._id, { how, role });
    await this.record.joined(session, scope, after, before === null ? (after.invitedBy?.advocate ?? null) : null);
    await this.record.changed(session, scope, after, chosen(before, after, tenant.zone));
    return after;
  }

  /** The member that a claim code opens; null where none was sent. */
  private async claimed(session: Session, { scope, draft: { claim } }: Request): Promise<MemberDocument | null> {
    if (claim === undefined) return null;
    const id = await this.identity.takeClaimCode(scope, claim, session);
    const member = id === null ? null : await this.repository.findById(scope, id, session);
    if (member === null || member.user !== null || member.closedInto !== null)
      throw new Refusal('claim.invalid', {}, [{ path: ['claim'], code: 'invalid' }]);
    return member;
  }

  /**
   * The member as it stands after joining. An invitation counts for who is new here; somebody whom the brand knows already,
   * or who comes back, was not brought by it.
   */
  private joinedNow(
    before: MemberDocument | null,
    { scope, login, draft, tenant, invitedBy }: Request,
  ): MemberDocument {
    const now = new Date(this.clock.now());
    const base =
      before ?? this.members.newMember(scope, ulid(now.getTime()), { language: login.language, zone: tenant.zone });
    return {
      ...base,
      user: login.id,
      name: base.name ?? login.name,
      alias: draft.alias ?? base.alias,
      boards: draft.boards ?? base.boards,
      language: draft.language ?? base.language,
      zone: draft.zone ?? base.zone,
      enrolment: 'enrolled',
      joinedAt: base.enrolment === 'pending' ? now : base.joinedAt,
      invitedBy: before === null ? invitedBy : base.invitedBy,
      inviteCode: base.inviteCode ?? newInviteCode(),
      joins: base.joins + 1,
      changes: base.changes + 1,
    };
  }

  /** Who invites with the draft's code; null where none was sent. Refuses what is nobody's, and one's own. */
  private async advocateOf(
    scope: Scope,
    login: User,
    ip: string,
    { invitation }: JoinDraft,
  ): Promise<MemberDocument | null> {
    if (invitation === undefined) return null;
    await this.identity.refuseInvitationGuesses(ip);
    const advocate = await this.members.findByInviteCode(scope, invitation);
    if (advocate === null) throw new Refusal('invitation.notFound', {}, [{ path: ['invitation'], code: 'invalid' }]);
    this.identity.forgiveInvitationGuess(ip);
    const other = advocate.user === null ? null : await this.identity.findUser(advocate.user);
    if (other !== null && (other.id === login.id || isSameMailbox(other.email, login.email)))
      throw new Refusal('referral.self', {}, [{ path: ['invitation'], code: 'invalid' }]);
    return advocate;
  }

  /** Somebody new needs what the program asks of those who come by themselves, and is nobody who is here under another login. */
  private async refuseUninvited(session: Session, { scope, login, joining, isInvited }: Request): Promise<void> {
    if (joining === 'closed' || (joining === 'invitation' && !isInvited)) throw new Refusal('program.joinClosed');
    if (await this.repository.hasEnded(scope, login.id, session)) throw new Refusal('member.closed');
  }

  private async invitedBy(scope: Scope, { zone }: Tenant, advocate: MemberDocument): Promise<InvitedBy | null> {
    const nowMs = this.clock.now();
    const [referral] = (await this.programs.inForce(scope.program, nowMs)).referrals;
    if (referral === undefined) return null;
    const until = addDays(localDateOf(nowMs, zone), referral.definition.withinDays);
    return { advocate: advocate._id, joinedAt: new Date(nowMs), until };
  }

  /** Refuses an alias that is somebody else's than `self`'s. Throws `member.aliasTaken`. */
  async refuseTaken(
    scope: Scope,
    alias: string | undefined,
    self: string | null = null,
    session?: Session,
  ): Promise<void> {
    if (alias === undefined) return;
    const other = await this.repository.findByAlias(scope, alias, session);
    if (other !== null && other._id !== self) throw aliasTaken();
  }

  /** Whether a stranger may join with an alias. Refuses `member.aliasTaken`, and `rate.exceeded` where many were. */
  async checkAlias(scope: Scope, alias: string, ip: string): Promise<void> {
    await this.identity.refuseAliasGuesses(ip);
    await this.refuseTaken(scope, alias);
    this.identity.forgiveAliasGuess(ip);
  }

  /** What another's transaction took in the same moment. */
  private async takenBy({ scope, login, draft }: Request, error: unknown): Promise<unknown> {
    const own = await this.repository.findByUser(scope, login.id);
    if (own !== null && own.enrolment === 'enrolled') return new Refusal('member.alreadyEnrolled');
    const other = draft.alias === undefined ? null : await this.repository.findByAlias(scope, draft.alias);
    return other !== null && other._id !== own?._id ? aliasTaken() : error;
  }
}

/** Another member has this alias, with whatever letters large or small. */
export function aliasTaken(): Refusal {
  return new Refusal('member.aliasTaken', {}, [{ path: ['alias'], code: 'taken' }]);
}

/** Staff who become members stay staff. */
function roleOf(login: User, scope: Scope): Role {
  return login.enrolments.find(({ program }) => program === scope.program)?.role ?? 'member';
}

/** What decisions and boards do not know yet: at first they take the program's zone, and an alias where there is one. */
function chosen(
  before: MemberDocument | null,
  { zone, boards }: MemberDocument,
  programZone: string,
): { zone?: string; boards?: string } {
  // What was chosen while away was not told.
  if (before?.enrolment === 'left') return { zone, boards };
  return {
    ...(zone === (before?.zone ?? programZone) ? {} : { zone }),
    ...(boards === (before?.boards ?? 'alias') ? {} : { boards }),
  };
}
