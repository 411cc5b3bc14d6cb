import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { standsHigher } from '#engine/decide-tier.js';
import { localDateOf } from '#platform/clock/calendar.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Random } from './committer.ports.js';
import type { GroupDraft } from './group-draft.js';
import type { MemberLedger, RecordedActivity } from './journal-entry.js';
import { standsAtMs, zoneOf } from './member-clock.js';
import { recordEntry } from './record-entry.js';
import type { Submission } from './submission.js';

/**
 * Whether a version made tiers easier since a member was last decided, and it stands at a higher one today than it holds. Of whom it
 * is not known under which version that was, it is asked.
 */
export function needsAssessment(ledger: MemberLedger | undefined, program: CompiledProgram, atMs: number): boolean {
  return (ledger?.version ?? 0) < program.assessFrom && mayRise(ledger, program, atMs);
}

/** Whether a member stands today at a higher tier than it holds, whatever it was last decided under. */
export function mayRise(ledger: MemberLedger | undefined, program: CompiledProgram, atMs: number): boolean {
  if (ledger === undefined || ledger.seq === 0) return false;
  const { state } = ledger;
  // Who left gets nothing; it is asked again once it came back.
  if (state.closed !== undefined || state.left === true) return false;
  const nowMs = standsAtMs(program, state, atMs);
  const dates: LocalDates = {
    program: localDateOf(nowMs, program.zone),
    member: localDateOf(nowMs, zoneOf(program, state)),
  };
  return standsHigher(program, state, dates);
}

/** Gives a member, by an entry of its own, the tier that a version brought within its reach. */
export function assessInto(draft: GroupDraft, ledger: MemberLedger, program: CompiledProgram, random: Random): void {
  const nowMs = standsAtMs(program, ledger.state, draft.atMs);
  const submission = assessmentOf(ledger, program, nowMs, draft.atMs);
  recordEntry(draft, ledger, submission, program, random, nowMs);
}

/** The house's own activity: its key makes the pass and the activity that comes first one and the same. */
export function assessmentOf(
  { _id: member, program: id, shard }: Pick<MemberLedger, '_id' | 'program' | 'shard'>,
  program: Pick<CompiledProgram, 'assessFrom'>,
  occurredMs: number,
  atMs: number,
): Submission {
  const key = `${member}:${program.assessFrom}`;
  const activity: RecordedActivity = {
    type: 'tier.assessed',
    key,
    source: 'clock',
    occurredAt: new Date(occurredMs).toISOString(),
    receivedAt: new Date(atMs).toISOString(),
    channel: 'system',
    attributes: {},
    depth: 0,
  };
  return {
    scope: scopeOf(id),
    member,
    shard,
    entryId: entryIdOf(id, 'clock', key),
    fingerprint: hashOf(activity.type, key),
    activity,
  };
}
