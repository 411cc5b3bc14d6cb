import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { DefinitionZone, Rev } from '#programs/definition.js';

/**
 * When points end. `months`: the same day and month that many months later (29 February → 28), usable through that whole
 * day in the currency's zone, gone at 00:00 of the day after.
 */
export const Expiry = z.union([
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months: z.int().check(z.gte(1), z.lte(120)) }),
]);
export type Expiry = z.infer<typeof Expiry>;

/** The unit of a wallet. `unit` is how one and how many of it are called: punto, puntos. */
export const Currency = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedText,
  unit: z.strictObject({ one: LocalizedText, other: LocalizedText }),
  expiry: Expiry,
  zone: DefinitionZone,
});
export type Currency = z.infer<typeof Currency>;
