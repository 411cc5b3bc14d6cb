import { Injectable } from '@nestjs/common';
import type { Adjustment, AdjustmentDraft, AdjustmentStatus } from '@verbena/shared/points/points.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { IdentityService } from '#identity/identity.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { actorOf, type Principal } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { SourceOutbox } from '#platform/outbox/source-outbox.js';
import { ProgramsService } from '#programs/programs.service.js';
import { PointsRepository } from './points.repository.js';
import type { AdjustmentDocument } from './points.schema.js';
import { handOf, type PointsAnswer, PointsService } from './points.service.js';

const PAGE_DEFAULT = 50;

/** Staff give points or take some. Above the currency's limit another person decides (four eyes). */
@Injectable()
export class AdjustmentsService {
  constructor(
    private readonly repository: PointsRepository,
    private readonly points: PointsService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly audit: AuditService,
    private readonly outbox: SourceOutbox,
    private readonly clock: Clock,
    private readonly mongo: Mongo,
  ) {}

  /** Books an adjustment, or keeps it for a second person. The same key again answers the same. */
  async adjust(
    scope: Scope,
    principal: Principal,
    ref: string,
    { key, reason, currency, amount }: AdjustmentDraft,
  ): Promise<{ booked: PointsAnswer } | { waiting: Adjustment }> {
    const hand = handOf(principal);
    const { _id: member } = await this.members.findNamed(scope, ref);
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const found = program.currencies.get(currency);
    if (found === undefined)
      throw new Refusal('currency.notFound', {}, [
        { path: ['currency'], code: 'choice', params: { choices: [...program.currencies.keys()].join(', ') } },
      ]);
    const { approveAbove } = found.definition;
    if (approveAbove === undefined || Math.abs(amount) <= approveAbove) {
      const attributes = { currency, amount };
      return {
        booked: await this.points.move(scope, hand, member, { type: 'points.adjusted', key, reason, attributes }),
      };
    }
    const asked = await this.repository.ask({
      _id: ulid(this.clock.now()),
      program: scope.program,
      member,
      key,
      currency,
      amount,
      reason,
      status: 'waiting',
      askedBy: hand.by,
      askedAt: new Date(this.clock.now()),
      decidedBy: null,
      decidedAt: null,
      refusal: null,
    });
    const isSame =
      asked.member === member && asked.currency === currency && asked.amount === amount && asked.reason === reason;
    if (!isSame) throw new Refusal('activity.keyReused');
    return { waiting: await this.viewOf(scope, asked, hand.by) };
  }

  async list(
    scope: Scope,
    principal: Principal,
    {
      status,
      before,
      limit = PAGE_DEFAULT,
    }: { status?: AdjustmentStatus | undefined; before?: number | undefined; limit?: number | undefined },
  ): Promise<{ items: Adjustment[]; next?: number }> {
    const found = await this.repository.list(scope, status ?? null, before ?? null, limit + 1);
    const items: Adjustment[] = [];
    for (const one of found.slice(0, limit)) items.push(await this.viewOf(scope, one, handOf(principal).by));
    const last = found[limit - 1];
    return found.length > limit && last !== undefined ? { items, next: last.number } : { items };
  }

  /** The decision and the booking are written together: the member's journal has it a moment later. */
  async approve(scope: Scope, principal: Principal, id: string): Promise<Adjustment> {
    const { member, reason, currency, amount, askedBy } = await this.findWaiting(scope, principal, id);
    const decided = await this.decide(scope, principal, id, 'approved', null, async (session) => {
      const occurredAt = new Date(this.clock.now()).toISOString();
      const note = askedBy === null ? { reason } : { reason, by: askedBy };
      const attributes = { currency, amount };
      const activity = { type: 'points.adjusted', key: `adjustment:${id}`, occurredAt } as const;
      await this.outbox.add(session, { ...activity, scope, member, attributes, note });
    });
    await this.outbox.settle(member);
    return decided;
  }

  async refuse(scope: Scope, principal: Principal, id: string, reason: string): Promise<Adjustment> {
    await this.findWaiting(scope, principal, id);
    return this.decide(scope, principal, id, 'refused', reason, () => Promise.resolve());
  }

  private async findWaiting(scope: Scope, principal: Principal, id: string): Promise<AdjustmentDocument> {
    const found = await this.repository.find(scope, id);
    if (found === null) throw new Refusal('adjustment.notFound');
    if (found.status !== 'waiting') throw new Refusal('adjustment.settled');
    const { by } = handOf(principal);
    if (by !== null && by === found.askedBy) throw new Refusal('adjustment.own');
    return found;
  }

  private async decide(
    scope: Scope,
    principal: Principal,
    id: string,
    status: 'approved' | 'refused',
    refusal: string | null,
    along: (session: Parameters<SourceOutbox['add']>[0]) => Promise<void>,
  ): Promise<Adjustment> {
    const { by } = handOf(principal);
    const decision = { status, decidedBy: by, decidedAt: new Date(this.clock.now()), refusal };
    const after = await this.mongo.transact(async (session) => {
      const decided = await this.repository.decide(scope, id, decision, session);
      if (decided === null) throw new Refusal('adjustment.settled');
      const { member, currency, amount } = decided;
      await this.audit.record(session, scope, {
        actor: actorOf(principal),
        action: status === 'approved' ? 'adjustment.approved' : 'adjustment.refused',
        subject: { kind: 'adjustment', id },
        before: { status: 'waiting', askedBy: decided.askedBy },
        after: { status, member, currency, amount, ...(refusal === null ? {} : { refusal }) },
      });
      await along(session);
      return decided;
    });
    return this.viewOf(scope, after, by);
  }

  private async viewOf(scope: Scope, found: AdjustmentDocument, reader: string | null): Promise<Adjustment> {
    const { _id: id, member, currency, amount, reason, status, refusal, askedBy, decidedBy } = found;
    return {
      id,
      member,
      memberName: (await this.members.find(scope, member)).name,
      currency,
      amount,
      reason,
      status,
      askedBy: await this.nameOf(askedBy),
      askedAt: found.askedAt.toISOString(),
      isOwn: reader !== null && reader === askedBy,
      decidedBy: found.decidedAt === null ? null : await this.nameOf(decidedBy),
      decidedAt: found.decidedAt?.toISOString() ?? null,
      refusal,
    };
  }

  /** A command of this machine has no name. */
  private async nameOf(login: string | null): Promise<string> {
    return login === null ? '' : ((await this.identity.findUser(login))?.name ?? '');
  }
}
