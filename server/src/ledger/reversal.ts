import type { Channel } from '@verbena/shared/activities/activities.routes.js';
import { REVERSED_SUFFIX, reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { LocalDates, ReversedEntry } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { composed } from '@verbena/shared/platform/exact-text.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { collectReversed, collectWithdrawn } from '#engine/collect-reversed.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { reversalKey } from '#engine/decide-reversal.js';
import { comparedOf } from '#engine/field-values.js';
import { holdingOf } from '#engine/holdings.js';
import { outcomesAfterUndos } from '#engine/outcomes-after-undos.js';
import { isMove, isReversible, type PastEntry } from '#engine/past-entry.js';
import { entryIdOf } from '#platform/crypto/hash.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { checkRemaining } from './check-remaining.js';
import { attributesOf, type JournalEntry, type RecordedActivity, reversesOf } from './journal-entry.js';
import { isWithin } from './undo-scope.js';
import type { Submission } from './submission.js';

/** Somebody's wish to take an entry back. */
export interface ReversalRequest {
  /** Hash of who asks and of the whole request: the same again is a repeat, another one comes too late. */
  readonly fingerprint: string;
  readonly channel: Channel;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly note?: RecordedActivity['note'];
  /**
   * Under a key of its own: down to what remains of the activity, as the attributes that it then has; or, of a capture, all that still stands
   * of it or so many of its points.
   */
  readonly part?:
    | { readonly key: string; readonly remaining: Attributes; readonly personal: Attributes | null }
    | { readonly key: string; readonly amount?: number | undefined };
}

type Attributes = RecordedActivity['attributes'];

/** The id of the entry that takes another one back: whoever asks for it, there is one. */
export function reversalIdOf({ _id, program }: Pick<JournalEntry, '_id' | 'program'>): string {
  return entryIdOf(program, 'cause', reversalKey(_id));
}

export function canBeReversed({ outcome, activity }: Pick<JournalEntry, 'outcome' | 'activity'>): boolean {
  return isReversible(outcome, activity.type);
}

/** Whether an entry is such that there may be one that took it back: also one that was refused, since an undo may let it stand. */
export function mayHaveBeenReversed({ activity }: Pick<JournalEntry, 'activity'>): boolean {
  return isReversible('accepted', activity.type);
}

/** For so long staff may take back what staff recorded by hand. */
export const UNDO_MS_MAX = 86_400_000;

/** Whether somebody on the staff wrote it down: by themselves, or with the approval of another person, under a key of the house. */
export function isByHand({ activity: { source, note } }: Pick<JournalEntry, 'activity'>): boolean {
  return source === 'staff' || (source === 'house' && note !== undefined);
}

/** Whether staff recorded this, or gave or took it, and so lately that staff may take it back. A capture has a way of its own. */
export function isUndoable(entry: JournalEntry, nowMs: number): boolean {
  return (
    entry.activity.type !== 'points.captured' &&
    isByHand(entry) &&
    canBeReversed(entry) &&
    nowMs - Date.parse(entry.at) <= UNDO_MS_MAX
  );
}

export function reversalOf(entry: JournalEntry, request: ReversalRequest): Submission {
  const { fingerprint, channel, occurredAt, receivedAt, note, part } = request;
  // One reversal in full, and any number in part or of a capture, each under the key of its request.
  const key = part === undefined ? reversalKey(entry._id) : `${reversalKey(entry._id)}:${part.key}`;
  return {
    scope: scopeOf(entry.program),
    member: entry.member,
    shard: entry.shard,
    entryId: entryIdOf(entry.program, 'cause', key),
    fingerprint,
    activity: {
      type: entry.activity.type + REVERSED_SUFFIX,
      key,
      source: 'cause',
      occurredAt,
      receivedAt,
      channel,
      attributes: { of: entry._id, ...leftBy(part) },
      ...(part === undefined || !('personal' in part) || part.personal === null ? {} : { personal: part.personal }),
      depth: 0,
      ...(note === undefined ? {} : { note }),
    },
  };
}

function leftBy(part: ReversalRequest['part']): Attributes {
  if (part === undefined) return {};
  if ('remaining' in part) return { remaining: part.remaining };
  return part.amount === undefined ? {} : { amount: part.amount };
}

/** Whether an activity takes an entry back as a whole, under the one key that there is for it. */
export function isWholeReversal({ key, attributes }: RecordedActivity): boolean {
  return key === reversalKey(String(attributes['of']));
}

/** What is decided on the member's whole journal: reversals, the end of an account, and badges that go with what they brought. */
export function readsPast({ type, attributes }: Pick<RecordedActivity, 'type' | 'attributes'>): boolean {
  return (
    reversedTypeOf(type) !== null ||
    type === 'member.closed' ||
    (type === 'badge.withdrawn' && attributes['along'] === true)
  );
}

/** What a badge that staff withdraw takes along; undefined where it goes alone. */
export function readWithdrawn(
  program: CompiledProgram,
  state: MemberState,
  { attributes }: RecordedActivity,
  past: readonly JournalEntry[],
  now: LocalDates,
): ReversedEntry | undefined {
  return collectWithdrawn({ program, state, recorded: pastEntries(past), now }, String(attributes['badge']));
}

/** The entry that a reversal is about; undefined where the activity is none, or names nothing of this journal. */
export function reversedEntryOf(activity: RecordedActivity, past: readonly JournalEntry[]): JournalEntry | undefined {
  return reversedTypeOf(activity.type) === null ? undefined : past.find(({ _id }) => _id === activity.attributes['of']);
}

/** The version under which an entry stands: the one that decided it, or what an undo put in its place. */
export function versionOf(entry: JournalEntry, past: readonly JournalEntry[]): number {
  // Of accounts that were joined each was corrected by itself.
  const undone = past.findLast(
    ({ facts, member }) => facts.undone !== undefined && member === entry.member && isWithin(facts.undone, entry),
  )?.facts.undone;
  return undone === undefined || undone.without !== undefined ? entry.version : undone.instead;
}

/** What a reversal in part leaves of its activity; null for one in full, and for everything else. */
export function remainingOf({ type, attributes, personal }: RecordedActivity): Attributes | null {
  const { remaining } = attributes;
  if (reversedTypeOf(type) === null || !isAttributes(remaining)) return null;
  return personal === undefined ? remaining : { ...remaining, ...personal };
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What of an activity still stands, by seq, where it was taken back in part. */
export function amendmentsOf(past: readonly JournalEntry[]): ReadonlyMap<number, Attributes> {
  const amended = new Map<number, Attributes>();
  for (const { activity, facts } of past) {
    const remaining = remainingOf(activity);
    if (remaining !== null && facts.reversed !== undefined) amended.set(facts.reversed.seq, remaining);
  }
  return amended;
}

/**
 * What a reversal takes back, from the member's journal; `under` is the version of the entry that it is about, for one in part.
 * Refuses with `entry.notFound`, `activity.alreadyReversed`, `activity.notReversible`, and where more would remain than there
 * is, or all of it; of a capture, with `capture.tooLittle` where less of it stands, and with `points.tooMany`.
 */
export function readReversed(
  program: CompiledProgram,
  state: MemberState,
  activity: RecordedActivity,
  past: readonly JournalEntry[],
  under: CompiledProgram,
  now: LocalDates,
): ReversedEntry {
  const entry = reversedEntryOf(activity, past);
  if (entry === undefined) throw new Refusal('entry.notFound');
  const outcome = outcomesAfterUndos(past)(entry);
  const isGone = outcome === 'refused' && entry.outcome === 'accepted';
  if (isGone || past.some((one) => reversesOf(one) === entry.seq)) throw new Refusal('activity.alreadyReversed');
  if (!canBeReversed({ ...entry, outcome })) throw new Refusal('activity.notReversible');
  const remaining = remainingOf(activity);
  if (remaining !== null) {
    // What was recorded before texts were composed, or was spelled otherwise where that makes no difference, is the same.
    const schema = under.activityTypes.get(entry.activity.type)?.definition.attributes;
    const compared = (value: Attributes) => comparedOf(schema, composed(value)) as Attributes;
    const standing = amendmentsOf(past).get(entry.seq) ?? attributesOf(entry.activity);
    checkRemaining(compared(standing), compared(remaining));
  }
  const part = remaining === null ? undefined : { remaining, under };
  const asked = activity.attributes['amount'];
  const amount = typeof asked === 'number' ? asked : undefined;
  const reversed = collectReversed({ program, state, recorded: pastEntries(past), now }, entry._id, part, amount);
  if (isMove(reversed.type)) refuseMove(state, reversed, amount);
  return reversed;
}

/** Never more than was captured, nor more than anybody may have. Refused before it is decided: the key is not used up by it. */
function refuseMove(state: MemberState, { lines }: ReversedEntry, amount: number | undefined): void {
  const back = lines.reduce((sum, line) => sum + Math.max(0, -line.amount), 0);
  if (amount !== undefined && back < amount)
    throw new Refusal('capture.tooLittle', { left: back }, [
      { path: ['amount'], code: 'maximum', params: { maximum: back } },
    ]);
  const [line] = lines;
  if (back > 0 && line !== undefined && holdingOf(state, line.currency) + back > AMOUNT_MAX)
    throw new Refusal('points.tooMany');
}

function pastEntries(past: readonly JournalEntry[]): PastEntry[] {
  const hasUndos = past.some(({ facts }) => facts.undone !== undefined);
  return past.map((entry) => pastEntry(entry, hasUndos ? versionOf(entry, past) : entry.version));
}

function pastEntry(entry: JournalEntry, version: number): PastEntry {
  const { _id: id, member, seq, outcome, activity, facts, lines, effects, caused } = entry;
  const { type, occurredAt } = activity;
  const remaining = remainingOf(activity);
  return {
    id,
    member,
    seq,
    outcome,
    version,
    activity: { type, occurredAt, attributes: attributesOf(activity) },
    facts,
    lines,
    effects,
    ...(remaining === null ? {} : { remaining }),
    ...(caused === undefined ? {} : { caused: [...caused] }),
  };
}
