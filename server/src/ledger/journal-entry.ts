import type { Cause, Entry, EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';
import type { CausedActivity } from '@verbena/shared/ledger/decision.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { Receipt } from '@verbena/shared/ledger/receipt.js';
import type { KeySource } from '@verbena/shared/identity/api-keys.routes.js';
import type { DecidedParts } from '#engine/decide-recorded.js';
import { hashOf } from '#platform/crypto/hash.js';
import { attributesWithoutOthers, effectsWithoutOthers } from './without-others.js';

/**
 * Who vouches for a key: `brand:<id>`, `shop:<id>`, `program`, `staff`, `member:<id>`; never an API key's id. The house makes its own keys, as
 * `house`, `clock` and `cause`. Entries of engine 1 say `member` of every member, and `member`, `staff` or `program` of the house.
 */
export type Source = KeySource | 'staff' | `member:${string}` | HouseSource;

/** Sources that no route writes. */
export type HouseSource = 'house' | 'clock' | 'cause';

/** An activity as the journal keeps it, once, inside its entry. */
export interface RecordedActivity {
  readonly type: string;
  readonly key: string;
  readonly source: Source;
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly channel: string;
  /** What rules, receipts and members see. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Fields that the type marks `x-personal`: erased with the member, never in facts or lines. */
  readonly personal?: Readonly<Record<string, unknown>>;
  /** How many activities stand between this one and the world; a cause of a cause of … at most 8. */
  readonly depth: number;
  /** The entry that caused this activity. */
  readonly cause?: string;
  /** Why somebody did this, which the member reads, and who on the staff (the id of a login), which it does not. */
  readonly note?: { readonly reason: string; readonly by?: string };
}

/** An activity that an entry caused, by the id of the entry that it becomes. */
export interface CausedEntry {
  readonly id: string;
  readonly member: string;
  readonly type: string;
}

/** One committed decision for one member: the unit of truth. Never changed. */
export interface JournalEntry {
  readonly _id: string;
  readonly program: string;
  readonly member: string;
  readonly shard: number;
  readonly lane: string;
  /** The group of the lane. */
  readonly q: number;
  /** Gapless within the member, from 1. */
  readonly seq: number;
  readonly at: string;
  readonly activity: RecordedActivity;
  readonly fingerprint: string;
  readonly outcome: 'accepted' | 'refused';
  readonly refusal: string | null;
  readonly version: number;
  readonly engine: number;
  readonly facts: Facts;
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
  readonly receipt: Receipt;
  /** After this entry. Derived, and outside the hash. */
  readonly balances: Readonly<Record<string, number>>;
  /** What it caused for members, absent where nothing; outside the hash, since the outbox's rows go one day. */
  readonly caused?: readonly CausedEntry[];
  readonly salt: string;
  readonly hash: string;
  /** Its place in its group, from 0. This, `link` and `seal` are absent from entries of before groups were sealed. */
  readonly place?: number;
  /** The lane's head before its group; on the first of a group only. */
  readonly link?: string;
  /** Covers what `hash` does not (see `sealOf`); the lane's chain is made of seals. */
  readonly seal?: string;
  /** The person was erased: salt and personal fields are gone, and `H(salt ‖ activity)` stands here in their place. */
  readonly erased?: { readonly activity: string };
}

/** A member's state with what the committer needs beside it. */
export interface MemberLedger {
  readonly _id: string;
  readonly program: string;
  readonly shard: number;
  readonly seq: number;
  /** The last entry's; the empty string before the first. */
  readonly hash: string;
  /** When something happens by itself, on program time `wall`; null: nothing does. */
  readonly dueAt: Date | null;
  /** The version under which it was last decided, no part of what is decided; absent or 0 where nobody knows. */
  readonly version?: number;
  readonly state: MemberState;
}

/** What a mission's page reads of an entry. */
export interface MissionTrailEntry extends Pick<JournalEntry, 'seq' | 'at' | 'effects'> {
  readonly activity: Pick<RecordedActivity, 'type' | 'occurredAt' | 'attributes'>;
}

/** What views read of entries of the past. */
export type PastMovement = Pick<JournalEntry, 'member' | 'shard' | 'seq' | 'at' | 'lines' | 'effects'>;

/** One row a group: what was committed, and what it caused for others. `head` chains the lane. */
export interface OutboxRow {
  readonly _id: string;
  readonly lane: string;
  readonly q: number;
  readonly at: Date;
  readonly entries: readonly {
    readonly id: string;
    readonly program: string;
    readonly member: string;
    readonly seq: number;
  }[];
  readonly caused: readonly OutboxCause[];
  readonly head: string;
}

/** An activity for another member, as it waits for the relay. */
export interface OutboxCause {
  readonly key: string;
  readonly program: string;
  readonly cause: string;
  readonly depth: number;
  readonly activity: CausedActivity;
}

export interface HashedParts {
  readonly seq: number;
  readonly program: string;
  readonly version: number;
  readonly engine: number;
  readonly salt: string;
  readonly activity: RecordedActivity;
  readonly facts: Facts;
  readonly lines: readonly PointsLine[];
  readonly effects: readonly Effect[];
  readonly erased?: { readonly activity: string };
}

/**
 * `H(prev ‖ seq ‖ program ‖ version ‖ engine ‖ H(salt ‖ activity) ‖ facts ‖ lines ‖ effects)`. The activity enters through a salted
 * hash of its own, so that erasing a person's fields together with the salt leaves the chain verifiable.
 */
export function entryHash(previous: string, parts: HashedParts): string {
  const activity = parts.erased?.activity ?? hashOf(parts.salt, parts.activity);
  return hashOf(
    previous,
    parts.seq,
    parts.program,
    parts.version,
    parts.engine,
    activity,
    parts.facts,
    parts.lines,
    parts.effects,
  );
}

/** `H(previous group ‖ entry hashes)`: the next link of a lane's chain, for groups of before they were sealed. */
export function groupHead(previous: string, entryHashes: readonly string[]): string {
  return hashOf(previous, ...entryHashes);
}

export function outboxId(lane: string, q: number): string {
  return `${lane}:${String(q).padStart(12, '0')}`;
}

function causeOf(activity: RecordedActivity): Cause {
  return {
    type: activity.type,
    occurredAt: activity.occurredAt,
    channel: activity.channel,
    source: activity.source,
    attributes: { ...activity.attributes },
  };
}

/** The entry as its member's screens receive it, without the ids of others. */
export function pushOf(entry: JournalEntry): EntryRecorded {
  const { cause, effects, ...recorded } = recordedOf(entry);
  return {
    ...recorded,
    cause: { ...cause, attributes: attributesWithoutOthers(entry.activity) },
    effects: effectsWithoutOthers(effects),
  };
}

function recordedOf(entry: JournalEntry): EntryRecorded {
  return {
    seq: entry.seq,
    cause: causeOf(entry.activity),
    outcome: entry.outcome,
    refusal: entry.refusal,
    lines: [...entry.lines],
    effects: [...entry.effects],
    receipt: entry.receipt,
    balances: { ...entry.balances },
  };
}

/** All attributes, the personal ones included: rules may ask them, receipts never tell them. */
export function attributesOf(activity: RecordedActivity): Readonly<Record<string, unknown>> {
  return activity.personal === undefined ? activity.attributes : { ...activity.attributes, ...activity.personal };
}

/** The seq of the entry that this one takes back in full; null where it is no such reversal. */
export function reversesOf({ effects }: Pick<JournalEntry, 'effects'>): number | null {
  for (const effect of effects) if (effect.type === 'activity.reversed' && effect.part === undefined) return effect.seq;
  return null;
}

/** The entry as staff see it; `reversedBy` is the seq of the entry that took it back. */
export function viewOf(entry: JournalEntry, reversedBy: number | null): Entry {
  return { ...recordedOf(entry), ...placeOf(entry, reversedBy) };
}

/** The entry as the wallet of its member and its page show it. */
export function ownViewOf(entry: JournalEntry, reversedBy: number | null): Entry {
  return { ...pushOf(entry), ...placeOf(entry, reversedBy) };
}

function placeOf(entry: JournalEntry, reversedBy: number | null): Omit<Entry, keyof EntryRecorded> {
  const { receivedAt, note } = entry.activity;
  return {
    id: entry._id,
    at: entry.at,
    receivedAt,
    version: entry.version,
    hash: entry.hash,
    note: note === undefined ? null : { reason: note.reason },
    reversedBy,
    reverses: reversedSeqOf(entry),
  };
}

/** The entry of the same journal that this one takes back; what an account had done that was joined stands in its own. */
function reversedSeqOf({ effects }: JournalEntry): number | null {
  const seq = effects.find((effect) => effect.type === 'activity.reversed')?.seq ?? 0;
  return seq > 0 ? seq : null;
}

/** What deciding an entry again reads of it. */
export function decidedPartsOf({ member, activity, facts, at, engine }: JournalEntry): DecidedParts {
  const { type, occurredAt, key } = activity;
  return { engine, facts, at, activity: { type, occurredAt, key, member, attributes: attributesOf(activity) } };
}
