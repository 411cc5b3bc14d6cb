import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { dayOf } from '#engine/calendar.js';
import { bucketFor } from '#engine/compile-counter.js';
import type { CompiledCounter, CompiledProgram } from '#engine/compiled-program.js';
import { outcomesAfterUndos } from '#engine/outcomes-after-undos.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Random } from './committer.ports.js';
import type { GroupDraft } from './group-draft.js';
import {
  attributesOf,
  type JournalEntry,
  type MemberLedger,
  type RecordedActivity,
  reversesOf,
} from './journal-entry.js';
import { memberNow } from './member-clock.js';
import { recordEntry } from './record-entry.js';
import { amendmentsOf } from './reversal.js';

/** Whether a version declares counters that a state does not have, or no longer keeps some that it has. */
export function needsExtension(ledger: MemberLedger | undefined, program: CompiledProgram): boolean {
  if (ledger === undefined || ledger.seq === 0 || ledger.state.closed !== undefined) return false;
  const held = Object.keys(ledger.state.counters);
  if (program.tiers.asksJoined && ledger.state.joined === undefined) return true;
  return held.length !== program.counters.byId.size || held.some((id) => !program.counters.byId.has(id));
}

/** Fills the counters of a new version from the member's own past, as an entry that awards nothing. */
export function extendInto(
  draft: GroupDraft,
  ledger: MemberLedger,
  program: CompiledProgram,
  random: Random,
  past: readonly JournalEntry[],
): void {
  const counters: Record<string, Record<string, number>> = {};
  for (const counter of program.counters.byId.values()) {
    if (ledger.state.counters[counter.id] !== undefined) continue;
    counters[counter.id] = countPast(counter, past);
  }
  const at = new Date(draft.atMs).toISOString();
  const key = `${ledger._id}:${program.version}:${ledger.seq}`;
  const activity: RecordedActivity = {
    type: 'state.extended',
    key,
    source: 'clock',
    // The newest moment of the member's own, so that its time does not move by our doing.
    occurredAt: ledger.state.newestOccurredAt ?? at,
    receivedAt: at,
    channel: 'system',
    attributes: program.tiers.asksJoined ? { counters, joined: joinedOn(ledger.state, past, at) } : { counters },
    depth: 0,
  };
  const scope = scopeOf(ledger.program);
  const submission = {
    scope,
    member: ledger._id,
    shard: ledger.shard,
    entryId: entryIdOf(ledger.program, 'clock', key),
    fingerprint: hashOf(activity.type, key),
    activity,
  };
  recordEntry(draft, ledger, submission, program, random, memberNow(program, ledger.state, activity, draft.atMs));
}

/** The day on which a member began: that of its first entry. */
function joinedOn({ joined }: MemberState, past: readonly JournalEntry[], at: string): string {
  return joined ?? past[0]?.facts.calendar.occurred.program ?? at.slice(0, 10);
}

function countPast(counter: CompiledCounter, past: readonly JournalEntry[]): Record<string, number> {
  const buckets: Record<string, number> = {};
  if (counter.earned !== undefined) {
    for (const { currency, kind, amount, lot } of past.flatMap(({ lines }) => lines)) {
      if (currency !== counter.earned || (kind !== 'earn' && kind !== 'reverse')) continue;
      buckets[lot.activated] = (buckets[lot.activated] ?? 0) + amount;
    }
    return buckets;
  }
  const reversed = new Set(past.map((entry) => reversesOf(entry)));
  const outcomeOf = outcomesAfterUndos(past);
  const amended = amendmentsOf(past);
  for (const entry of past) {
    const { activity, facts, seq } = entry;
    if (outcomeOf(entry) !== 'accepted' || activity.type !== counter.activity || reversed.has(seq)) continue;
    const amount = counter.measure(amended.get(seq) ?? attributesOf(activity));
    const bucket = bucketFor(counter, dayOf(facts.calendar.occurred[counter.zone]), attributesOf(activity));
    if (amount !== 0) buckets[bucket] = (buckets[bucket] ?? 0) + amount;
  }
  return buckets;
}
