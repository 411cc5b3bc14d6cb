import { type Comparison, descriptionDifference, differing } from '#programs/difference.js';
import { judgeCondition, judgeMore } from '#programs/judge-change.js';
import type { Referral } from './referral.js';

/** How two revisions of a referral differ. */
export const referralComparison: Comparison<Referral> = {
  fields: ['description', 'on', 'when', 'withinDays', 'gives'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...differing(
        both,
        'trigger',
        ({ on }) => on,
        'worse',
        (teller, on) => teller.name('activityTypes', on),
      ),
      ...differing(
        both,
        'when',
        (referral) => referral.when,
        judgeCondition,
        (teller, condition, { on }) => teller.condition(condition, { activity: on }),
      ),
      ...differing(
        both,
        'withinDays',
        ({ withinDays }) => withinDays,
        judgeMore,
        ({ words, format }, count) => words.days({ count }, format),
      ),
      ...differing(
        both,
        'gives',
        ({ gives }) => gives,
        'worse',
        (teller, type) => teller.name('activityTypes', type),
      ),
    ];
  },
};
