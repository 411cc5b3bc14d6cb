import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { AMOUNT_MAX } from '#programs/definition.js';
import { FieldPath } from './condition.js';

const part = z.int().check(z.gte(0), z.lte(1_000_000_000));

/** An exact fraction. */
export const Ratio = z.tuple([part, part.check(z.gte(1))]);
export type Ratio = z.infer<typeof Ratio>;

/**
 * One factor of an amount: an integer field of the activity (absent: 0), a fixed fraction, the percentage of the tier that
 * the member held before the decision, or a boost of the same rule (1 where it does not apply).
 */
export const Factor = z.union([
  z.strictObject({ field: FieldPath }),
  z.strictObject({ ratio: Ratio }),
  z.strictObject({ tier: z.literal('percent') }),
  z.strictObject({ boost: Slug }),
]);
export type Factor = z.infer<typeof Factor>;

export const Rounding = z.enum(['down', 'up', 'nearest']);
export type Rounding = z.infer<typeof Rounding>;

const bound = z.int().check(z.gte(0), z.lte(AMOUNT_MAX));

/** A product, exact until it is rounded once at the end (down unless said), then held between `min` and `max`. */
export const Amount = z.strictObject({
  product: z.array(Factor).check(z.minLength(1), z.maxLength(8)),
  min: z.optional(bound),
  max: z.optional(bound),
  round: z.optional(Rounding),
});
export type Amount = z.infer<typeof Amount>;
