import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { DefinitionZone, Rev, Target } from '#programs/definition.js';

/**
 * When points end. `months`: the same day and month that many months later (29 February → 28), usable through that whole
 * day in the currency's zone, gone at 00:00 of the day after.
 */
export const Expiry = z.union([
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months: z.int().check(z.gte(1), z.lte(120)) }),
]);
export type Expiry = z.infer<typeof Expiry>;

/**
 * What a reversal does about points that were spent meanwhile. `withinBalance`: it takes others of that currency as far as there
 * are any, and leaves the rest to the member. `negative`: the rest is owed, and the next points earned pay it. `pendingOnly`:
 * only points that are not usable yet are taken; whatever became usable stays.
 */
export const ReversalPolicy = z.enum(['withinBalance', 'negative', 'pendingOnly']);
export type ReversalPolicy = z.infer<typeof ReversalPolicy>;

/** The unit of a wallet. `unit` is how one and how many of it are called: punto, puntos. */
export const Currency = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedText,
  unit: z.strictObject({ one: LocalizedText, other: LocalizedText }),
  expiry: Expiry,
  /** An adjustment above so many points waits for a second person of the staff; without it none does. */
  approveAbove: z.optional(Target),
  /** `withinBalance` where it is not said. */
  onReversal: z.optional(ReversalPolicy),
  zone: DefinitionZone,
});
export type Currency = z.infer<typeof Currency>;
