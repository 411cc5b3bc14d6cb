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
  attributes: z.record(z.string(), z.unknown()),
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

/** An entry in the wallet: the same, with its id, its place in time and its link of the chain. */
export const Entry = z.extend(EntryRecorded, {
  id: EntryId,
  at: Instant,
  receivedAt: Instant,
  version: z.number(),
  hash: z.string(),
});
export type Entry = z.infer<typeof Entry>;
