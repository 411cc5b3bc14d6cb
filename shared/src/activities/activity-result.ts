import * as z from 'zod/mini';
import { EntryId, Ulid } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { Effect } from '#ledger/effect.js';
import { PointsLine } from '#ledger/points-line.js';

/** What became of an activity: a pure function of its journal entry, so a replay reads the same to the byte. */
export const ActivityResult = z.object({
  id: EntryId,
  key: z.string(),
  type: z.string(),
  member: Ulid,
  seq: z.number(),
  outcome: z.enum(['accepted', 'refused']),
  refusal: z.nullable(z.string()),
  occurredAt: Instant,
  at: Instant,
  lines: z.array(PointsLine),
  effects: z.array(Effect),
  balances: z.record(z.string(), z.number()),
});
export type ActivityResult = z.infer<typeof ActivityResult>;
