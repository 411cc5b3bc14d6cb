import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { exactText } from '#platform/exact-text.js';
import { Slug } from '#platform/ids.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';
import { LastDay, LocalDate } from '#platform/time.js';
import { PlacesBudget } from '#programs/budget.js';
import { DefinitionZone, OnReversal, Period, Rev, Target } from '#programs/definition.js';
import { Condition, FieldPath } from '#rules/condition.js';
import { Trigger } from '#rules/trigger.js';

/** Stretches of so many days that follow one another without a gap; `from` is the first day of one of them. */
export const FixedPeriod = z.strictObject({ days: z.int().check(z.gte(1), z.lte(366)), from: LocalDate });
export type FixedPeriod = z.infer<typeof FixedPeriod>;

/** What cuts a mission's time into turns. */
export const MissionPeriod = z.union([Period, FixedPeriod]);
export type MissionPeriod = z.infer<typeof MissionPeriod>;

/** What a completion gives: fixed points, never multiplied, and badges, each the first time. */
export const MissionReward = z.strictObject({
  points: z.array(z.strictObject({ currency: Slug, amount: Target })).check(z.maxLength(8)),
  badges: z.array(Slug).check(z.maxLength(8)),
});
export type MissionReward = z.infer<typeof MissionReward>;

/** So many times within a period; once a period. */
export const CountGoal = z.strictObject({ kind: z.literal('count'), target: Target, per: MissionPeriod });
export type CountGoal = z.infer<typeof CountGoal>;

/**
 * What an integer field adds up to within a period; once a period. What an activity brings below 0 adds nothing, and what goes
 * beyond the target is not carried over.
 */
export const SumGoal = z.strictObject({
  kind: z.literal('sum'),
  field: FieldPath,
  target: Target,
  per: MissionPeriod,
});
export type SumGoal = z.infer<typeof SumGoal>;

/** So many different values of a field within a period; once a period. */
export const DistinctGoal = z.strictObject({
  kind: z.literal('distinct'),
  field: FieldPath,
  target: z.int().check(z.gte(1), z.lte(100)),
  per: MissionPeriod,
});
export type DistinctGoal = z.infer<typeof DistinctGoal>;

/** Every one of these values of a field within a period; once a period. `name` is how people read a value. */
export const SetGoal = z.strictObject({
  kind: z.literal('set'),
  field: FieldPath,
  values: z
    .array(z.strictObject({ value: exactText(1, 200), name: LocalizedName }))
    .check(z.minLength(1), z.maxLength(50)),
  per: MissionPeriod,
});
export type SetGoal = z.infer<typeof SetGoal>;

/** One step of a sequence: what sets it off (the mission's own trigger unless said), under which condition, and what it gives. */
export const SequenceStep = z.strictObject({
  name: LocalizedName,
  on: z.optional(Trigger),
  when: z.optional(Condition),
  reward: z.optional(MissionReward),
});
export type SequenceStep = z.infer<typeof SequenceStep>;

/** Steps one after another within a period, each by an activity of its own; what comes out of turn does not count. */
export const SequenceGoal = z.strictObject({
  kind: z.literal('sequence'),
  steps: z.array(SequenceStep).check(z.minLength(2), z.maxLength(20)),
  per: MissionPeriod,
});
export type SequenceGoal = z.infer<typeof SequenceGoal>;

/**
 * What all members bring together within a period: so many times, or what a field of theirs adds up to. When it is reached, everybody
 * who brought something in that period gets the reward, each once, also who does so later in the period. What is taken back
 * afterwards leaves the sum; the goal stays reached.
 */
export const SharedGoal = z.strictObject({
  kind: z.literal('shared'),
  field: z.optional(FieldPath),
  target: Target,
  per: MissionPeriod,
});
export type SharedGoal = z.infer<typeof SharedGoal>;

export const StreakUnit = z.enum(['day', 'week', 'month']);
export type StreakUnit = z.infer<typeof StreakUnit>;

/**
 * At least once in each of so many days, ISO weeks or months in a row: `weeks`, or `length` of a `unit`. One is free until a
 * completion uses it; the earliest ones of an unbroken run of free ones are used, each once, and a run never crosses a used one.
 *
 * `freezes` keep a run across a unit without anything: the clock takes one when the unit ends, and whatever arrives late for it
 * gives it back. A member begins with `start` of them, gains `perCompletion`, is granted some by staff, and holds at most `max`.
 * `graceDays`: on the first days of a unit, what comes counts for the one before where that is missing. `pause`: the member may
 * plan days without the streak, at most so many a calendar year; units with such a day are kept.
 */
export const StreakGoal = z
  .strictObject({
    kind: z.literal('streak'),
    weeks: z.optional(z.int().check(z.gte(2), z.lte(53))),
    unit: z.optional(StreakUnit),
    length: z.optional(z.int().check(z.gte(2), z.lte(366))),
    freezes: z.optional(
      z.strictObject({
        max: z.int().check(z.gte(1), z.lte(30)),
        start: z.optional(z.int().check(z.gte(0), z.lte(30))),
        perCompletion: z.optional(z.int().check(z.gte(1), z.lte(30))),
      }),
    ),
    graceDays: z.optional(z.int().check(z.gte(1), z.lte(27))),
    pause: z.optional(z.strictObject({ daysPerYear: z.int().check(z.gte(1), z.lte(366)) })),
  })
  .check(
    z.refine(({ weeks, unit, length }) => (weeks === undefined ? unit && length : !(unit ?? length)), {
      path: ['length'],
      params: { code: 'oneOfFields', fields: 'length, weeks' },
    }),
  );
export type StreakGoal = z.infer<typeof StreakGoal>;

export const MissionGoal = z.discriminatedUnion('kind', [
  CountGoal,
  SumGoal,
  DistinctGoal,
  SetGoal,
  SequenceGoal,
  SharedGoal,
  StreakGoal,
]);
export type MissionGoal = z.infer<typeof MissionGoal>;
/** The goals that are reached within a period: all but streaks. */
export type PeriodGoal = Exclude<MissionGoal, StreakGoal>;

/** A part of the way with a reward of its own, which comes as soon as the progress is there. */
export const MissionStep = z.strictObject({ at: Target, name: LocalizedName, reward: MissionReward });
export type MissionStep = z.infer<typeof MissionStep>;

/** What must be there before a mission counts anything: a mission done at least once, a badge, a tier or a higher one. */
export const Prerequisite = z.union([
  z.strictObject({ mission: Slug }),
  z.strictObject({ badge: Slug }),
  z.strictObject({ tier: Slug }),
]);
export type Prerequisite = z.infer<typeof Prerequisite>;

/** A time of day, `09:30`. */
export const TimeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, expects('time')));
export type TimeOfDay = z.infer<typeof TimeOfDay>;

/**
 * When a mission counts, by `occurredAt` in its zone: days, weekdays (ISO: Monday is 1), and hours from `from` until before
 * `until`, over midnight where that is earlier.
 */
export const MissionWindow = z.strictObject({
  from: z.optional(LocalDate),
  until: z.optional(LastDay),
  weekdays: z.optional(z.array(z.int().check(z.gte(1), z.lte(7))).check(z.minLength(1), z.maxLength(7))),
  hours: z.optional(z.strictObject({ from: TimeOfDay, until: TimeOfDay })),
});
export type MissionWindow = z.infer<typeof MissionWindow>;

/** What makes an attempt fail; afterwards nothing counts for so many days, with the day of the failure. */
export const MissionFailure = z.strictObject({
  on: Trigger,
  when: z.optional(Condition),
  coolDownDays: z.int().check(z.gte(1), z.lte(366)),
});
export type MissionFailure = z.infer<typeof MissionFailure>;

/** Something to do within a period of `occurredAt`, and what it gives. */
export const Mission = z.strictObject({
  id: Slug,
  rev: Rev,
  name: LocalizedName,
  description: LocalizedText,
  on: Trigger,
  when: z.optional(Condition),
  goal: MissionGoal,
  reward: MissionReward,
  /** Parts of the way with rewards of their own, nearest first; a sequence has its own. */
  steps: z.optional(z.array(MissionStep).check(z.minLength(1), z.maxLength(10))),
  /** It begins anew within its period as soon as it is done. */
  reset: z.optional(z.literal('onCompletion')),
  requires: z.optional(z.array(Prerequisite).check(z.minLength(1), z.maxLength(8))),
  window: z.optional(MissionWindow),
  /** At most so many completions a member. */
  timesMax: z.optional(z.int().check(z.gte(1), z.lte(1_000_000))),
  failure: z.optional(MissionFailure),
  /**
   * Only the first so many completions of all members together, in each period of this. Afterwards there is progress and no
   * completion; a place that a reversal frees goes to the next activity that would complete it.
   */
  budget: z.optional(PlacesBudget),
  /** With `keep` a completion, and each rewarded part of the way, stays with its reward when what had brought it is taken back. */
  onReversal: z.optional(OnReversal),
  zone: DefinitionZone,
});
export type Mission = z.infer<typeof Mission>;

/** How far a mission goes: times, a sum, values, steps, or weeks of a streak. */
export function targetOf(goal: MissionGoal): number {
  switch (goal.kind) {
    case 'set':
      return goal.values.length;
    case 'sequence':
      return goal.steps.length;
    case 'streak':
      return goal.length ?? goal.weeks ?? 0;
    default:
      return goal.target;
  }
}

/** The parts of the way that are rewarded, nearest first. */
export function stepsOf({ goal, steps }: Pick<Mission, 'goal' | 'steps'>): readonly MissionStep[] {
  if (goal.kind !== 'sequence') return steps ?? [];
  return goal.steps.map(({ name, reward }, index) => ({
    at: index + 1,
    name,
    reward: reward ?? { points: [], badges: [] },
  }));
}

/** The parts of the way that give something of their own; undefined where a mission has none. */
export function rewardedSteps(mission: Pick<Mission, 'goal' | 'steps'>): readonly MissionStep[] | undefined {
  if (mission.goal.kind !== 'sequence') return mission.steps;
  const rewarded = stepsOf(mission).filter(({ reward }) => reward.points.length + reward.badges.length > 0);
  return rewarded.length === 0 ? undefined : rewarded;
}

/** What a streak counts: days, weeks or months. */
export function unitOf(goal: StreakGoal): StreakUnit {
  return goal.unit ?? 'week';
}

/** So many pauses that are not over a member may have planned in one streak. */
export const PAUSES_MAX = 12;

/**
 * What a member or staff say of a streak (`streak.*` activities); whatever cannot be is a business refusal. `instead` is the first
 * day of the pause that is changed or given up, null for one more; entries of engine 1 do not say: there was one.
 */
export const SaidOfStreak = z.object({
  mission: z.string(),
  from: z.optional(z.string()),
  until: z.optional(z.string()),
  instead: z.optional(z.nullable(z.string())),
  period: z.optional(z.string()),
  freezes: z.optional(z.int()),
});
export type SaidOfStreak = z.infer<typeof SaidOfStreak>;
