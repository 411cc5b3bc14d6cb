import * as z from 'zod/mini';
import { EntryId } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { Effect } from './effect.js';
import { PointsLine } from './points-line.js';
import { Receipt } from './receipt.js';

/** Why an entry exists, as its member sees it: the activity without its personal fields. */
export const Cause = z.object({
  type: z.string(),
  occurredAt: Instant,
  channel: z.string(),
  source: z.string(),
  /** The name of the brand or shop whose key sent it, as it is when somebody reads; absent where the source is another one. */
  sender: z.optional(z.string()),
  attributes: z.record(z.string(), z.unknown()),
  /**
   * Of a gift or an invitation: the alias under which the other one is shown now; null where there is none to show. Looked up for
   * each reader, never kept.
   */
  partner: z.optional(z.nullable(z.string())),
});
export type Cause = z.infer<typeof Cause>;

/** One committed entry as its member's screens receive it: exactly one push an entry. `balances` are those after it. */
export const EntryRecorded = z.object({
  seq: z.number(),
  cause: Cause,
  outcome: z.enum(['accepted', 'refused']),
  refusal: z.nullable(z.string()),
  lines: z.array(PointsLine),
  effects: z.array(Effect),
  receipt: Receipt,
  balances: z.record(z.string(), z.number()),
});
export type EntryRecorded = z.infer<typeof EntryRecorded>;

/** Who on the staff wrote an activity down, or took one back, and why; the member sees the reason, never the person. */
export const StaffNote = z.object({ reason: z.string(), by: z.optional(z.string()) });
export type StaffNote = z.infer<typeof StaffNote>;

/**
 * The receipt with every definition that did not fire, from deciding the entry again. `same`: it came out as recorded · `gone`: the
 * engine that decided it is no longer to be had · `erased`: the person was · `differs`: it came out otherwise, which is an
 * alarm. But for `same`, the receipt is the stored one.
 */
export const FullReceipt = z.object({ again: z.enum(['same', 'gone', 'erased', 'differs']), receipt: Receipt });
export type FullReceipt = z.infer<typeof FullReceipt>;

/**
 * An entry in the wallet: the same, with its id, its place in time and its link of the chain. `reversedBy` is the seq of the
 * entry that took it back in full; `reverses` of the one that it takes back, in full or in part. `canUndo`: staff may still
 * take it back; `canCancel`, of a capture: how many of its points can still be cancelled. Of one entry read by itself: `returns` are the seqs of returns in part,
 * `correctedBy` of the undo after which something else stands of it, `canReturn` and `remaining`, for staff,
 * whether it can be returned and the attributes that stand of it.
 */
export const Entry = z.extend(EntryRecorded, {
  id: EntryId,
  at: Instant,
  receivedAt: Instant,
  version: z.number(),
  hash: z.string(),
  note: z.nullable(StaffNote),
  reversedBy: z.nullable(z.number()),
  reverses: z.nullable(z.number()),
  canUndo: z.optional(z.boolean()),
  canCancel: z.optional(z.number()),
  returns: z.optional(z.array(z.number())),
  correctedBy: z.optional(z.number()),
  canReturn: z.optional(z.boolean()),
  remaining: z.optional(z.record(z.string(), z.unknown())),
});
export type Entry = z.infer<typeof Entry>;
