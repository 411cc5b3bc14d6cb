import { Injectable } from '@nestjs/common';
import { ClaimCode, type JoinCode } from '@verbena/shared/members/members.routes.js';
import { InvitationCode } from '@verbena/shared/referrals/referrals.routes.js';
import * as z from 'zod/mini';
import { IdentityService } from '#identity/identity.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MemberRecord } from './member-record.js';
import { MembersService } from './members.service.js';

/** Codes with which a person takes over a member that a brand created, and whose a code is that somebody joins with. */
@Injectable()
export class ClaimingService {
  constructor(
    private readonly members: MembersService,
    private readonly identity: IdentityService,
    private readonly record: MemberRecord,
    private readonly mongo: Mongo,
  ) {}

  /** Issues a code, which only this answer shows; an earlier one stops working. Refuses `member.hasLogin`. */
  async createCode(scope: Scope, ref: string, actor: Actor): Promise<{ code: string; expiresAt: string }> {
    const member = await this.members.find(scope, ref);
    if (member.user !== null) throw new Refusal('member.hasLogin');
    return this.mongo.transact(async (session) => {
      const issued = await this.identity.createClaimCode(scope, member._id, session);
      const { expiresAt } = issued;
      await this.record.audit(session, scope, actor, 'member.claimCodeIssued', member._id, { expiresAt });
      return issued;
    });
  }

  /**
   * Whose a code is, before an account is made for it. Each wrong one is a guess of its kind; what can be a code of neither kind is none.
   * Refuses `joinCode.notFound`, `rate.exceeded`.
   */
  async readJoinCode(scope: Scope, typed: string, ip: string): Promise<JoinCode> {
    const found = (await this.readInvitation(scope, typed, ip)) ?? (await this.readClaim(scope, typed, ip));
    if (found === null) throw new Refusal('joinCode.notFound', {}, [{ path: ['code'], code: 'invalid' }]);
    return found;
  }

  private async readInvitation(scope: Scope, typed: string, ip: string): Promise<JoinCode | null> {
    const code = z.safeParse(InvitationCode, typed).data;
    if (code === undefined) return null;
    await this.identity.refuseInvitationGuesses(ip);
    const advocate = await this.members.findByInviteCode(scope, code);
    if (advocate === null) return null;
    this.identity.forgiveInvitationGuess(ip);
    return { kind: 'invitation', code, by: advocate.alias, card: null };
  }

  private async readClaim(scope: Scope, typed: string, ip: string): Promise<JoinCode | null> {
    const code = z.safeParse(ClaimCode, typed).data;
    if (code === undefined) return null;
    await this.identity.refuseGuesses(null, ip);
    const id = await this.identity.findClaimCode(scope, code);
    const member = id === null ? null : await this.members.find(scope, id);
    if (member === null || member.user !== null) return null;
    this.identity.forgiveGuess(null, ip);
    // Typed without hyphens it was looked up as an invitation's too.
    if (z.safeParse(InvitationCode, typed).success) this.identity.forgiveInvitationGuess(ip);
    const [card = null] = (await this.members.externalIdsOf(scope, [member._id])).get(member._id) ?? [];
    return { kind: 'claim', code, by: member.name === null ? null : shortNameOf(member.name), card };
  }
}

/** As much of a name as tells its owner that it is the right one: `Lucía Peña Ruiz` gives `Lucía P.` */
function shortNameOf(name: string): string {
  const [first = '', second] = name.split(/\s+/u);
  return second === undefined ? first : `${first} ${[...second][0] ?? ''}.`;
}
