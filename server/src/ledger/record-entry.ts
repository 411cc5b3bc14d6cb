import type { CausedActivity, Decision } from '@verbena/shared/ledger/decision.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { decide } from '#engine/decide.js';
import { ENGINE } from '#engine/engine-number.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import type { Random } from './committer.ports.js';
import { askedOf } from './group-budgets.js';
import type { GroupDraft } from './group-draft.js';
import {
  attributesOf,
  type CausedEntry,
  entryHash,
  type JournalEntry,
  type MemberLedger,
  type OutboxCause,
} from './journal-entry.js';
import { dueInstant } from './member-clock.js';
import { NO_PAST, type Past, readFacts } from './read-facts.js';
import type { Submission } from './submission.js';

const CAUSE_DEPTH_MAX = 8;

/**
 * Decides a submission on a member's working state, and adds to the group its entry, the state after it and what it causes.
 * `now` is the member's time. Whether it may be taken in, and what was due before it, has been seen to.
 * @throws {MoreWanted} where it wants more of what all share than is at hand.
 */
export function recordEntry(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  random: Random,
  now: number,
  past: Past = NO_PAST,
): JournalEntry {
  const { decision, facts } = decideNext(draft, ledger, submission, program, now, past);
  const { activity } = submission;
  const { lines, effects } = decision;
  const { seq } = decision.state;
  const salt = random.bytes(16).toString('base64url');
  const decided = {
    program: ledger.program,
    version: program.version,
    engine: ENGINE,
    activity,
    facts,
    lines,
    effects,
  };
  const hash = entryHash(ledger.hash, { ...decided, seq, salt });
  const causes = decision.caused.map((caused, index) => causeOf(ledger.program, submission, caused, index));
  const entry: JournalEntry = {
    _id: submission.entryId,
    program: ledger.program,
    member: ledger._id,
    shard: ledger.shard,
    lane: draft.lane,
    q: draft.q,
    seq,
    at: new Date(draft.atMs).toISOString(),
    activity,
    fingerprint: submission.fingerprint,
    outcome: decision.outcome,
    refusal: decision.refusal ?? null,
    version: program.version,
    engine: ENGINE,
    facts,
    lines,
    effects,
    receipt: decision.receipt,
    balances: decision.state.balances,
    ...(causes.length === 0 ? {} : { caused: causes.map((cause) => causedEntry(cause)) }),
    salt,
    hash,
  };
  const dueMs = program.time === 'wall' ? dueInstant(program, decision.state) : null;
  const dueAt = dueMs === null ? null : new Date(dueMs);
  draft.entries.push(entry);
  // Counters decide nothing, and whoever left is not looked at: what a version brings within reach is still to be asked.
  const isAsked = activity.type !== 'state.extended' && ledger.state.left !== true;
  const version = isAsked ? program.version : (ledger.version ?? 0);
  draft.ledgers.set(ledger._id, { ...ledger, version, seq, hash, dueAt, state: decision.state });
  draft.caused.push(...causes);
  return entry;
}

/** The decision, with the facts that it read: what was left to it of what all share only where it asked for any. */
function decideNext(
  draft: GroupDraft,
  ledger: MemberLedger,
  submission: Submission,
  program: CompiledProgram,
  now: number,
  past: Past,
): { decision: Decision; facts: Facts } {
  const { activity, entryId } = submission;
  const read = readFacts(program, ledger.state, submission, now, past);
  const left = draft.budgets?.leftFor(entryId, ledger.program, program, read.calendar.occurred.program);
  const { type, occurredAt, key } = activity;
  const decision: Decision = decide(
    program,
    ledger.state,
    left === undefined ? read : { ...read, budgets: left },
    { type, occurredAt, key, member: ledger._id, attributes: attributesOf(activity) },
    new Date(draft.atMs).toISOString(),
  );
  draft.budgets?.note(ledger.program, program, decision);
  const seq = ledger.seq + 1;
  if (decision.state.seq !== seq)
    throw new Error(`The engine numbered an entry ${decision.state.seq} instead of ${seq}.`);
  return { decision, facts: { ...read, ...askedOf(left, decision.asked) } };
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
