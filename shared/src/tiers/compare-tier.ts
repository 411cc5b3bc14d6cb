import { type Comparison, type Difference, differing, returnDifference, zoneDifference } from '#programs/difference.js';
import { judgeBar, judgeGain, judgeLess, judgeMore, judgeSet } from '#programs/judge-change.js';
import type { TermsTeller } from '#programs/tell-terms.js';
import { tellAlso, tellPeriod, tellTierExpiry } from './tell-tier.js';
import type { Tier } from './tier.js';

/** How two revisions of a tier differ. */
export const tierComparison: Comparison<Tier> = {
  fields: [
    'currency',
    'threshold',
    'percent',
    'benefits',
    'also',
    'period',
    'downgrade',
    'keep',
    'onReversal',
    'graceDays',
    'noticeDays',
    'expiry',
    'zone',
  ],
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
      ...compareKeeping(both),
      ...returnDifference(both),
      ...zoneDifference(both),
    ];
  },
};

/** How a tier is reached besides its minimum, and how it is kept and lost. */
function compareKeeping(both: readonly [Tier, Tier]): readonly Difference[] {
  return [
    ...differing(
      both,
      'also',
      ({ also }) => also,
      (was, is) => judgeBar(was, is),
      (teller, _, tier) => tellAlso(tier, teller),
    ),
    ...differing(
      both,
      'qualifies',
      ({ period }) => period,
      'worse',
      (teller, period) => tellPeriod(period, teller),
    ),
    ...differing(
      both,
      'downgrade',
      ({ downgrade = 'oneStep' }) => downgrade,
      (_, is) => (is === 'never' ? 'better' : 'worse'),
      ({ words }, downgrade) => words.tier.downgrades[downgrade],
    ),
    ...differing(
      both,
      'keep',
      ({ keep }) => keep,
      (was, is) => judgeGain(was, is, () => 'neutral'),
      ({ words }, keep) => (keep === undefined ? '' : words.tier.kept),
    ),
    ...differing(both, 'graceDays', ({ graceDays }) => graceDays, judgeDays, tellDays),
    ...differing(both, 'noticeDays', ({ noticeDays }) => noticeDays, judgeDays, tellDays),
    ...differing(
      both,
      'tierExpiry',
      ({ expiry }) => expiry,
      (was, is) => {
        if (is?.kind === 'never') return 'better';
        return was?.kind === 'months' && is?.kind === 'months' ? judgeMore(was.months, is.months) : 'worse';
      },
      (teller, expiry) => tellTierExpiry(expiry, teller),
    ),
  ];
}

function judgeDays(was: number | undefined, is: number | undefined) {
  return judgeGain(was, is, judgeMore);
}

function tellDays({ words, format }: TermsTeller, count: number | undefined): string {
  return count === undefined ? '' : words.days({ count }, format);
}
