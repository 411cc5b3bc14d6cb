import type { Verdict } from '#programs/definition-change.js';
import { type Comparison, descriptionDifference, differing, returnDifference } from '#programs/difference.js';
import { isSame, judgeBar, judgeLess, judgeMore } from '#programs/judge-change.js';
import type { Badge, BadgeExpiry } from './badge.js';

/** How two revisions of a badge differ. */
export const badgeComparison: Comparison<Badge> = {
  fields: ['description', 'picture', 'grant', 'series', 'expires', 'onReversal'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...differing(
        both,
        'picture',
        ({ picture = 'award' }) => picture,
        'neutral',
        ({ words }, picture) => words.pictures[picture],
      ),
      ...differing(
        both,
        'grant',
        ({ grant }) => grant,
        judgeGrant,
        (teller, grant) => teller.grant(grant),
      ),
      ...differing(
        both,
        'series',
        ({ series }) => series,
        'neutral',
        ({ words, format }, series) => (series === undefined ? '' : words.level(series, format)),
      ),
      ...differing(
        both,
        'badgeExpiry',
        ({ expires }) => expires,
        (was, is) => judgeBar(was, is, judgeExpiry),
        (teller, expires) => teller.badgeExpiry(expires),
      ),
      ...returnDifference(both),
    ];
  },
};

function judgeExpiry(was: BadgeExpiry, is: BadgeExpiry): Verdict {
  if ('days' in was && 'days' in is) return judgeMore(was.days, is.days);
  return 'until' in was && 'until' in is && is.until >= was.until ? 'better' : 'worse';
}

function judgeGrant(was: Badge['grant'], is: Badge['grant']): Verdict {
  const isSameCount =
    was.kind === 'count' && is.kind === 'count' && isSame({ ...was, target: 0 }, { ...is, target: 0 });
  return isSameCount ? judgeLess(was.target, is.target) : 'worse';
}
