import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName } from '#platform/localized-text.js';
import { Budget } from '#programs/budget.js';
import { DefinitionZone, Period, Rev, Target } from '#programs/definition.js';

/** To the end of which stretch of the calendar an expiry is moved. */
export const ExpiryRounding = z.enum(['month', 'quarter', 'year']);
export type ExpiryRounding = z.infer<typeof ExpiryRounding>;

const months = z.int().check(z.gte(1), z.lte(120));
const days = z.int().check(z.gte(1), z.lte(3_660));

/**
 * When points end: always with a last day, which is usable to its end in the currency's zone; at 00:00 of the day after they are
 * gone. `months`: the same day and month that many months later (29 February → 28); `days`: that many days later; with `round`
 * both last to the end of that month, quarter or year. `dates`: on the next of these days of the year (`12-31`) that is at least
 * `leastDays` away. `inactivity`: all of them when so many days have passed since the newest `occurredAt` that earned any (also
 * where they become usable later) and was not taken back. Gifts, adjustments and pending points that become usable keep nothing alive;
 * where no term runs, one begins with them.
 */
export const Expiry = z.union([
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months, round: z.optional(ExpiryRounding) }),
  z.strictObject({ kind: z.literal('days'), days, round: z.optional(ExpiryRounding) }),
  z.strictObject({
    kind: z.literal('dates'),
    dates: z
      .array(z.string().check(z.regex(/^(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2\d|3[01])$/, expects('dayOfYear'))))
      .check(z.minLength(1), z.maxLength(12)),
    leastDays: z.optional(days),
  }),
  z.strictObject({ kind: z.literal('inactivity'), days }),
]);
export type Expiry = z.infer<typeof Expiry>;

/** `spendable` can be used for something; `status` only counts (experience, levels): it cannot be set aside or sent. */
export const CurrencyKind = z.enum(['spendable', 'status']);
export type CurrencyKind = z.infer<typeof CurrencyKind>;

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
  name: LocalizedName,
  unit: z.strictObject({ one: LocalizedName, other: LocalizedName }),
  /** `spendable` where it is not said. */
  kind: z.optional(CurrencyKind),
  expiry: Expiry,
  /** Members may give one another of it: at most so many a gift, and a day. Points keep the dates of their lots. */
  transfer: z.optional(z.strictObject({ perGift: Target, perDay: Target })),
  /** So many days before points end, their member is told. */
  notice: z.optional(z.int().check(z.gte(1), z.lte(366))),
  /**
   * So many points one person of the staff may give by hand in a day, all members and ways of giving together; a second one decides
   * on what goes beyond. `APPROVE_ABOVE_DEFAULT` where it is not said.
   */
  approveAbove: z.optional(Target),
  /** `withinBalance` where it is not said. */
  onReversal: z.optional(ReversalPolicy),
  /** At most so many that rules and missions give all members together, also to be usable later; not what staff give. */
  budget: z.optional(Budget),
  /**
   * At most so many that all rules together give one member in a period of `occurredAt`, the last ones in part; looked at after a
   * rule's own cap. What a mission promises comes whole. What a reversal takes back can be earned again.
   */
  perMember: z.optional(z.strictObject({ per: Period, points: Target })),
  zone: DefinitionZone,
});
export type Currency = z.infer<typeof Currency>;
