import { Injectable } from '@nestjs/common';
import { isSystemType } from '@verbena/shared/activities/activity-type.js';
import type { Adjustment, AdjustmentStatus } from '@verbena/shared/points/points.routes.js';
import { ulid } from 'ulid';
import { AuditService } from '#audit/audit.service.js';
import { IdentityService } from '#identity/identity.service.js';
import { AboveLimit, COMMANDS, HandsService, personOf } from '#ledger/hands.service.js';
import { LedgerService, type Outcome, type Submission } from '#ledger/ledger.service.js';
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
import { handOf } from './hand.js';

const PAGE_DEFAULT = 50;

/** What staff do by hand that gives more than one person may in a day waits here for another one to decide (four eyes). */
@Injectable()
export class AdjustmentsService {
  constructor(
    private readonly repository: PointsRepository,
    private readonly hands: HandsService,
    private readonly ledger: LedgerService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly identity: IdentityService,
    private readonly audit: AuditService,
    private readonly outbox: SourceOutbox,
    private readonly clock: Clock,
    private readonly mongo: Mongo,
  ) {}

  /**
   * Submits what somebody does by hand, or keeps it for a second person where it gives more than one may in a day. The same again answers
   * the same, also once that was decided. Refusals: those of `HandsService.submit` but its limit, and `activity.keyReused`.
   */
  async book(scope: Scope, by: string | null, submission: Submission): Promise<Outcome | { waiting: Adjustment }> {
    let asked = await this.repository.findByKey(scope, submission.entryId);
    if (asked === null) {
      const outcome = await this.hands.submit(by ?? COMMANDS, submission);
      if (outcome.kind !== 'refused' || !(outcome.refusal instanceof AboveLimit)) return outcome;
      asked = await this.repository.ask(this.requestOf(scope, by, submission, outcome.refusal));
    }
    if (asked.fingerprint !== submission.fingerprint)
      throw new Refusal('activity.keyReused', { since: asked.askedAt.toISOString() });
    return { waiting: await this.viewOf(scope, asked, by) };
  }

  private requestOf(
    { program }: Scope,
    askedBy: string | null,
    { entryId, fingerprint, member, activity }: Submission,
    { gives, currency }: AboveLimit,
  ): Omit<AdjustmentDocument, 'number'> {
    const { type, occurredAt, attributes, personal, note } = activity;
    const { amount } = attributes;
    const also = Object.entries(gives).flatMap(([other, more]) =>
      other === currency ? [] : [{ currency: other, amount: more }],
    );
    return {
      _id: ulid(this.clock.now()),
      program,
      member,
      key: entryId,
      fingerprint,
      activity: {
        type,
        ...(isSystemType(type) ? {} : { occurredAt }),
        attributes,
        ...(personal === undefined ? {} : { personal }),
      },
      currency,
      amount: type === 'points.adjusted' && typeof amount === 'number' ? amount : (gives[currency] ?? 0),
      also,
      reason: note?.reason ?? '',
      status: 'waiting',
      askedBy,
      askedAt: new Date(this.clock.now()),
      decidedBy: null,
      decidedAt: null,
      refusal: null,
    };
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

  /**
   * The decision and the booking are written together: the member's journal has it a moment later, decided on what then stands there.
   * It counts for nobody's day, since two have looked at it.
   */
  async approve(scope: Scope, principal: Principal, id: string): Promise<Adjustment> {
    const found = await this.findWaiting(scope, principal, id);
    const { member, reason, askedBy } = found;
    const { occurredAt: happenedAt, ...wanted } = activityOf(found);
    await this.hands.refuseOwn(scope, personOf(principal), member);
    // In the moment in which it was asked for, it was booked too.
    if ((await this.ledger.findEntry(scope, found.key)) !== null) throw new Refusal('adjustment.settled');
    await this.refuseUnknown(scope, wanted.type);
    const decided = await this.decide(scope, principal, id, 'approved', null, async (session) => {
      const occurredAt = happenedAt ?? new Date(this.clock.now()).toISOString();
      const note = askedBy === null ? { reason } : { reason, by: askedBy };
      const attributes = { ...wanted.attributes, ...wanted.personal };
      const activity = { type: wanted.type, key: `adjustment:${id}`, occurredAt } as const;
      await this.outbox.add(session, { ...activity, scope, member, attributes, note });
    });
    await this.outbox.settle(member);
    return decided;
  }

  async refuse(scope: Scope, principal: Principal, id: string, reason: string): Promise<Adjustment> {
    await this.findWaiting(scope, principal, id);
    return this.decide(scope, principal, id, 'refused', reason, () => Promise.resolve());
  }

  /** Refuses `activity.unknownType` where the program has no such type any more. */
  private async refuseUnknown(scope: Scope, type: string): Promise<void> {
    const { activityTypes } = await this.programs.inForce(scope.program, this.clock.now());
    if (!isSystemType(type) && !activityTypes.has(type)) throw new Refusal('activity.unknownType', { type });
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
    const { _id: id, member, currency, amount, also = [], reason, status, refusal, askedBy, decidedBy } = found;
    const { type, attributes } = activityOf(found);
    const { name, user } = await this.members.find(scope, member);
    return {
      id,
      member,
      memberName: name,
      type,
      attributes: { ...attributes },
      currency,
      amount,
      also: [...also],
      reason,
      status,
      askedBy: await this.nameOf(askedBy),
      askedAt: found.askedAt.toISOString(),
      isOwn: reader !== null && reader === askedBy,
      isForOwn: reader !== null && reader === user,
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

function activityOf({ activity, currency, amount }: AdjustmentDocument): NonNullable<AdjustmentDocument['activity']> {
  return activity ?? { type: 'points.adjusted', attributes: { currency, amount } };
}
