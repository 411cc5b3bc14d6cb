import { type Comparison, descriptionDifference, differing } from '#programs/difference.js';
import { judgeBoard } from '#programs/judge-change.js';
import type { Board } from './board.js';

/** How two revisions of a board differ. */
export const boardComparison: Comparison<Board> = {
  fields: ['description', 'currency', 'period', 'ties', 'zone'],
  compare: (before, after) => {
    const both = [before, after] as const;
    const verdict = judgeBoard(before, after);
    return [
      ...descriptionDifference(both),
      ...differing(
        both,
        'currency',
        ({ currency }) => currency,
        verdict,
        (teller, id) => teller.name('currencies', id),
      ),
      ...differing(
        both,
        'period',
        ({ period }) => period,
        verdict,
        ({ words }, period) => words.periods[period],
      ),
      ...differing(
        both,
        'ties',
        ({ ties }) => ties,
        verdict,
        ({ words }, ties) => words.ties[ties],
      ),
    ];
  },
};
