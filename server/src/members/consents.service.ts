import { Injectable } from '@nestjs/common';
import type { ConsentDraft } from '@verbena/shared/members/consents.js';
import type { ConsentRecord, MemberConsents } from '@verbena/shared/members/consents.routes.js';
import { monotonicFactory } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { type Actor, actorOf, type Principal } from '#platform/http/principal.js';
import { Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { ConsentsRepository } from './consents.repository.js';
import { MemberRecord } from './member-record.js';
import { MembersRepository } from './members.repository.js';
import type { MemberDocument } from './members.schema.js';
import { MembersService } from './members.service.js';
import { allows, type ConsentPlan, mustAccept, planConsents } from './plan-consents.js';

const HISTORY_MAX = 500;

/** Which terms members accepted, and for what they allow their data to be used. */
@Injectable()
export class ConsentsService {
  /** What was said in one press keeps its order. */
  private readonly nextId = monotonicFactory();

  constructor(
    private readonly repository: ConsentsRepository,
    private readonly documents: MembersRepository,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly record: MemberRecord,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  async read(scope: Scope, ref: string): Promise<MemberConsents> {
    return this.view(scope, await this.members.find(scope, ref));
  }

  /** Writes down what a member says, or staff for it. Refuses as `changeConsents` says. */
  async change(scope: Scope, ref: string, draft: ConsentDraft, asking: Principal): Promise<MemberConsents> {
    const { _id } = await this.members.find(scope, ref);
    const after = await this.mongo.transact(async (session) => {
      const member = await this.documents.findById(scope, _id, session);
      if (member === null) throw new Refusal('member.notFound');
      if (member.closedInto !== null) throw new Refusal('member.closed');
      const isOwn = asking.kind === 'user' && asking.id === member.user;
      const legal = await this.programs.legalIn(session, scope);
      const at = new Date(this.clock.now());
      const mayGive = isOwn || asking.kind === 'local';
      const plan = planConsents(member, legal, draft, { isJoining: false, mayGive, at });
      await this.documents.update(scope, member, plan.change, session);
      const channel = isOwn ? 'app' : asking.kind === 'local' ? 'command' : 'console';
      await this.keep(session, scope, _id, plan, { channel, by: actorOf(asking), at });
      if (channel === 'console' && plan.records.length > 0) {
        const withdrawn = plan.records.map(({ purpose }) => purpose);
        await this.record.audit(session, scope, actorOf(asking), 'member.consentWithdrawn', _id, { withdrawn });
      }
      return { ...member, ...plan.change };
    });
    return this.view(scope, after);
  }

  /** Writes down what was planned, in the caller's transaction. */
  async keep(
    session: Session,
    scope: Scope,
    member: string,
    { records }: ConsentPlan,
    { channel, by, at }: { readonly channel: ConsentRecord['channel']; readonly by: Actor; readonly at: Date },
  ): Promise<void> {
    await this.repository.add(
      records.map((one) => ({
        ...{ _id: this.nextId(at.getTime()), program: scope.program, member, at, channel, by },
        ...one,
      })),
      session,
    );
  }

  /** Refuses `legal.notAccepted` where the texts in force are still asked of a member who wants to do something with its points. */
  async refuseUnaccepted(scope: Scope, ref: string): Promise<void> {
    const { legal = null } = await this.programs.get(scope);
    if (legal !== null && mustAccept(await this.members.find(scope, ref), legal))
      throw new Refusal('legal.notAccepted');
  }

  private async view(scope: Scope, member: MemberDocument): Promise<MemberConsents> {
    const { legal = null } = await this.programs.get(scope);
    const { accepted } = member;
    const records = await this.repository.list(scope, member._id, HISTORY_MAX);
    return {
      version: legal?.version ?? null,
      accepted: accepted === null ? null : { ...accepted, at: accepted.at.toISOString() },
      mustAccept: member.user !== null && mustAccept(member, legal),
      purposes: (legal?.purposes ?? []).map((purpose) => ({
        ...{ id: purpose.id, text: purpose.text, given: allows(member, purpose) },
      })),
      history: records.map(({ at, act, purpose, version, language, channel }) => ({
        ...{ at: at.toISOString(), act, purpose, version, language, channel },
      })),
    };
  }
}
