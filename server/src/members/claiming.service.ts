import { Injectable } from '@nestjs/common';
import { IdentityService } from '#identity/identity.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { MemberRecord } from './member-record.js';
import { MembersService } from './members.service.js';

/** Codes with which a person takes over a member that a brand created. */
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
}
