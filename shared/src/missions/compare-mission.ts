import {
  type Comparison,
  type Difference,
  descriptionDifference,
  differing,
  occasionDifferences,
  otherDifferences,
  returnDifference,
  zoneDifference,
} from '#programs/difference.js';
import type { Verdict } from '#programs/definition-change.js';
import {
  judgeBar,
  judgeBoostDays,
  judgeBoth,
  judgeBudget,
  judgeGain,
  judgeGoal,
  judgeLess,
  judgePoints,
  judgeSet,
  isSame,
} from '#programs/judge-change.js';
import { type Mission, type MissionStep, rewardedSteps } from './mission.js';
import { tellFailure, tellRequires, tellSteps, tellWindow } from './tell-mission.js';

/** How two revisions of a mission differ. */
export const missionComparison: Comparison<Mission> = {
  fields: [
    'description',
    'on',
    'when',
    'goal',
    'reward',
    'steps',
    'reset',
    'requires',
    'window',
    'timesMax',
    'failure',
    'budget',
    'onReversal',
    'zone',
  ],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...occasionDifferences(both),
      ...differing(both, 'goal', wayOf, judgeGoal, (teller, _, { goal, on }) => teller.goal(goal, on)),
      ...differing(
        both,
        'points',
        ({ reward }) => reward.points,
        judgePoints,
        (teller, points) => teller.format.list(points.map(({ currency, amount }) => teller.points(currency, amount))),
      ),
      ...differing(
        both,
        'badges',
        ({ reward }) => reward.badges,
        judgeSet,
        (teller, badges) => teller.format.list(badges.map((badge) => teller.name('badges', badge))),
      ),
      ...otherDifferences(before.reward, after.reward, ['points', 'badges']),
      ...differing(
        both,
        'places',
        ({ budget }) => budget,
        judgeBudget,
        (teller, budget) => teller.places(budget),
      ),
      ...compareRest(both),
      ...returnDifference(both),
      ...zoneDifference(both),
    ];
  },
};

/** What only some missions have: stages, what is needed first, when it counts, how often, what makes it fail. */
function compareRest(both: readonly [Mission, Mission]): readonly Difference[] {
  return [
    ...differing(
      both,
      'steps',
      rewardedSteps,
      (was, is) => judgeGain(was, is, judgeSteps),
      (teller, _, mission) => tellSteps(mission, teller),
    ),
    ...differing(
      both,
      'reset',
      ({ reset }) => reset,
      (was, is) => judgeGain(was, is, () => 'worse'),
      ({ words }, reset) => (reset === undefined ? '' : words.mission.resets),
    ),
    ...differing(
      both,
      'requires',
      ({ requires }) => requires,
      // Less that is needed is better.
      (was = [], is = []) => judgeSet(is.map(textOf), was.map(textOf)),
      (teller, requires) => tellRequires(requires, teller),
    ),
    ...differing(
      both,
      'window',
      ({ window }) => window,
      (was, is) => judgeBar(was, is, judgeWindow),
      (teller, window) => tellWindow(window, teller),
    ),
    ...differing(
      both,
      'timesMax',
      ({ timesMax }) => timesMax,
      (was, is) => judgeBar(was, is, (before, after) => judgeLess(after, before)),
      ({ words, format }, count) =>
        count === undefined ? words.mission.timesAny : words.mission.times({ count }, format),
    ),
    ...differing(
      both,
      'failure',
      ({ failure }) => failure,
      (was, is) => judgeBar(was, is, judgeFailure),
      (teller, failure) => tellFailure(failure, teller),
    ),
  ];
}

/** What must be done; what the steps of a sequence give is compared apart. */
function wayOf({ goal }: Mission): Mission['goal'] {
  if (goal.kind !== 'sequence') return goal;
  return { ...goal, steps: goal.steps.map(({ reward: _, ...step }) => step) };
}

/** Every stage that there was is there no later and gives no less: better. Names say nothing of it. */
function judgeSteps(was: readonly MissionStep[], is: readonly MissionStep[]): Verdict {
  const partsOf = (steps: readonly MissionStep[]) => steps.map(({ at, reward }) => ({ at, reward }));
  if (isSame(partsOf(was), partsOf(is))) return 'neutral';
  const isKept = was.every(({ at, reward }) =>
    is.some(
      (step) =>
        step.at <= at &&
        judgePoints(reward.points, step.reward.points) !== 'worse' &&
        judgeSet(reward.badges, step.reward.badges) !== 'worse',
    ),
  );
  return isKept && is.length >= was.length ? 'better' : 'worse';
}

type Window = NonNullable<Mission['window']>;

function judgeWindow(was: Window, is: Window): Verdict {
  return judgeBoth([judgeBoostDays(was, is), judgeBar(was.hours, is.hours)]);
}

type Failure = NonNullable<Mission['failure']>;

function judgeFailure(was: Failure, is: Failure): Verdict {
  const isSameCause = isSame({ ...was, coolDownDays: 0 }, { ...is, coolDownDays: 0 });
  return isSameCause ? judgeLess(was.coolDownDays, is.coolDownDays) : 'worse';
}

function textOf(value: object): string {
  return JSON.stringify(value);
}
