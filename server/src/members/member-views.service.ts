import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Member } from '@verbena/shared/members/members.routes.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { type FirstPoints, TellsFirstPoints } from './first-points.port.js';
import { type MemberPast, TellsMemberPast } from './member-past.port.js';
import { MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';

/** Members as the contract shows them. */
@Injectable()
export class MemberViews implements OnApplicationBootstrap {
  private firstPoints: FirstPoints | undefined;
  private past: MemberPast | undefined;

  constructor(
    private readonly repository: MembersRepository,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    const providers = this.discovery.getProviders({ metadataKey: TellsFirstPoints.KEY });
    if (providers.length !== 1)
      throw new Error(
        `First points must be told by exactly one class with @TellsFirstPoints(), not by ${providers.length}.`,
      );
    this.firstPoints = providers[0]?.instance as FirstPoints;
    const pasts = this.discovery.getProviders({ metadataKey: TellsMemberPast.KEY });
    if (pasts.length !== 1)
      throw new Error(`The past must be told by exactly one class with @TellsMemberPast(), not by ${pasts.length}.`);
    this.past = pasts[0]?.instance as MemberPast;
  }

  /** A member as it was known at a moment: what decisions and boards read of it; what it is called is said today. */
  async showAt(scope: Scope, document: MemberDocument, asOf: string): Promise<Member> {
    if (this.past === undefined) throw new Error('The past is known after boot only.');
    const then = await this.past.memberThen(scope, document._id, asOf);
    const member = await this.show(scope, document);
    const { zone } = await this.programs.get(scope);
    const enrolment = member.enrolment === 'pending' && then.enrolment === 'enrolled' ? 'pending' : then.enrolment;
    return { ...member, enrolment, zone: then.zone ?? zone, boards: then.boards };
  }

  async show(scope: Scope, document: MemberDocument): Promise<Member> {
    const [member = document] = await this.enrolled(scope, [document]);
    const [externalIds, code] = await Promise.all([
      this.members.externalIdsOf(scope, [member._id]),
      this.members.memberCodeOf(scope, member),
    ]);
    return {
      id: member._id,
      code,
      externalIds: externalIds.get(member._id) ?? [],
      name: member.name,
      alias: member.alias,
      language: member.language,
      zone: member.zone,
      enrolment: member.enrolment,
      joinedAt: member.joinedAt.toISOString(),
      hasLogin: member.user !== null,
      boards: member.boards,
      shows: member.shows,
      chosenBadges: [...member.chosenBadges],
      profileCompleted: member.profileCompletedAt !== null,
    };
  }

  /**
   * Members with their enrolment as it is today (A5). Where it comes with the first points it follows from the journal: who has
   * some is enrolled since then, which is noted here, so a crash after the commit loses nothing. Where it is automatic,
   * nobody waits.
   */
  async enrolled(scope: Scope, members: readonly MemberDocument[]): Promise<MemberDocument[]> {
    const pending = members.filter(({ enrolment }) => enrolment === 'pending').map(({ _id }) => _id);
    if (pending.length === 0) return [...members];
    const { enrolment: policy = 'automatic' } = await this.programs.get(scope);
    if (policy === 'optIn') return [...members];
    if (policy === 'automatic')
      return members.map((one) => (one.enrolment === 'pending' ? { ...one, enrolment: 'enrolled' as const } : one));
    if (this.firstPoints === undefined) throw new Error('First points are known after boot only.');
    const since = await this.firstPoints.firstEarnings(scope, pending);
    await this.repository.enrolPending(scope, since);
    return members.map((one) => {
      const joinedAt = one.enrolment === 'pending' ? since.get(one._id) : undefined;
      return joinedAt === undefined ? one : { ...one, enrolment: 'enrolled' as const, joinedAt };
    });
  }
}
