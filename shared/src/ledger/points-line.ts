import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalDate } from '#platform/time.js';
import { AMOUNT_MAX, Rev } from '#programs/definition.js';

/** A lot by its dates: the day it became usable, and the first day on which it no longer is (null: never ends). */
export const LotDates = z.object({ activated: LocalDate, expires: z.nullable(LocalDate) });
export type LotDates = z.infer<typeof LotDates>;

/**
 * One movement of points inside an entry. `amount` is signed: `earn` above 0, `expire` below, `reverse` below: the negation of
 * an earlier `earn`, of which `earned` falls too. Where the lot had expired meanwhile, an `expire` above 0 goes before the
 * `reverse`, so that the balance stays. `by` says which definition did it; an expiry is the currency's doing. Year and lot
 * go by `lot.activated`, the local date of `occurredAt`.
 */
export const PointsLine = z.object({
  currency: Slug,
  amount: z.int().check(z.gte(-AMOUNT_MAX), z.lte(AMOUNT_MAX)),
  kind: z.enum(['earn', 'expire', 'reverse']),
  by: z.object({ kind: z.enum(['rule', 'mission', 'currency']), id: Slug, rev: Rev }),
  lot: LotDates,
});
export type PointsLine = z.infer<typeof PointsLine>;
