import type { Verdict } from '#programs/definition-change.js';
import { type Comparison, descriptionDifference, differing } from '#programs/difference.js';
import { isSame, judgeLess } from '#programs/judge-change.js';
import type { Badge } from './badge.js';

/** How two revisions of a badge differ. */
export const badgeComparison: Comparison<Badge> = {
  fields: ['description', 'grant'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...differing(
        both,
        'grant',
        ({ grant }) => grant,
        judgeGrant,
        (teller, grant) => teller.grant(grant),
      ),
    ];
  },
};

function judgeGrant(was: Badge['grant'], is: Badge['grant']): Verdict {
  const isSameCount =
    was.kind === 'count' && is.kind === 'count' && isSame({ ...was, target: 0 }, { ...is, target: 0 });
  return isSameCount ? judgeLess(was.target, is.target) : 'worse';
}
