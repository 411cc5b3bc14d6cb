import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { AttributeName } from '#activities/attribute-schema.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName } from '#platform/localized-text.js';
import { AMOUNT_MAX, DefinitionZone, OnReversal, Rev, Target } from '#programs/definition.js';
import { FieldPath, FieldTest, MemberTest } from '#rules/condition.js';

/**
 * What a tier may ask for besides its threshold, each within the qualification period: so many points earned, so many activities,
 * so much of a field; or so many days since joining, or what the program knows of the member.
 */
export const TierCriterion = z.union([
  z.strictObject({ earned: Target }),
  z.strictObject({
    count: z.strictObject({ activity: ActivityTypeId, where: z.optional(FieldTest) }),
    atLeast: Target,
  }),
  z.strictObject({
    sum: z.strictObject({ activity: ActivityTypeId, field: FieldPath, where: z.optional(FieldTest) }),
    atLeast: Target,
  }),
  z.strictObject({ has: MemberTest }),
  z.strictObject({ memberDays: z.int().check(z.gte(1), z.lte(36_600)) }),
]);
export type TierCriterion = z.infer<typeof TierCriterion>;

/**
 * The time over which members qualify, where it is not the calendar year: the last months up to today, or years since joining; with
 * `of` since the day that the program knows of a member by this attribute (`2024-05-31`), where there is one.
 */
export const TierPeriod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rolling'), months: z.int().check(z.gte(1), z.lte(12)) }),
  z.strictObject({ kind: z.literal('anniversary'), of: z.optional(AttributeName) }),
]);
export type TierPeriod = z.infer<typeof TierPeriod>;

/** How long the points last that are earned in a tier, whatever the currency says. */
export const TierExpiry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months: z.int().check(z.gte(1), z.lte(120)) }),
]);
export type TierExpiry = z.infer<typeof TierExpiry>;

/**
 * A status by what was earned of a currency in a qualification period (the calendar year unless `period` says otherwise), and by
 * what `also` asks for. Reached at once, it lasts until the end of the period after (`rolling`: for so many months from the last
 * day on which it was reached); then, after `graceDays`, the member goes down one step, or, where `downgrade` says so, to what
 * the period that ended reaches, or never. The lowest has threshold 0 and no end; nobody falls below a tier that was reached and
 * is to `keep`. `noticeDays` before, the member is told. All tiers of a program share currency, zone, period and downgrade.
 *
 * What is taken back takes along the tier that it alone had raised, and what that set off; with `onReversal: 'keep'` it stays until its
 * end.
 *
 * `percent` multiplies what rules give where they say so: 100 is ×1. `expiry` is that of the points earned in this tier.
 */
export const Tier = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  currency: Slug,
  threshold: z.int().check(z.gte(0), z.lte(AMOUNT_MAX)),
  also: z.optional(
    z.strictObject({ match: z.enum(['all', 'any']), of: z.array(TierCriterion).check(z.minLength(1), z.maxLength(8)) }),
  ),
  period: z.optional(TierPeriod),
  downgrade: z.optional(z.enum(['oneStep', 'reassess', 'never'])),
  keep: z.optional(z.literal(true)),
  onReversal: z.optional(OnReversal),
  graceDays: z.optional(z.int().check(z.gte(1), z.lte(366))),
  noticeDays: z.optional(z.int().check(z.gte(1), z.lte(180))),
  percent: z.int().check(z.gte(0), z.lte(10_000)),
  expiry: z.optional(TierExpiry),
  benefits: z.array(LocalizedName).check(z.maxLength(12)),
  zone: DefinitionZone,
});
export type Tier = z.infer<typeof Tier>;
