import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { AttributeName } from '#activities/attribute-schema.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { LastDay, LocalDate } from '#platform/time.js';
import { Budget } from '#programs/budget.js';
import { DefinitionZone, Period, Rev, Target } from '#programs/definition.js';
import { Amount, Ratio } from './amount.js';
import { Condition } from './condition.js';
import { Trigger } from './trigger.js';

/**
 * A multiplier for some days, tested on the local date of `occurredAt` in the rule's zone. Weekdays are ISO: Monday is 1.
 * `from` and `until` are the first and the last day. `when`: only for members of whom it holds, as the condition of a rule would.
 *
 * Boosts stack: those that a product names multiply one another, the tier's percentage and everything else in it, exactly, and
 * the product is rounded once at its end (down unless it says otherwise); then its `min` and `max` hold, then the cap. Points of
 * a mission's reward are boosted by nothing.
 */
export const Boost = z.strictObject({
  id: Slug,
  name: LocalizedName,
  ratio: Ratio,
  weekdays: z.optional(z.array(z.int().check(z.gte(1), z.lte(7))).check(z.minLength(1), z.maxLength(7))),
  from: z.optional(LocalDate),
  until: z.optional(LastDay),
  when: z.optional(Condition),
});
export type Boost = z.infer<typeof Boost>;

/**
 * At most so many times, or so many points, a member and period of `occurredAt`. Past `times` nothing is earned; the last
 * points before `points` are given in part. `by`: for each value of that attribute of the activity apart (reactions of one friend);
 * what lacks it counts together.
 */
export const Cap = z
  .strictObject({ per: Period, times: z.optional(Target), points: z.optional(Target), by: z.optional(AttributeName) })
  .check(
    z.refine((cap) => cap.times !== undefined || cap.points !== undefined, {
      params: { code: 'oneOfFields', fields: 'times, points' },
    }),
  );
export type Cap = z.infer<typeof Cap>;

/**
 * When points become usable that are not so at once: so many days after the day of `occurredAt`, or when an activity of a type comes
 * (`action`; without a type: when staff or a key say so).
 */
export const Pending = z.union([
  z.strictObject({ days: z.int().check(z.gte(1), z.lte(366)) }),
  z.strictObject({ until: z.literal('action'), activity: z.optional(ActivityTypeId) }),
]);
export type Pending = z.infer<typeof Pending>;

/** Points of one currency that a rule gives, all of a rule's earnings whose own condition holds. */
export const Earning = z.strictObject({
  currency: Slug,
  amount: Amount,
  when: z.optional(Condition),
  /** Of several all must hold. */
  cap: z.optional(z.union([Cap, z.array(Cap).check(z.minLength(1), z.maxLength(3))])),
  /** At most so many points for all members together; looked at after the cap, which counts what is left. */
  budget: z.optional(Budget),
  /** Absent: usable at once. */
  pending: z.optional(Pending),
});
export type Earning = z.infer<typeof Earning>;

/** The caps of an earning, in declared order. */
export function capsOf({ cap }: Pick<Earning, 'cap'>): readonly Cap[] {
  return cap === undefined ? [] : Array.isArray(cap) ? cap : [cap];
}

/**
 * Rules that stand in for one another: of those of a group that the same thing sets off, only one gives. `first`: the first in
 * declared order that gives anything; `best`: the one that gives most of its first currency, the first of equals. What no
 * group holds back gives all together. Caps are looked at before; a rule that does not give uses none of its own.
 */
export const RuleGroup = z.strictObject({ id: Slug, pick: z.enum(['first', 'best']) });
export type RuleGroup = z.infer<typeof RuleGroup>;

/** An earning rule: what sets it off, under which condition, and what it gives. */
export const Rule = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  description: z.optional(LocalizedText),
  on: Trigger,
  when: z.optional(Condition),
  earn: z.array(Earning).check(z.minLength(1), z.maxLength(8)),
  boosts: z.optional(z.array(Boost).check(z.maxLength(20))),
  group: z.optional(RuleGroup),
  zone: DefinitionZone,
});
export type Rule = z.infer<typeof Rule>;
