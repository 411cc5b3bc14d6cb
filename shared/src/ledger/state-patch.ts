import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalDate } from '#platform/time.js';
import {
  CapUse,
  HeldBadge,
  HeldTier,
  Hold,
  MemberState,
  MissionState,
  PendingPoints,
  Sent,
  Transit,
} from './member-state.js';

const recordOf = <T extends z.ZodMiniType>(value: T) => z.optional(z.record(z.string(), z.nullable(value)));
const { badgesGone, invitedBy, limits } = MemberState.shape;

/**
 * What makes one state of a member another, besides its points, which move by lines: of each record the keys that differ, with
 * their whole value, null where they are gone; of what is single, the value, or null.
 */
export const StatePatch = z.object({
  counters: recordOf(z.record(z.string(), z.int())),
  caps: recordOf(z.record(z.string(), CapUse)),
  missions: recordOf(MissionState),
  badges: recordOf(HeldBadge),
  badgesGone: recordOf(badgesGone.def.innerType.def.valueType),
  limits: recordOf(limits.def.innerType.def.valueType),
  pending: recordOf(PendingPoints),
  holds: recordOf(Hold),
  transit: recordOf(Transit),
  sent: recordOf(Sent),
  activeUntil: recordOf(LocalDate),
  noticed: recordOf(LocalDate),
  tier: z.optional(z.nullable(HeldTier)),
  joined: z.optional(z.nullable(LocalDate)),
  invitedBy: z.optional(z.nullable(invitedBy.def.innerType)),
  referred: z.optional(z.nullable(z.literal(true))),
});
export type StatePatch = z.infer<typeof StatePatch>;

/** Points that an undo left to the member, because they had gone out of its hands; of one currency. */
export const ForgivenPoints = z.object({ currency: Slug, amount: z.int() });
export type ForgivenPoints = z.infer<typeof ForgivenPoints>;
