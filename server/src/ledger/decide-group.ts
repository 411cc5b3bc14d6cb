import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { CausedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { EarnedByDay } from '@verbena/shared/ledger/effect.js';
import type { Facts, LocalDates } from '@verbena/shared/ledger/facts.js';
import { dayOf, periodKey } from '#engine/calendar.js';
import type { CompiledCounter, CompiledProgram } from '#engine/compiled-program.js';
import { decide } from '#engine/decide.js';
import { due } from '#engine/due.js';
import { ENGINE } from '#engine/engine-number.js';
import { LATE_DAYS_MAX } from '#engine/fold.js';
import { initialState } from '#engine/initial-state.js';
import { outcomesAfterUndos } from '#engine/outcomes-after-undos.js';
import { localDateOf, localTimeOf, startOfDate } from '#platform/clock/calendar.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Random } from './committer.ports.js';
import { askedOf, type BudgetSource } from './group-budgets.js';
import {
  attributesOf,
  type CausedEntry,
  entryHash,
  type JournalEntry,
  type MemberLedger,
  type OutboxCause,
  type RecordedActivity,
  reversesOf,
} from './journal-entry.js';
import { amendmentsOf, readReversed } from './reversal.js';
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
  /** What is left of what all members share; absent: nothing is limited. */
  readonly budgets?: BudgetSource;
}

/** What a reversal reads of its member's journal, and the version under which the entry that it is about was decided. */
export interface Past {
  readonly entries: readonly JournalEntry[];
  readonly under: CompiledProgram | null;
}

export const NO_PAST: Past = { entries: [], under: null };

/**
 * Decides one submission on the group's working states; adds its entry, and before it the clock's where that is due. The
 * sweep's own submission (source `clock`) only settles; null when an activity was faster and nothing is due any more, and
 * where an undo found something due. `past` is the member's journal, with those of accounts joined to it, for reversals and closings only.
 * @throws {Refusal} `member.closed` with `into`, where the account was joined to another: it goes there.
 * @throws {MoreWanted} where it wants more of what all share than is at hand; the group is then as if it had not been there.
 */
export function decideInto(
  draft: GroupDraft,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  past: Past = NO_PAST,
): JournalEntry | null {
  const before = draft.ledgers.get(submission.member);
  const ledger = before ?? newLedger(submission, program);
  if (submission.activity.type !== 'state.repaired') refuseClosed(ledger.state);
  const entries = draft.entries.length;
  const caused = draft.caused.length;
  const taken = draft.budgets?.mark();
  try {
    if (submission.activity.source === 'clock') {
      settleClock(draft, ledger, submission, program, random, draft.atMs);
      return draft.entries[entries] ?? null;
    }
    const now = memberNow(program, ledger.state, submission.activity, draft.atMs);
    const settled = settleClock(draft, ledger, submission, program, random, now);
    // After the clock, so that it is the same whether the sweep or the activity comes first.
    refuseTooLate(settled.state, submission.activity);
    if (submission.undone !== undefined && submission.undone.seq !== settled.seq) {
      // What was due stays settled, or it would be in the way for ever: the sweep does not know of what only a later version
      // lets be due.
      if (settled.seq !== ledger.seq) return null;
      throw new Refusal('undo.moved');
    }
    return record(draft, settled, submission, program, random, now, withClock(past, draft.entries.slice(entries)));
  } catch (error) {
    // A decision that fails takes the clock entries before it along: the group goes on as if it had not been there.
    draft.entries.length = entries;
    draft.caused.length = caused;
    if (taken !== undefined) draft.budgets?.restore(taken);
    if (before === undefined) draft.ledgers.delete(submission.member);
    else draft.ledgers.set(submission.member, before);
    throw error;
  }
}

/** What a reversal reads ends with what the clock has only just settled: what expired with it is not there to be taken. */
function withClock(past: Past, settled: readonly JournalEntry[]): Past {
  return past === NO_PAST || settled.length === 0 ? past : { ...past, entries: [...past.entries, ...settled] };
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

/** Where a member's days begin: in the zone that it chose, else in the program's. */
export function zoneOf(program: CompiledProgram, state: MemberState): string {
  return state.zone ?? program.zone;
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

/** Nothing is taken in for an account that was joined to another one, but what puts its own state right. */
export function refuseClosed({ closed }: MemberState): void {
  if (closed !== undefined) throw new Refusal('member.closed', { into: closed });
}

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
  record(draft, ledger, submission, program, random, memberNow(program, ledger.state, activity, draft.atMs));
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
    const bucket = periodKey(dayOf(facts.calendar.occurred[counter.zone]), counter.bucket);
    if (amount !== 0) buckets[bucket] = (buckets[bucket] ?? 0) + amount;
  }
  return buckets;
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

function record(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  now: number,
  past: Past = NO_PAST,
): JournalEntry {
  const { activity } = submission;
  const read = factsOf(program, ledger.state, submission, now, past);
  const date = read.calendar.occurred.program;
  const left = draft.budgets?.leftFor(submission.entryId, ledger.program, program, date);
  const at = new Date(draft.atMs).toISOString();
  const { type, occurredAt, key } = activity;
  const decision: Decision = decide(
    program,
    ledger.state,
    left === undefined ? read : { ...read, budgets: left },
    { type, occurredAt, key, member: ledger._id, attributes: attributesOf(activity) },
    at,
  );
  draft.budgets?.note(ledger.program, program, decision);
  const facts = { ...read, ...askedOf(left, decision.asked) };
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
  const causes = decision.caused.map((caused, index) => causeOf(ledger.program, submission, caused, index));
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
    ...(causes.length === 0 ? {} : { caused: causes.map((cause) => causedEntry(cause)) }),
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
  draft.caused.push(...causes);
  return entry;
}

/** What a decision may read besides program, state and activity: the calendar, and what a reversal or an undo takes back. */
function factsOf(
  program: CompiledProgram,
  state: MemberState,
  { activity, undone }: Submission,
  now: number,
  past: Past,
): Facts {
  const zone = zoneOf(program, state);
  const datesOf = (atMs: number): LocalDates => {
    const date = localDateOf(atMs, program.zone);
    return { program: date, member: zone === program.zone ? date : localDateOf(atMs, zone) };
  };
  const occurredMs = Date.parse(activity.occurredAt);
  const dates = { occurred: datesOf(occurredMs), now: datesOf(now) };
  const calendar = program.asksHours
    ? { ...dates, time: { program: localTimeOf(occurredMs, program.zone), member: localTimeOf(occurredMs, zone) } }
    : dates;
  if (undone !== undefined) return { calendar, undone };
  if (activity.type === 'member.closed') return { calendar, closing: { earned: earnedByDay(past.entries) } };
  if (reversedTypeOf(activity.type) === null) return { calendar };
  return { calendar, reversed: readReversed(program, state, activity, past.entries, past.under ?? program) };
}

function causeOf(program: string, parent: Submission, activity: CausedActivity, index: number): OutboxCause {
  const depth = parent.activity.depth + 1;
  if (depth > CAUSE_DEPTH_MAX)
    throw new Error(
      `${activity.type} would be cause number ${depth}; at most ${CAUSE_DEPTH_MAX} may follow one another.`,
    );
  const key = activity.key ?? `${parent.entryId}:${index}`;
  return { key, program, cause: parent.entryId, depth, activity };
}

function causedEntry({ key, program, activity: { member, type } }: OutboxCause): CausedEntry {
  return { id: entryIdOf(program, 'cause', key), member, type };
}

/** What boards count of a journal: what was earned and taken back, by the day from which it was usable. */
function earnedByDay(past: readonly JournalEntry[]): EarnedByDay {
  const earned: EarnedByDay = {};
  for (const { kind, currency, lot, amount } of past.flatMap(({ lines }) => lines)) {
    if (kind !== 'earn' && kind !== 'reverse') continue;
    const days = (earned[currency] ??= {});
    days[lot.activated] = (days[lot.activated] ?? 0) + amount;
  }
  return earned;
}

/** The member's time: the lane's, or under program time `activities` the newest moment of its own journal. */
function memberNow(program: CompiledProgram, state: MemberState, activity: RecordedActivity, atMs: number): number {
  if (program.time === 'wall') return atMs;
  const occurredMs = Date.parse(activity.occurredAt);
  return state.newestOccurredAt === null ? occurredMs : Math.max(occurredMs, Date.parse(state.newestOccurredAt));
}

function refuseTooLate(state: MemberState, activity: RecordedActivity): void {
  if (state.newestOccurredAt === null || activity.source === 'clock') return;
  // It dates nothing either: whoever was away for years is joined all the same.
  if (activity.type === 'member.closed' || activity.type === 'member.absorbed') return;
  // A reversal dates nothing: what it takes back keeps the dates that it had.
  if (reversedTypeOf(activity.type) !== null) return;
  if (Date.parse(state.newestOccurredAt) - Date.parse(activity.occurredAt) > LATE_DAYS_MAX * DAY_MS) {
    throw new Refusal('activity.tooLate', { days: LATE_DAYS_MAX });
  }
}
