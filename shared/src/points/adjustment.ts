import * as z from 'zod/mini';
import { ActivityResult } from '#activities/activity-result.js';
import { Ulid } from '#platform/ids.js';
import { Instant } from '#platform/time.js';

export const AdjustmentStatus = z.enum(['waiting', 'approved', 'refused']);
export type AdjustmentStatus = z.infer<typeof AdjustmentStatus>;

/**
 * Something done by hand that would give more than one person may in a day, which a second person of the staff decides: an adjustment, an
 * activity, or pending points. People are named for staff to read.
 */
export const Adjustment = z.object({
  id: Ulid,
  member: Ulid,
  memberName: z.nullable(z.string()),
  /** `points.adjusted`, or the type of the activity that waits, with what it says. */
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  /** What would go beyond the limit of which currency; of an adjustment below 0 where points are taken. Decided anew when approved. */
  currency: z.string(),
  amount: z.number(),
  /** What it would give of other currencies. */
  also: z.array(z.object({ currency: z.string(), amount: z.number() })),
  reason: z.string(),
  status: AdjustmentStatus,
  askedBy: z.string(),
  askedAt: Instant,
  /** Whether the reader asked for it, and so cannot decide. */
  isOwn: z.boolean(),
  /** Whether it is for the member that the reader is, who cannot approve it. */
  isForOwn: z.boolean(),
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(Instant),
  /** Why it was refused. */
  refusal: z.nullable(z.string()),
});
export type Adjustment = z.infer<typeof Adjustment>;

/** Recorded at once; or above the limit (`waiting`), to be decided by another person. */
export const HandAnswer = z.union([ActivityResult, z.object({ waiting: Adjustment })]);
export type HandAnswer = z.infer<typeof HandAnswer>;
