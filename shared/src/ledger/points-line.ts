import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { DayGone, LocalDate } from '#platform/time.js';
import { AMOUNT_MAX, Rev } from '#programs/definition.js';

/** A lot by its dates: the day it became usable, and the first day on which it no longer is (null: never ends). */
export const LotDates = z.object({ activated: LocalDate, expires: z.nullable(DayGone) });
export type LotDates = z.infer<typeof LotDates>;

/**
 * Where points stand. The available balance, which may be spent, has no name on a line: it is where no pocket is named. `pending`
 * are not usable yet, `held` are set aside from the balance for something that may still come to nothing, `transit` are on
 * their way to another member, and `owed` are points
 * lent, where the program lets a reversal go below what is there: the next points earned pay them back.
 */
export const Pocket = z.enum(['pending', 'held', 'transit', 'owed']);
export type Pocket = z.infer<typeof Pocket>;

/**
 * Why points moved. In the available balance:
 * `earn` above 0 and `reverse` below 0, the negation of an earlier `earn`: what was earned follows these two and no other kind.
 * `expire` below 0. Where a reversal finds its points expired, an `expire` above 0 goes before the `reverse`, so that the balance
 * stays. Where it finds them spent, `cover` moves others into their lot (two lines), and what nobody can take any more is left to
 * the member, `forgive` above 0, or lent, `owe` above 0 here and in the pocket `owed`; `repay` below 0 in both.
 * `adjust`: somebody on the staff gave or took.
 * In `pending`: `pend` above 0 comes in, `activate` below 0 goes over (an `earn` of the same `ref` stands beside it), `cancel`
 * below 0 never becomes usable. In `transit`: `send` comes in (and leaves the balance), `settle` has arrived, `return` goes back;
 * whoever gets them has a `receive` above 0 in the balance. In every pocket, `merge`: the account was joined to another one, below
 * 0 where it ended, above 0 where it lives on. In `held`: `hold` comes in (and leaves the balance), `release` goes back to it, `capture` is spent.
 */
export const LineKind = z.enum([
  'earn',
  'expire',
  'reverse',
  'cover',
  'forgive',
  'owe',
  'repay',
  'adjust',
  'pend',
  'activate',
  'cancel',
  'hold',
  'release',
  'capture',
  'send',
  'receive',
  'settle',
  'return',
  'merge',
]);
export type LineKind = z.infer<typeof LineKind>;

/** Names pending points or a hold within its member: `<seq of the entry that made it>-<which of that entry>`. */
export const PocketRef = z.string().check(z.maxLength(24), z.regex(/^\d+-\d+$/));
export type PocketRef = z.infer<typeof PocketRef>;

/**
 * One movement of points inside an entry, of one pocket and of one lot. `amount` is signed. `by` says which definition did it;
 * whatever no rule and no mission did is the currency's doing. Year and lot go by `lot.activated`, the local date of
 * `occurredAt`; of pending points it is the day on which they become usable, as far as that is known. `ref` names the pending
 * points or the hold. Every balance is the sum of its lines. `by.step` names the part of a mission's way that was rewarded, from 0.
 */
export const PointsLine = z.object({
  currency: Slug,
  amount: z.int().check(z.gte(-AMOUNT_MAX), z.lte(AMOUNT_MAX)),
  kind: LineKind,
  by: z.object({ kind: z.enum(['rule', 'mission', 'currency']), id: Slug, rev: Rev, step: z.optional(z.int()) }),
  lot: LotDates,
  pocket: z.optional(Pocket),
  ref: z.optional(PocketRef),
});
export type PointsLine = z.infer<typeof PointsLine>;
