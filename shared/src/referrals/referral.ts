import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { Rev } from '#programs/definition.js';
import { Condition } from '#rules/condition.js';

/**
 * What makes an invitation count. The friend's first activity `on` that meets `when`, within `withinDays` of joining by a
 * code, causes an activity `gives` for the friend (`role: friend`) and one for who invited (`role: advocate`), both dated
 * like it. What these are worth is the rules' business.
 */
export const Referral = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  description: z.optional(LocalizedText),
  on: ActivityTypeId,
  when: z.optional(Condition),
  withinDays: z.int().check(z.gte(1), z.lte(365)),
  gives: ActivityTypeId,
});
export type Referral = z.infer<typeof Referral>;
