import { Injectable } from '@nestjs/common';
import { IdentityService } from '#identity/identity.service.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ConsentsRepository } from './consents.repository.js';
import { MemberRecord } from './member-record.js';
import { type MemberChange, MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';

/** Two accounts as they stand before one of them ends in the other. */
export interface Pair {
  readonly stays: MemberDocument;
  readonly ends: MemberDocument;
}

/** Ends a member in another one: whatever named it names the other from then on. Points are the ledger's. */
@Injectable()
export class MemberEndings {
  constructor(
    private readonly repository: MembersRepository,
    private readonly consents: ConsentsRepository,
    private readonly identity: IdentityService,
    private readonly record: MemberRecord,
  ) {}

  /**
   * Both, as the transaction sees them. Refuses `merge.same`, `member.notFound`, `member.closed` where either was joined to another
   * already, and `member.left` where the one that stays has left.
   */
  async read(scope: Scope, stays: string, ends: string, session?: Session): Promise<Pair> {
    if (stays === ends) throw new Refusal('merge.same', {}, [{ path: ['ends'], code: 'invalid' }]);
    const pair = {
      stays: await this.readOne(scope, stays, session),
      ends: await this.readOne(scope, ends, session),
    };
    if (pair.stays.enrolment === 'left') throw new Refusal('member.left');
    return pair;
  }

  /**
   * Ends one in the other, in the caller's transaction. Both documents are written, so that of two who join the same account, or
   * each to the other, one is told that it came too late. External ids, codes and friends lead to the one that stays; it takes
   * over a name, an alias and a login that it lacks.
   */
  async end(session: Session, scope: Scope, { stays, ends }: Pair): Promise<void> {
    const role = await this.releaseLogin(session, scope, ends);
    await this.repository.update(
      scope,
      ends,
      {
        ...{ closedInto: stays._id, enrolment: 'left', user: null, endedUser: ends.user, alias: null },
        ...(ends.invitedBy?.advocate === stays._id ? { invitedBy: null } : {}),
        changes: ends.changes + 1,
      },
      session,
    );
    await this.repository.moveTies(scope, ends._id, stays._id, session);
    await this.consents.move(scope, ends._id, stays._id, session);
    const after = { ...stays, ...inherited(stays, ends) };
    // With the key of an alias that it takes over.
    await this.repository.update(scope, after, after, session);
    await this.record.changed(session, scope, after, {
      ...(after.zone === stays.zone ? {} : { zone: after.zone }),
      ...(after.boards === stays.boards ? {} : { boards: after.boards }),
    });
    if (role !== null && stays.user === null && ends.user !== null)
      await this.identity.enrol(ends.user, scope.program, role, stays._id, session);
  }

  /** The login of an account that ends is nobody's here for now; staff stay staff. Answers its role, null without a login. */
  private async releaseLogin(session: Session, scope: Scope, { user }: MemberDocument) {
    const login = user === null ? null : await this.identity.findUser(user);
    const place = login?.enrolments.find(({ program }) => program === scope.program);
    if (login === null || place === undefined) return null;
    await this.identity.enrol(login.id, scope.program, place.role, null, session);
    return place.role;
  }

  private async readOne(scope: Scope, id: string, session?: Session): Promise<MemberDocument> {
    const found = await this.repository.findById(scope, id, session);
    if (found === null) throw new Refusal('member.notFound');
    if (found.closedInto !== null) throw new Refusal('member.closed');
    return found;
  }
}

/**
 * What one takes over of the other: only what it lacks, and with a login what its person chose. Whoever is on no board of the
 * one is on none of both. Nobody is invited by itself.
 */
function inherited(stays: MemberDocument, ends: MemberDocument): MemberChange {
  const invitedBy = [stays.invitedBy, ends.invitedBy].find(
    (one) => one !== null && one.advocate !== stays._id && one.advocate !== ends._id,
  );
  const { language, zone, shows, chosenBadges, accepted, consents } =
    stays.user === null && ends.user !== null ? ends : stays;
  return {
    ...{ language, zone, shows, chosenBadges, accepted, consents },
    boards: stays.boards === 'hidden' || ends.boards === 'hidden' ? 'hidden' : 'alias',
    user: stays.user ?? ends.user,
    name: stays.name ?? ends.name,
    ...(stays.alias === null ? { alias: ends.alias, aliasKey: ends.aliasKey } : {}),
    enrolment: stays.enrolment === 'pending' && ends.enrolment === 'enrolled' ? 'enrolled' : stays.enrolment,
    joinedAt: ends.joinedAt < stays.joinedAt ? ends.joinedAt : stays.joinedAt,
    saved: [...new Set([...stays.saved, ...ends.saved])],
    profileCompletedAt: stays.profileCompletedAt ?? ends.profileCompletedAt,
    invitedBy: invitedBy ?? null,
    changes: stays.changes + 1,
  };
}
