import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { due } from '#engine/due.js';
import { startOfDate } from '#platform/clock/calendar.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import type { MemberLedger, RecordedActivity } from './journal-entry.js';
import type { Submission } from './submission.js';

/** Where a member's days begin: in the zone that it chose, else in the program's. */
export function zoneOf(program: CompiledProgram, state: MemberState): string {
  return state.zone ?? program.zone;
}

/** The member's time: the lane's, or under program time `activities` the newest moment of its own journal. */
export function memberNow(
  program: CompiledProgram,
  state: MemberState,
  activity: RecordedActivity,
  atMs: number,
): number {
  if (program.time === 'wall') return atMs;
  const occurredMs = Date.parse(activity.occurredAt);
  return state.newestOccurredAt === null ? occurredMs : Math.max(occurredMs, Date.parse(state.newestOccurredAt));
}

/** Where a member's time stands while it does nothing: the lane's, or under program time `activities` its own newest moment. */
export function standsAtMs({ time }: CompiledProgram, { newestOccurredAt }: MemberState, atMs: number): number {
  return time === 'wall' || newestOccurredAt === null ? atMs : Date.parse(newestOccurredAt);
}

/** When something next happens to a member by itself, or null; where its zone is its own, each zone's dates begin in it. */
export function dueInstant(program: CompiledProgram, state: MemberState): number | null {
  const next = due(program, state);
  if (next === null) return null;
  if (state.zone === undefined || state.zone === program.zone) return startOfDate(next.date, program.zone);
  const starts = [due(program, state, 'program'), due(program, state, 'member')].flatMap((one) =>
    one === null ? [] : [startOfDate(one.date, one.zone === 'member' ? zoneOf(program, state) : program.zone)],
  );
  return Math.min(...starts);
}

/**
 * The clock's own activity for a member: its key makes the sweep and the activity that comes first one and the same. What comes
 * late may be due at a moment for which the clock struck before: then the number of the entry that it follows tells the two apart.
 */
export function clockSubmission(
  ledger: Pick<MemberLedger, '_id' | 'program' | 'shard' | 'seq' | 'state'>,
  dueMs: number,
  atMs: number,
  scope: Submission['scope'],
): Submission {
  const occurredAt = new Date(dueMs).toISOString();
  const { newestOccurredAt } = ledger.state;
  const isLate = newestOccurredAt !== null && newestOccurredAt >= occurredAt;
  const key = isLate ? `${ledger._id}:${occurredAt}:${ledger.seq}` : `${ledger._id}:${occurredAt}`;
  const activity: RecordedActivity = {
    type: 'clock.struck',
    key,
    source: 'clock',
    occurredAt,
    receivedAt: new Date(atMs).toISOString(),
    channel: 'system',
    attributes: {},
    depth: 0,
  };
  return {
    scope,
    member: ledger._id,
    shard: ledger.shard,
    entryId: entryIdOf(ledger.program, 'clock', key),
    fingerprint: hashOf('clock.struck', key),
    activity,
  };
}
