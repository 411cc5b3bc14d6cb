import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { isPeriod, onCalendar } from '#platform/given-time.js';
import { Period, Rev } from '#programs/definition.js';

/**
 * How equal scores stand. `earliest`: who reached the score first stands higher, then the lower member id, so every place is
 * taken once. `shared`: equals share the rank, and the one after them stands as many places lower (1, 1, 3).
 */
export const TiePolicy = z.enum(['earliest', 'shared']);
export type TiePolicy = z.infer<typeof TiePolicy>;

/**
 * A ranking of members by what they earned of a currency, net of reversals, in one run of the calendar: a week from Monday, a
 * month, …, or for ever. Runs are cut in the program's zone and go by `occurredAt`.
 */
export const Board = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  description: z.optional(LocalizedText),
  currency: Slug,
  period: Period,
  ties: TiePolicy,
  zone: z.literal('program'),
});
export type Board = z.infer<typeof Board>;

const RUN = /^(?:ever|\d{4}(?:-(?:W\d{2}|\d{2}(?:-\d{2})?))?)$/;

/** One cycle of a board, by the key of its period: `2026-W47`, `2026-11`, `ever`. */
export const RunId = z.string().check(z.regex(RUN));
export type RunId = z.infer<typeof RunId>;

/** A run as callers may name it: one that is on the calendar. */
export const RunIdInput = onCalendar(RUN, 'period', (run) => run === 'ever' || isPeriod(run));
