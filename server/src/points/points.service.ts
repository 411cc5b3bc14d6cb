import { Injectable } from '@nestjs/common';
import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Adjustment, AdjustmentDraft, CaptureCancelling } from '@verbena/shared/points/points.routes.js';
import { HandLog } from '#ledger/hand-log.service.js';
import { COMMANDS, HandsService } from '#ledger/hands.service.js';
import {
  type JournalEntry,
  keySpaceOf,
  LedgerService,
  type Outcome,
  type Source,
  type Submission,
} from '#ledger/ledger.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf, hashOf, shardOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { AdjustmentsService } from './adjustments.service.js';
import type { Hand } from './hand.js';

/** What is wanted. `key` makes it count once, whatever is asked again. */
export interface PointsRequest {
  readonly type: Extract<SystemActivityType, `points.${string}` | 'transfer.sent'>;
  readonly key: string;
  readonly reason?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Refused where less is there than is to be taken. */
  readonly whole?: true;
}

/** An entry, and whether it was there before. */
export interface PointsAnswer {
  readonly entry: JournalEntry;
  readonly isReplay: boolean;
}

/** Moves a member's points by activities of the house: pending ones, holds, adjustments. */
@Injectable()
export class PointsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly hands: HandsService,
    private readonly log: HandLog,
    private readonly adjustments: AdjustmentsService,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides and commits; resolves after the commit. A business refusal is an answer (`outcome: 'refused'`). Throws
   * `member.notFound`, `activity.keyReused`, `lane.busy`, `lane.moved`; for staff, `adjustment.ownMember` and `adjustment.limit`.
   */
  async move(scope: Scope, hand: Hand, ref: string, request: PointsRequest): Promise<PointsAnswer> {
    const submission = await this.submissionOf(scope, hand, ref, request);
    return answerOf(
      await (hand.source === 'staff'
        ? this.hands.submit(hand.by ?? COMMANDS, submission)
        : this.ledger.submit(submission)),
    );
  }

  /** The same by the hand of staff; what is beyond its limit waits for another person. */
  async moveOrAsk(
    scope: Scope,
    { source, channel, by }: Hand,
    ref: string,
    request: PointsRequest,
  ): Promise<PointsAnswer | { waiting: Adjustment }> {
    const submission = await this.submissionOf(scope, { source, channel, by }, ref, request);
    const outcome = await this.adjustments.book(scope, by, submission);
    return 'waiting' in outcome ? outcome : answerOf(outcome);
  }

  /** Gives points or takes some, or asks for it. Throws like `moveOrAsk`, `currency.notFound` and `adjustment.tooMuch`. */
  async adjust(
    scope: Scope,
    hand: Hand,
    ref: string,
    { key, reason, currency, amount, whenShort }: AdjustmentDraft,
  ): Promise<PointsAnswer | { waiting: Adjustment }> {
    const { currencies } = await this.programs.inForce(scope.program, this.clock.now());
    if (!currencies.has(currency))
      throw new Refusal('currency.notFound', {}, [
        { path: ['currency'], code: 'choice', params: { choices: [...currencies.keys()].join(', ') } },
      ]);
    const wanted = { type: 'points.adjusted', key, reason, attributes: { currency, amount } } as const;
    const request = whenShort === 'partial' ? wanted : { ...wanted, whole: true as const };
    const done = await this.moveOrAsk(scope, hand, ref, request);
    if ('entry' in done && !done.isReplay && done.entry.outcome === 'accepted')
      await this.log.tell(scope, hand.by, 'points.adjusted', done.entry);
    return done;
  }

  /**
   * Takes back what a capture spent, all that is left of it or so many points, once per key. For staff it counts as a gift. Throws like `move`,
   * `entry.notFound` where it is no capture of that member, or for a key a person's, `activity.notReversible`, `activity.alreadyReversed`, `capture.tooLittle`.
   */
  async cancelCapture(
    scope: Scope,
    { source, channel, by }: Hand,
    ref: string,
    id: string,
    { key, reason, amount }: CaptureCancelling,
  ): Promise<PointsAnswer> {
    const { _id: member } = await this.members.find(scope, ref);
    const entry = await this.ledger.findEntry(scope, id);
    // Either account may be named where two were joined since: an entry has one id.
    const isOurs = entry !== null && (await this.members.find(scope, entry.member))._id === member;
    // What a person took is not a key's to give back.
    const isIts = source === 'staff' || entry?.activity.source === source;
    if (!isOurs || !isIts || entry.activity.type !== 'points.captured') throw new Refusal('entry.notFound');
    this.ledger.refuseWhenBusy([shardOf(scope.program, member)]);
    const request = {
      fingerprint: hashOf(source, { reason, amount }),
      channel,
      occurredAt: await this.momentOf(scope, member),
      receivedAt: new Date(this.clock.now()).toISOString(),
      ...(reason === undefined ? {} : { note: by === null ? { reason } : { reason, by } }),
      part: { key, amount },
    };
    const done = answerOf(
      await (source === 'staff'
        ? this.ledger.reverse(entry, request, (submission) => this.hands.submit(by ?? COMMANDS, submission))
        : this.ledger.reverse(entry, request)),
    );
    if (source === 'staff' && !done.isReplay) await this.log.tell(scope, by, 'capture.cancelled', done.entry);
    return done;
  }

  private async submissionOf(scope: Scope, hand: Hand, ref: string, request: PointsRequest): Promise<Submission> {
    // As it was named: names of pending points and holds are those of the account in which they were made.
    const { _id: member } = await this.members.findNamed(scope, ref);
    const { type, key, reason, attributes, whole } = request;
    const { source, channel, by } = hand;
    if (source !== 'staff') await this.refuseHoldOfOthers(scope, source, member, attributes['hold']);
    const shard = shardOf(scope.program, member);
    this.ledger.refuseWhenBusy([shard]);
    return {
      scope,
      member,
      shard,
      entryId: entryIdOf(scope.program, keySpaceOf({ source, type }), key),
      fingerprint: hashOf(type, member, attributes, reason ?? null),
      ...(whole === undefined ? {} : { whole }),
      activity: {
        type,
        key,
        source,
        occurredAt: await this.momentOf(scope, member),
        receivedAt: new Date(this.clock.now()).toISOString(),
        channel,
        attributes: definedOf(attributes),
        depth: 0,
        ...(reason === undefined ? {} : { note: by === null ? { reason } : { reason, by } }),
      },
    };
  }

  /** What somebody else set aside is not there for a key: a hold is named by the entry that made it, whose source says whose it is. */
  private async refuseHoldOfOthers(scope: Scope, source: Source, member: string, hold: unknown): Promise<void> {
    if (typeof hold !== 'string') return;
    const made = await this.ledger.findEntryBySeq(scope, member, Number(hold.split('-', 1)[0]));
    if (made !== null && made.activity.source !== source) throw new Refusal('hold.notFound');
  }

  /**
   * Who is meant by a member's gift. Refuses with `member.notFound` where there is no giver, and with `transfer.nobody`, also
   * where the person meant has left: nothing is told of it.
   */
  async recipient(
    scope: Scope,
    from: string,
    to: { readonly alias: string } | { readonly id: string },
  ): Promise<string> {
    await this.members.find(scope, from);
    const found =
      'alias' in to
        ? await this.members.findByAlias(scope, to.alias)
        : await this.members.find(scope, to.id).catch((error: unknown) => {
            if (error instanceof Refusal && error.code === 'member.notFound') return null;
            throw error;
          });
    if (found === null || found.enrolment === 'left')
      throw new Refusal('transfer.nobody', {}, [{ path: ['to', 'alias' in to ? 'alias' : 'id'], code: 'invalid' }]);
    return found._id;
  }

  /** Now; where a member's time is that of its activities, its own newest moment. */
  private async momentOf(scope: Scope, member: string): Promise<string> {
    const now = new Date(this.clock.now()).toISOString();
    const program = await this.programs.inForce(scope.program, this.clock.now());
    if (program.time === 'wall') return now;
    const { _id } = await this.members.find(scope, member);
    return (await this.ledger.stateOf(scope, _id))?.state.newestOccurredAt ?? now;
  }
}

function answerOf(outcome: Outcome): PointsAnswer {
  if (outcome.kind === 'refused') throw outcome.refusal;
  if (outcome.kind === 'idle') throw new Refusal('server.failed');
  return { entry: outcome.entry, isReplay: outcome.kind === 'replayed' };
}

function definedOf(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
