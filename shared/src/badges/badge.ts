import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { AttributeName } from '#activities/attribute-schema.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { LastDay } from '#platform/time.js';
import { OnReversal, Rev, Target } from '#programs/definition.js';
import { FieldTest } from '#rules/condition.js';

/**
 * How a badge is earned: with so many activities ever, in order of arrival, or as the reward of a mission. `by`: with so many of each
 * value of that attribute (reactions to one post), and once for each of them; such a badge does not expire.
 */
export const BadgeGrant = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('count'),
    activity: ActivityTypeId,
    where: z.optional(FieldTest),
    target: Target,
    by: z.optional(AttributeName),
  }),
  z.strictObject({ kind: z.literal('reward') }),
]);
export type BadgeGrant = z.infer<typeof BadgeGrant>;

/** One of several badges of the same kind, each a step further; level 1 is the first. */
export const BadgeSeries = z.strictObject({ id: Slug, level: z.int().check(z.gte(1), z.lte(20)) });
export type BadgeSeries = z.infer<typeof BadgeSeries>;

/** How long a badge is held: so many days after the one on which it was earned, or until a day, that one included. */
export const BadgeExpiry = z.union([
  z.strictObject({ days: z.int().check(z.gte(1), z.lte(3_660)) }),
  z.strictObject({ until: LastDay }),
]);
export type BadgeExpiry = z.infer<typeof BadgeExpiry>;

/** What is drawn on a badge. `award` is that of a badge which says nothing. */
export const BadgePicture = z.enum(['award', 'basket', 'compass', 'crown', 'flame', 'gift', 'heart', 'star']);
export type BadgePicture = z.infer<typeof BadgePicture>;

/** What a member can earn and keep; where it expires or staff take it away, it can be earned anew, by a new count. */
export const Badge = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  description: LocalizedText,
  /** `award` where it is not said. */
  picture: z.optional(BadgePicture),
  grant: BadgeGrant,
  series: z.optional(BadgeSeries),
  expires: z.optional(BadgeExpiry),
  /** With `keep` it stays when what had earned it is taken back. */
  onReversal: z.optional(OnReversal),
});
export type Badge = z.infer<typeof Badge>;
