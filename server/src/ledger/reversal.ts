import type { Channel } from '@verbena/shared/activities/activities.routes.js';
import { REVERSED_SUFFIX } from '@verbena/shared/activities/activity-type.js';
import type { ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { collectReversed, isReversible, type PastEntry } from '#engine/collect-reversed.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { reversalKey } from '#engine/decide-reversal.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { attributesOf, type JournalEntry, type RecordedActivity, reversesOf } from './journal-entry.js';
import type { Submission } from './submission.js';

/** Somebody's wish to take an entry back. */
export interface ReversalRequest {
  /** Hash of who asks and of the whole request: the same again is a repeat, another one comes too late. */
  readonly fingerprint: string;
  readonly channel: Channel;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly note?: RecordedActivity['note'];
}

/** The id of the entry that takes another one back: whoever asks for it, there is one. */
export function reversalIdOf({ _id, program }: Pick<JournalEntry, '_id' | 'program'>): string {
  return entryIdOf(program, 'cause', reversalKey(_id));
}

export function canBeReversed({ outcome, activity }: Pick<JournalEntry, 'outcome' | 'activity'>): boolean {
  return isReversible(outcome, activity.type);
}

/** For so long staff may take back what staff recorded by hand. */
export const UNDO_MS_MAX = 86_400_000;

/** Whether staff recorded this, and so lately that staff may take it back. */
export function isUndoable(entry: JournalEntry, nowMs: number): boolean {
  return entry.activity.source === 'staff' && canBeReversed(entry) && nowMs - Date.parse(entry.at) <= UNDO_MS_MAX;
}

export function reversalOf(entry: JournalEntry, request: ReversalRequest): Submission {
  const { fingerprint, channel, occurredAt, receivedAt, note } = request;
  return {
    scope: scopeOf(entry.program),
    member: entry.member,
    shard: entry.shard,
    entryId: reversalIdOf(entry),
    fingerprint,
    activity: {
      type: entry.activity.type + REVERSED_SUFFIX,
      key: reversalKey(entry._id),
      source: 'cause',
      occurredAt,
      receivedAt,
      channel,
      attributes: { of: entry._id },
      depth: 0,
      ...(note === undefined ? {} : { note }),
    },
  };
}

/**
 * What a reversal takes back, from the member's journal. Refuses with `entry.notFound`, `activity.alreadyReversed`,
 * `activity.notReversible`.
 */
export function readReversed(
  program: CompiledProgram,
  state: MemberState,
  { attributes: { of } }: RecordedActivity,
  past: readonly JournalEntry[],
): ReversedEntry {
  const entry = past.find(({ _id }) => _id === of);
  if (entry === undefined) throw new Refusal('entry.notFound');
  if (past.some((one) => reversesOf(one) === entry.seq)) throw new Refusal('activity.alreadyReversed');
  if (!canBeReversed(entry)) throw new Refusal('activity.notReversible');
  return collectReversed(program, state, past.map(pastEntry), entry._id);
}

function pastEntry(entry: JournalEntry): PastEntry {
  const { _id: id, seq, outcome, activity, facts, lines, effects, caused } = entry;
  const { type, occurredAt } = activity;
  return {
    id,
    seq,
    outcome,
    activity: { type, occurredAt, attributes: attributesOf(activity) },
    facts,
    lines,
    effects,
    ...(caused === undefined ? {} : { caused: [...caused] }),
  };
}
