import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { DefinitionZone, Rev } from '#programs/definition.js';
import { AMOUNT_MAX } from '#programs/definition.js';

/**
 * A status by what was earned of a currency in a calendar year. Reached at once, it lasts until the end of the year after;
 * then the member goes down at most one step. The lowest has threshold 0 and no end. All tiers of a program share
 * currency and zone. `percent` multiplies what rules give where they say so: 100 is ×1.
 */
export const Tier = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedText,
  currency: Slug,
  threshold: z.int().check(z.gte(0), z.lte(AMOUNT_MAX)),
  percent: z.int().check(z.gte(0), z.lte(10_000)),
  benefits: z.array(LocalizedText).check(z.maxLength(12)),
  zone: DefinitionZone,
});
export type Tier = z.infer<typeof Tier>;
