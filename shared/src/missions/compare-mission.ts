import {
  type Comparison,
  descriptionDifference,
  differing,
  otherDifferences,
  zoneDifference,
} from '#programs/difference.js';
import { judgeBudget, judgeCondition, judgeGoal, judgePoints, judgeSet } from '#programs/judge-change.js';
import type { Mission } from './mission.js';

/** How two revisions of a mission differ. */
export const missionComparison: Comparison<Mission> = {
  fields: ['description', 'on', 'when', 'goal', 'reward', 'budget', 'zone'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...differing(
        both,
        'trigger',
        ({ on }) => on,
        'worse',
        (teller, on) => teller.trigger(on),
      ),
      ...differing(
        both,
        'when',
        (mission) => mission.when,
        judgeCondition,
        (teller, condition, { on }) => teller.condition(condition, on),
      ),
      ...differing(
        both,
        'goal',
        ({ goal }) => goal,
        judgeGoal,
        (teller, goal, { on }) => teller.goal(goal, on),
      ),
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
      ...zoneDifference(both),
    ];
  },
};
