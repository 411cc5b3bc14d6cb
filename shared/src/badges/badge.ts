import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { Rev, Target } from '#programs/definition.js';
import { FieldTest } from '#rules/condition.js';

/** How a badge is earned: with so many activities ever, in order of arrival, or as the reward of a mission. */
export const BadgeGrant = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('count'),
    activity: ActivityTypeId,
    where: z.optional(FieldTest),
    target: Target,
  }),
  z.strictObject({ kind: z.literal('reward') }),
]);
export type BadgeGrant = z.infer<typeof BadgeGrant>;

/** What a member can earn once and keep. */
export const Badge = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedText,
  description: LocalizedText,
  grant: BadgeGrant,
});
export type Badge = z.infer<typeof Badge>;
