import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CausedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import { dayOf, periodKey } from '#engine/calendar.js';
import type { CompiledCounter, CompiledProgram } from '#engine/compiled-program.js';
import { decide } from '#engine/decide.js';
import { due } from '#engine/due.js';
import { ENGINE } from '#engine/engine-number.js';
import { LATE_DAYS_MAX } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { localDateOf, startOfDate } from '#platform/clock/calendar.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Random } from './committer.ports.js';
import {
  entryHash,
  type JournalEntry,
  type MemberLedger,
  type OutboxCause,
  type RecordedActivity,
} from './journal-entry.js';
import type { Submission } from './submission.js';

const DAY_MS = 86_400_000;
/** A member whose clock does not stop after so many settlements in a row is a defect, not a very late clock. */
const SETTLEMENTS_MAX = 64;
export const CAUSE_DEPTH_MAX = 8;

/** One group being decided: nothing in it is visible to anybody until it is committed. */
export interface GroupDraft {
  readonly lane: string;
  readonly q: number;
  readonly atMs: number;
  readonly entries: JournalEntry[];
  /** The working state of each member that the group touches. */
  readonly ledgers: Map<string, MemberLedger>;
  readonly caused: OutboxCause[];
}

/**
 * Decides one submission on the group's working states; adds its entry, and before it the clock's where that is due. The
 * sweep's own submission (source `clock`) only settles; null when an activity was faster and nothing is due any more.
 */
export function decideInto(
  draft: GroupDraft,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
): JournalEntry | null {
  const before = draft.ledgers.get(submission.member);
  const ledger = before ?? newLedger(submission, program);
  const entries = draft.entries.length;
  const caused = draft.caused.length;
  try {
    if (submission.activity.source === 'clock') {
      settleClock(draft, ledger, submission, program, random, draft.atMs);
      return draft.entries[entries] ?? null;
    }
    refuseTooLate(ledger.state, submission.activity);
    const now = memberNow(program, ledger.state, submission.activity, draft.atMs);
    const settled = settleClock(draft, ledger, submission, program, random, now);
    return record(draft, settled, submission, program, random, now);
  } catch (error) {
    // A decision that fails takes the clock entries before it along: the group goes on as if it had not been there.
    draft.entries.length = entries;
    draft.caused.length = caused;
    if (before === undefined) draft.ledgers.delete(submission.member);
    else draft.ledgers.set(submission.member, before);
    throw error;
  }
}

/** The state of a member before its first entry. */
export function newLedger(
  submission: Pick<Submission, 'scope' | 'member' | 'shard'>,
  program: CompiledProgram,
): MemberLedger {
  return {
    _id: submission.member,
    program: submission.scope.program,
    shard: submission.shard,
    seq: 0,
    hash: '',
    dueAt: null,
    state: initialState(program),
  };
}

/** When something next happens to a member by itself, or null. */
export function dueInstant(program: CompiledProgram, state: MemberState): number | null {
  const next = due(program, state);
  return next === null ? null : startOfDate(next.date, program.zone);
}

function settleClock(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  now: number,
): MemberLedger {
  let settled = ledger;
  for (let round = 0; ; round += 1) {
    const dueMs = settled.seq === 0 ? null : dueInstant(program, settled.state);
    if (dueMs === null || dueMs > now) return settled;
    if (round === SETTLEMENTS_MAX)
      throw new Error(`The clock of member ${settled._id} does not stop at ${new Date(dueMs).toISOString()}.`);
    record(draft, settled, clockSubmission(settled, dueMs, draft.atMs, submission.scope), program, random, now);
    settled = draft.ledgers.get(settled._id) ?? settled;
  }
}

/** Whether a version declares counters that a state does not have, or no longer keeps some that it has. */
export function needsExtension(ledger: MemberLedger | undefined, program: CompiledProgram): boolean {
  if (ledger === undefined || ledger.seq === 0) return false;
  const held = Object.keys(ledger.state.counters);
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
    attributes: { counters },
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
  record(draft, ledger, submission, program, random, memberNow(program, ledger.state, activity, draft.atMs));
}

function countPast(counter: CompiledCounter, past: readonly JournalEntry[]): Record<string, number> {
  const buckets: Record<string, number> = {};
  for (const { activity, outcome, facts } of past) {
    if (outcome !== 'accepted' || activity.type !== counter.activity) continue;
    const amount = counter.measure(attributesOf(activity));
    const bucket = periodKey(dayOf(facts.calendar.occurred[counter.zone]), counter.bucket);
    if (amount !== 0) buckets[bucket] = (buckets[bucket] ?? 0) + amount;
  }
  return buckets;
}

/** The clock's own activity for a member: its key makes the sweep and the activity that comes first one and the same. */
export function clockSubmission(
  ledger: Pick<MemberLedger, '_id' | 'program' | 'shard'>,
  dueMs: number,
  atMs: number,
  scope: Submission['scope'],
): Submission {
  const occurredAt = new Date(dueMs).toISOString();
  const key = `${ledger._id}:${occurredAt}`;
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

function record(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  now: number,
): JournalEntry {
  const { activity } = submission;
  const occurred = localDateOf(Date.parse(activity.occurredAt), program.zone);
  const today = localDateOf(now, program.zone);
  // Members have no zone of their own yet: every definition reads the program's.
  const facts = {
    calendar: { occurred: { program: occurred, member: occurred }, now: { program: today, member: today } },
  };
  const at = new Date(draft.atMs).toISOString();
  const { type, occurredAt } = activity;
  const decision: Decision = decide(
    program,
    ledger.state,
    facts,
    { type, occurredAt, attributes: attributesOf(activity) },
    at,
  );
  const seq = ledger.seq + 1;
  if (decision.state.seq !== seq)
    throw new Error(`The engine numbered an entry ${decision.state.seq} instead of ${seq}.`);
  const salt = random.bytes(16).toString('base64url');
  const parts = {
    seq,
    program: ledger.program,
    version: program.version,
    engine: ENGINE,
    salt,
    activity,
    facts,
    lines: decision.lines,
    effects: decision.effects,
  };
  const hash = entryHash(ledger.hash, parts);
  const entry: JournalEntry = {
    _id: submission.entryId,
    program: ledger.program,
    member: ledger._id,
    shard: ledger.shard,
    lane: draft.lane,
    q: draft.q,
    seq,
    at,
    activity,
    fingerprint: submission.fingerprint,
    outcome: decision.outcome,
    refusal: decision.refusal ?? null,
    version: program.version,
    engine: ENGINE,
    facts,
    lines: decision.lines,
    effects: decision.effects,
    receipt: decision.receipt,
    balances: decision.state.balances,
    salt,
    hash,
  };
  const dueMs = program.time === 'wall' ? dueInstant(program, decision.state) : null;
  draft.entries.push(entry);
  draft.ledgers.set(ledger._id, {
    ...ledger,
    seq,
    hash,
    dueAt: dueMs === null ? null : new Date(dueMs),
    state: decision.state,
  });
  decision.caused.forEach((caused, index) => draft.caused.push(causeFrom(entry, caused, index)));
  return entry;
}

/** All attributes, the personal ones included: rules may ask them, receipts never tell them. */
function attributesOf(activity: RecordedActivity): Readonly<Record<string, unknown>> {
  return activity.personal === undefined ? activity.attributes : { ...activity.attributes, ...activity.personal };
}

function causeFrom(entry: JournalEntry, activity: CausedActivity, index: number): OutboxCause {
  const depth = entry.activity.depth + 1;
  if (depth > CAUSE_DEPTH_MAX)
    throw new Error(
      `${activity.type} would be cause number ${depth}; at most ${CAUSE_DEPTH_MAX} may follow one another.`,
    );
  return { key: `${entry._id}:${index}`, program: entry.program, cause: entry._id, depth, activity };
}

/** The member's time: the lane's, or under program time `activities` the newest moment of its own journal. */
function memberNow(program: CompiledProgram, state: MemberState, activity: RecordedActivity, atMs: number): number {
  if (program.time === 'wall') return atMs;
  const occurredMs = Date.parse(activity.occurredAt);
  return state.newestOccurredAt === null ? occurredMs : Math.max(occurredMs, Date.parse(state.newestOccurredAt));
}

function refuseTooLate(state: MemberState, activity: RecordedActivity): void {
  if (state.newestOccurredAt === null || activity.source === 'clock') return;
  if (Date.parse(state.newestOccurredAt) - Date.parse(activity.occurredAt) > LATE_DAYS_MAX * DAY_MS) {
    throw new Refusal('activity.tooLate', { days: LATE_DAYS_MAX });
  }
}
