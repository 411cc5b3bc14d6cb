import { Injectable } from '@nestjs/common';
import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { AuditAction } from '@verbena/shared/audit/audit-actions.js';
import { ulid } from 'ulid';
import { RefusedActs } from '#identity/refused-acts.service.js';
import { MembersService } from '#members/members.service.js';
import { Clock } from '#platform/clock/clock.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Principal } from '#platform/http/principal.js';
import type { Scope } from '#platform/mongo/scope.js';
import { ProgramsService } from '#programs/programs.service.js';
import { HandLog } from './hand-log.service.js';
import { HandsService, personOf } from './hands.service.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';
import { keySpaceOf } from './key-space.js';
import { refusalCodeOf } from './activity-result.js';
import { LedgerService } from './ledger.service.js';
import type { Outcome, Submission } from './submission.js';

/** What members choose and staff say of a member, each an activity of the house. */
type MemberAct = Extract<SystemActivityType, `streak.${string}` | 'badge.withdrawn' | 'member.changed'>;

/** What the log of changes tells of these. */
function isAudited(type: MemberAct): type is Extract<MemberAct, AuditAction> {
  return type === 'badge.withdrawn' || type === 'streak.restored' || type === 'streak.granted';
}

/** What members choose, and what staff say with a reason, as activities in the member's journal. */
@Injectable()
export class MemberActs {
  constructor(
    private readonly ledger: LedgerService,
    private readonly hands: HandsService,
    private readonly log: HandLog,
    private readonly members: MembersService,
    private readonly programs: ProgramsService,
    private readonly clock: Clock,
    private readonly refused: RefusedActs,
  ) {}

  /**
   * Has the engine decide it; resolves after the commit. What cannot be stays in the journal as a refused entry, and is
   * refused here by its code.
   * @param key with which somebody on the staff says it once however often it comes; else the house makes one
   */
  async record(
    scope: Scope,
    ref: string,
    type: MemberAct,
    attributes: Readonly<Record<string, unknown>>,
    asking: Principal,
    reason?: string,
    key?: string,
  ): Promise<void> {
    const submission = await this.submissionOf(scope, ref, type, attributes, asking, reason, key);
    this.ledger.refuseWhenBusy([submission.shard]);
    // What staff do with a reason; what they choose for a member without one gives nothing.
    const person = reason === undefined ? null : personOf(asking);
    if (person === null) return this.refused.count(asking, async () => refuse(await this.ledger.submit(submission)));
    const outcome = await this.hands.submit(person, submission);
    refuse(outcome);
    if (outcome.kind === 'accepted' && isAudited(type)) await this.log.tell(scope, person, type, outcome.entry);
  }

  /** What would come of it now. Nothing is written; what would be refused is refused here by its code. */
  async tryOut(
    scope: Scope,
    ref: string,
    type: MemberAct,
    attributes: Readonly<Record<string, unknown>>,
    asking: Principal,
  ): Promise<Pick<JournalEntry, 'lines' | 'effects'>> {
    const entry = await this.ledger.tryOut(await this.submissionOf(scope, ref, type, attributes, asking));
    refuseRefused(entry);
    return entry;
  }

  private async submissionOf(
    ...[scope, ref, type, attributes, asking, reason, key]: Parameters<MemberActs['record']>
  ): Promise<Submission> {
    const member = await this.members.find(scope, ref);
    const now = new Date(this.clock.now()).toISOString();
    const program = await this.programs.inForce(scope.program, this.clock.now());
    const newest = (await this.ledger.stateOf(scope, member._id))?.state.newestOccurredAt ?? null;
    const note: RecordedActivity['note'] =
      reason === undefined ? undefined : { reason, ...(asking.kind === 'user' ? { by: asking.id } : {}) };
    const activity: RecordedActivity = {
      type,
      ...(key === undefined
        ? { key: `${type}:${ulid()}`, source: 'house' as const }
        : { key, source: 'staff' as const }),
      // Where a member's time is that of its activities, what it chooses today does not move it.
      occurredAt: program.time === 'activities' && newest !== null ? newest : now,
      receivedAt: now,
      channel: asking.kind === 'user' && asking.id !== member.user ? 'staff' : 'app',
      attributes,
      depth: 0,
      ...(note === undefined ? {} : { note }),
    };
    return {
      scope,
      member: member._id,
      shard: member.shard,
      entryId: entryIdOf(scope.program, keySpaceOf(activity), activity.key),
      fingerprint: hashOf(type, member._id, attributes),
      activity,
    };
  }
}

function refuse(outcome: Outcome): void {
  if (outcome.kind === 'refused') throw outcome.refusal;
  if (outcome.kind !== 'idle') refuseRefused(outcome.entry);
}

function refuseRefused({ refusal }: Pick<JournalEntry, 'refusal'>): void {
  if (refusal !== null) throw new Refusal(refusalCodeOf(refusal));
}
