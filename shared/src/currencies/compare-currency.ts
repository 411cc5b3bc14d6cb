import { type Comparison, differing, zoneDifference } from '#programs/difference.js';
import { judgeBoth, judgeBudget, judgeCap, judgeExpiry, judgeGain, judgeMore } from '#programs/judge-change.js';
import type { Currency } from './currency.js';
import { tellNotice, tellTransfer } from './tell-currency.js';

/** The kinder a policy is to who used points that go back, the higher. */
const KINDNESS = { negative: 0, withinBalance: 1, pendingOnly: 2 } as const;

/** How two revisions of a currency differ. */
export const currencyComparison: Comparison<Currency> = {
  fields: ['unit', 'kind', 'expiry', 'transfer', 'notice', 'approveAbove', 'onReversal', 'budget', 'perMember', 'zone'],
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
      ...differing(
        both,
        'perMember',
        ({ perMember }) => perMember,
        judgeCap,
        (teller, limit, { id }) => teller.cap(limit, id),
      ),
      ...differing(
        both,
        'kind',
        ({ kind = 'spendable' }) => kind,
        (_, is) => (is === 'spendable' ? 'better' : 'worse'),
        ({ words }, kind) => words.currency.kinds[kind],
      ),
      ...differing(
        both,
        'transfer',
        ({ transfer }) => transfer,
        (was, is) =>
          judgeGain(was, is, (before, after) =>
            judgeBoth([judgeMore(before.perGift, after.perGift), judgeMore(before.perDay, after.perDay)]),
          ),
        (teller, _, currency) => tellTransfer(currency, teller),
      ),
      ...differing(
        both,
        'notice',
        ({ notice }) => notice,
        (was, is) => judgeGain(was, is, judgeMore),
        (teller, _, currency) => tellNotice(currency, teller),
      ),
      ...differing(
        both,
        'approveAbove',
        ({ approveAbove }) => approveAbove,
        'neutral',
        (teller, limit, { id }) => (limit === undefined ? '' : teller.points(id, limit)),
      ),
      ...differing(
        both,
        'onReversal',
        ({ onReversal = 'withinBalance' }) => onReversal,
        (was, is) => judgeMore(KINDNESS[was], KINDNESS[is]),
        ({ words }, policy) => words.currency.onReversal[policy],
      ),
      ...zoneDifference(both),
    ];
  },
};
