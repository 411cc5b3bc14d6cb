import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { Rev } from '#programs/definition.js';
import { FieldPath } from '#rules/condition.js';
import { Ratio } from '#rules/amount.js';

/** At most so many definitions that did not fire are told, and a stored receipt is at most so many bytes of JSON. */
export const RECEIPT_MISSED_MAX = 12;
export const RECEIPT_BYTES_MAX = 1_024;

/**
 * A factor with the value that the decision saw: the field's value and unit, the fraction, the tier held, the boost that
 * applied; and, last, the bound that held the product (`cap`: what was left of an allowance; `budget`: of what all share).
 */
export const FactorSeen = z.union([
  z.object({ field: FieldPath, value: z.number(), unit: z.optional(z.string()) }),
  z.object({ tier: Slug, percent: z.int() }),
  // Before the plain fraction, which would take it and drop its name.
  z.object({ boost: Slug, ratio: Ratio }),
  z.object({ ratio: Ratio }),
  z.object({ bound: z.enum(['min', 'max', 'cap', 'budget']), value: z.int() }),
]);
export type FactorSeen = z.infer<typeof FactorSeen>;

/**
 * A definition that fired, and what it gave. An award without `factors` is a fixed reward. In a reversal: a definition whose
 * doing was taken back, with what it took (`amount` below 0). `step`: a part of a mission's way, from 0.
 */
export const Fired = z.object({
  kind: z.enum(['rule', 'mission', 'badge', 'tier', 'currency', 'referral']),
  id: Slug,
  rev: Rev,
  currency: z.optional(Slug),
  amount: z.optional(z.int()),
  factors: z.optional(z.array(FactorSeen)),
  step: z.optional(z.int()),
});
export type Fired = z.infer<typeof Fired>;

const ReceiptScalar = z.nullable(z.union([z.string(), z.number(), z.boolean()]));

/**
 * A definition whose trigger matched and that did not fire: `[definition, revision, condition, seen, needed]`. The definition is
 * `kind:id`. Conditions, with what stands in `seen` and `needed`:
 * `field:<path>:<op>` value and value (seen null where absent or personal) · `count:<op>` `sum:<op>` number and number ·
 * `tier:atLeast` `tier:is` tier and tier · `badge` and `badge:not` whether held and the badge (each with `:not` in front of
 * the last part where negated) · `cap:<period>` used and allowed, with `:<attribute>` where it is for each value of one · `zero` the product as a text and 1 ·
 * what all members share: `budget:<period>` of a rule, `issuance:<period>` of a currency, `places:<period>` of a mission, each
 * with what was left and what it would have taken ·
 * `progress:<last day>` and `streak:<last day>` how far and the target · `done:<last day>` completions and null.
 * `group:first` `group:best` null and the rule of its group that gave instead.
 * A mission that is not open: `requires:mission` false and the mission · `window:from` `window:until` day and day ·
 * `window:weekdays` weekday and those it counts on · `window:hours` time and from-until · `max` completions and most ·
 * `failed` day and the first on which it counts again (`failed:now`: it failed here).
 * The last day is a local date or `ever`.
 */
export const Missed = z.tuple([z.string(), Rev, z.string(), ReceiptScalar, ReceiptScalar]);
export type Missed = z.infer<typeof Missed>;

/** Why, and why not. `cut` says that there was more than fits. */
export const Receipt = z.object({ fired: z.array(Fired), missed: z.array(Missed), cut: z.optional(z.literal(true)) });
export type Receipt = z.infer<typeof Receipt>;
