import { Injectable } from '@nestjs/common';
import type { BoardsChoice, ProfileChange } from '@verbena/shared/members/members.routes.js';
import { IdentityService } from '#identity/identity.service.js';
import { type HearsAddresses, HearsVerified, type VerifiedPlace } from '#identity/verified-address.port.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import { type Scope, scopeOf } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { aliasTaken } from './joining.service.js';
import { MemberRecord, PROFILE_COMPLETED } from './member-record.js';
import { type MemberChange, MembersRepository } from './members.repository.js';
import type { MemberDocument, ProfileField } from './members.schema.js';
import { MembersService } from './members.service.js';

/** What members say and show of themselves, and that they leave. */
@Injectable()
@HearsVerified()
export class ProfileService implements HearsAddresses {
  constructor(
    private readonly repository: MembersRepository,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly record: MemberRecord,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what a member says of itself (A3, A7). Zone and boards are told to its journal; with name, language and zone there
   * and the last two saved by its own word, its profile is complete, once, as soon as the address of its login is verified: that gives
   * points, and anybody can make up an address. What staff write for it completes nothing. Refuses `member.notFound`, `member.aliasTaken`,
   * and a badge that the program has not.
   */
  async change(scope: Scope, ref: string, change: ProfileChange, asking: Principal): Promise<MemberDocument> {
    const { _id } = await this.members.find(scope, ref);
    await this.refuseUnknownBadges(scope, change.chosenBadges ?? []);
    const isRewarded = await this.rewardsProfiles(scope);
    const login = asking.kind === 'user' ? await this.identity.findUser(asking.id) : null;
    const isVerified = login?.emailVerified === true;
    try {
      const after = await this.mongo.transact((session) =>
        this.changeIn(session, scope, _id, change, asking, { isRewarded, isVerified }),
      );
      await this.record.settle(_id);
      return after;
    } catch (error) {
      throw isDuplicateKey(error) ? aliasTaken() : error;
    }
  }

  /** Profiles that waited for nothing but their address are complete. */
  async verified(places: readonly VerifiedPlace[], session: Session): Promise<void> {
    for (const { program, member: id } of places) {
      const scope = scopeOf(program);
      const member = await this.repository.findById(scope, id, session);
      if (member === null || member.closedInto !== null || member.profileCompletedAt !== null || !hasAll(member))
        continue;
      await this.repository.update(scope, member, { profileCompletedAt: new Date(this.clock.now()) }, session);
      if (await this.rewardsProfiles(scope)) await this.record.completed(session, scope, id);
    }
  }

  /** Opts a member out; for one who has left already nothing happens. Refuses `member.notFound`. */
  async leave(scope: Scope, ref: string, asking: Principal): Promise<MemberDocument> {
    const { _id } = await this.members.find(scope, ref);
    const after = await this.mongo.transact(async (session) => {
      const member = await this.read(session, scope, _id);
      if (member.enrolment === 'left') return member;
      await this.repository.update(scope, member, { enrolment: 'left' }, session);
      const by = isItself(member, asking) ? 'itself' : 'staff';
      await this.record.audit(session, scope, actorOf(asking), 'member.left', _id, { by });
      await this.record.left(session, scope, member);
      return { ...member, enrolment: 'left' as const };
    });
    await this.record.settle(_id);
    return after;
  }

  /** Tells a member's books what they do not have as it chose it, where some of it never came to them. */
  async tellAgain(
    scope: Scope,
    id: string,
    known: { readonly isLeft: boolean; readonly zone: string | null; readonly boards: BoardsChoice },
  ): Promise<void> {
    const program = await this.programs.get(scope);
    await this.mongo.transact(async (session) => {
      const member = await this.repository.findById(scope, id, session);
      if (member === null || member.closedInto !== null) return;
      const after = { ...member, changes: member.changes + 1 };
      await this.repository.update(scope, member, { changes: after.changes }, session);
      if ((member.enrolment === 'left') !== known.isLeft) await this.record.again(session, scope, after);
      if (member.enrolment === 'left') return;
      await this.record.changed(session, scope, after, {
        ...(member.zone === (known.zone ?? program.zone) ? {} : { zone: member.zone }),
        ...(member.boards === known.boards ? {} : { boards: member.boards }),
      });
    });
    await this.record.settle(id);
  }

  private async changeIn(
    session: Session,
    scope: Scope,
    id: string,
    change: ProfileChange,
    asking: Principal,
    { isRewarded, isVerified }: { readonly isRewarded: boolean; readonly isVerified: boolean },
  ): Promise<MemberDocument> {
    const member = await this.read(session, scope, id);
    if (typeof change.alias === 'string') {
      const other = await this.repository.findByAlias(scope, change.alias, session);
      if (other !== null && other._id !== id) throw aliasTaken();
    }
    const changed = this.changeOf(member, change, isItself(member, asking), isVerified);
    const after = { ...member, ...changed };
    await this.repository.update(scope, member, changed, session);
    if (!isItself(member, asking))
      await this.record.audit(session, scope, actorOf(asking), 'member.changed', id, { fields: Object.keys(change) });
    // Whoever left is told of everything when it joins again.
    if (member.enrolment === 'left') return after;
    await this.record.changed(session, scope, after, {
      ...(after.zone === member.zone ? {} : { zone: after.zone }),
      ...(after.boards === member.boards ? {} : { boards: after.boards }),
    });
    if (isRewarded && member.profileCompletedAt === null && after.profileCompletedAt !== null)
      await this.record.completed(session, scope, id);
    return after;
  }

  private changeOf(
    member: MemberDocument,
    change: ProfileChange,
    isOwnWord: boolean,
    isVerified: boolean,
  ): MemberChange {
    const said: MemberChange = definedOf(change);
    const saved = isOwnWord ? savedBy(member, change) : member.saved;
    const isComplete = isOwnWord && isVerified && hasAll({ ...member, saved, name: change.name ?? member.name });
    return {
      ...said,
      saved,
      profileCompletedAt: member.profileCompletedAt ?? (isComplete ? new Date(this.clock.now()) : null),
      changes: member.changes + 1,
    };
  }

  private async read(session: Session, scope: Scope, id: string): Promise<MemberDocument> {
    const member = await this.repository.findById(scope, id, session);
    if (member === null) throw new Refusal('member.notFound');
    // It was joined to another one in this very moment.
    if (member.closedInto !== null) throw new Refusal('member.closed');
    return member;
  }

  private async refuseUnknownBadges(scope: Scope, chosen: readonly string[]): Promise<void> {
    if (chosen.length === 0) return;
    const { badges } = await this.programs.inForce(scope.program, this.clock.now());
    const known = new Set(badges.map(({ definition }) => definition.id));
    const problems = chosen.flatMap((id, place) =>
      known.has(id) ? [] : [{ path: ['chosenBadges', place], code: 'noBadge', params: { id } }],
    );
    if (problems.length > 0) throw new Refusal('input.invalid', {}, problems);
  }

  private async rewardsProfiles(scope: Scope): Promise<boolean> {
    return (await this.programs.inForce(scope.program, this.clock.now())).activityTypes.has(PROFILE_COMPLETED);
  }
}

function isItself(member: MemberDocument, asking: Principal): boolean {
  return asking.kind === 'user' && asking.id === member.user;
}

/** Name, language and zone are there, the last two by its own word. */
function hasAll({ enrolment, saved, name }: Pick<MemberDocument, 'enrolment' | 'saved' | 'name'>): boolean {
  return enrolment !== 'left' && saved.length === 2 && name !== null;
}

/** What was saved by the member's own word up to now, this change included. */
function savedBy({ saved }: MemberDocument, change: ProfileChange): ProfileField[] {
  const fields: ProfileField[] = ['language', 'zone'];
  return fields.filter((field) => saved.includes(field) || change[field] !== undefined);
}

function definedOf(change: ProfileChange): MemberChange {
  const { name, alias, language, zone, boards, shows, chosenBadges } = change;
  return {
    ...(name === undefined ? {} : { name }),
    ...(alias === undefined ? {} : { alias }),
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
    ...(boards === undefined ? {} : { boards }),
    ...(shows === undefined ? {} : { shows }),
    ...(chosenBadges === undefined ? {} : { chosenBadges }),
  };
}
