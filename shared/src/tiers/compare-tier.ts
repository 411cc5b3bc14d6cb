import { type Comparison, differing, zoneDifference } from '#programs/difference.js';
import { judgeLess, judgeMore, judgeSet } from '#programs/judge-change.js';
import type { Tier } from './tier.js';

/** How two revisions of a tier differ. */
export const tierComparison: Comparison<Tier> = {
  fields: ['currency', 'threshold', 'percent', 'benefits', 'zone'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...differing(
        both,
        'currency',
        ({ currency }) => currency,
        'worse',
        (teller, id) => teller.name('currencies', id),
      ),
      ...differing(
        both,
        'threshold',
        ({ threshold }) => threshold,
        judgeLess,
        (teller, threshold, { currency }) => teller.points(currency, threshold),
      ),
      ...differing(
        both,
        'percent',
        ({ percent }) => percent,
        judgeMore,
        (teller, percent) => teller.factor([percent, 100]),
      ),
      ...differing(
        both,
        'benefits',
        ({ benefits }) => benefits,
        (was, is) =>
          judgeSet(
            was.map((one) => JSON.stringify(one)),
            is.map((one) => JSON.stringify(one)),
          ),
        (teller, benefits) => teller.format.list(benefits.map((benefit) => teller.choose(benefit))),
      ),
      ...zoneDifference(both),
    ];
  },
};
