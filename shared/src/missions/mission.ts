import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { DefinitionZone, Period, Rev, Target } from '#programs/definition.js';
import { Condition, FieldPath } from '#rules/condition.js';
import { Trigger } from '#rules/trigger.js';

/** So many times within a period; once a period. */
export const CountGoal = z.strictObject({ kind: z.literal('count'), target: Target, per: Period });
export type CountGoal = z.infer<typeof CountGoal>;

/** So many different values of a field within a period; once a period. */
export const DistinctGoal = z.strictObject({
  kind: z.literal('distinct'),
  field: FieldPath,
  target: z.int().check(z.gte(1), z.lte(100)),
  per: Period,
});
export type DistinctGoal = z.infer<typeof DistinctGoal>;

/**
 * At least once in each of so many ISO weeks in a row. A week is free until a completion uses it; the earliest weeks of an
 * unbroken run of free ones are used, each once, and a run never crosses a used week.
 */
export const StreakGoal = z.strictObject({ kind: z.literal('streak'), weeks: z.int().check(z.gte(2), z.lte(53)) });
export type StreakGoal = z.infer<typeof StreakGoal>;

export const MissionGoal = z.discriminatedUnion('kind', [CountGoal, DistinctGoal, StreakGoal]);
export type MissionGoal = z.infer<typeof MissionGoal>;

/** What a completion gives: fixed points, never multiplied, and badges, each the first time. */
export const MissionReward = z.strictObject({
  points: z.array(z.strictObject({ currency: Slug, amount: Target })).check(z.maxLength(8)),
  badges: z.array(Slug).check(z.maxLength(8)),
});
export type MissionReward = z.infer<typeof MissionReward>;

/** Something to do within a period of `occurredAt`, and what it gives. */
export const Mission = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedText,
  description: LocalizedText,
  on: Trigger,
  when: z.optional(Condition),
  goal: MissionGoal,
  reward: MissionReward,
  zone: DefinitionZone,
});
export type Mission = z.infer<typeof Mission>;
