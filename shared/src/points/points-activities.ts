import * as z from 'zod/mini';
import { PocketRef } from '#ledger/points-line.js';
import { EarnedByDay } from '#ledger/effect.js';
import { Lot, MemberState } from '#ledger/member-state.js';
import { Slug, Ulid } from '#platform/ids.js';
import { LocalDate } from '#platform/time.js';
import { AMOUNT_MAX, Target } from '#programs/definition.js';

/** What the house's own activities about points say, by type. */
export const PointsActivated = z.object({ pending: PocketRef });
export const PointsRescheduled = z.object({ pending: PocketRef, on: LocalDate });
export const PointsCancelled = z.object({ pending: PocketRef });
/** `until` is the last day of the hold; without it, it has no end of its own. */
export const PointsHeld = z.object({ currency: Slug, amount: Target, until: z.optional(LocalDate) });
/** Without `amount` all of it; `release` lets go of what is left. */
export const PointsCaptured = z.object({
  hold: PocketRef,
  amount: z.optional(Target),
  release: z.optional(z.boolean()),
});
export const PointsReleased = z.object({ hold: PocketRef });
/** Above 0 given, below 0 taken. */
export const PointsChanged = z.strictObject({
  currency: Slug,
  amount: z.int().check(
    z.gte(-AMOUNT_MAX),
    z.lte(AMOUNT_MAX),
    z.refine((amount) => amount !== 0, { params: { code: 'notZero' } }),
  ),
});

/** From one member to another. */
export const TransferSending = z.object({ currency: Slug, amount: Target, to: Ulid });
/** Caused by it, for the other: the points with the dates of their lots. */
export const TransferReceiving = z.object({
  transfer: PocketRef,
  from: Ulid,
  currency: Slug,
  lots: z.array(Lot),
});
/** Caused by that, for the first: they have arrived, or come back. */
export const TransferEnding = z.object({ transfer: PocketRef });

/** A member is joined to another one, and ends. */
export const MemberClosing = z.object({ into: Ulid });
/** Caused by it, for the other: all that the one had, and what it had earned; `seq` is the entry with which it ended. */
export const MemberAbsorbing = z.object({ from: Ulid, seq: z.int(), state: MemberState, earned: EarnedByDay });
