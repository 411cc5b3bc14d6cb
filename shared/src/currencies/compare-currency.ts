import { type Comparison, differing, zoneDifference } from '#programs/difference.js';
import { judgeBudget, judgeExpiry } from '#programs/judge-change.js';
import type { Currency } from './currency.js';

/** How two revisions of a currency differ. */
export const currencyComparison: Comparison<Currency> = {
  fields: ['unit', 'expiry', 'budget', 'zone'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...differing(
        both,
        'unit',
        ({ unit }) => unit,
        'neutral',
        (teller, unit) => teller.choose(unit.other),
      ),
      ...differing(
        both,
        'expiry',
        ({ expiry }) => expiry,
        judgeExpiry,
        (teller, expiry) => teller.expiry(expiry),
      ),
      ...differing(
        both,
        'budget',
        ({ budget }) => budget,
        judgeBudget,
        (teller, budget, { id }) => teller.budget(budget, id),
      ),
      ...zoneDifference(both),
    ];
  },
};
