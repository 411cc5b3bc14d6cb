import type { TermsTeller } from '#programs/tell-terms.js';
import { type Boost, capsOf, type Earning, type Rule } from './rule.js';
import type { Trigger } from './trigger.js';

/** What a rule gives, when, and how much at most, a sentence each. */
export function tellRule({ on, when, earn, boosts = [] }: Rule, teller: TermsTeller): readonly string[] {
  const { terms } = teller.words;
  const amounts = earn.map((earning) => tellEarning(earning, on, boosts, teller));
  const caps = earn.flatMap(({ cap, currency }) =>
    capsOf({ cap }).map((one) => terms.atMost({ cap: teller.cap(one, currency, on) })),
  );
  const budgets = earn.flatMap(({ budget, currency }) =>
    budget === undefined ? [] : [terms.budget({ budget: teller.budget(budget, currency) })],
  );
  return [
    terms.earns({ trigger: teller.trigger(on), amounts: teller.format.list(amounts) }),
    ...teller.provided(when, on),
    ...new Set(caps),
    ...budgets,
    ...boosts.map((boost) =>
      terms.boost({
        name: teller.choose(boost.name),
        factor: teller.factor(boost.ratio),
        days:
          boost.when === undefined
            ? teller.boostDays(boost)
            : terms.earningOnly({ amount: teller.boostDays(boost), condition: teller.condition(boost.when, on) }),
      }),
    ),
  ];
}

function tellEarning(
  { amount, currency, when, pending }: Earning,
  on: Trigger,
  boosts: readonly Boost[],
  teller: TermsTeller,
): string {
  const told = tellPending(teller.amount(amount, currency, on, boosts), pending, teller);
  return when === undefined
    ? told
    : teller.words.terms.earningOnly({ amount: told, condition: teller.condition(when, on) });
}

/** When points become usable that are not so at once. */
function tellPending(amount: string, pending: Earning['pending'], teller: TermsTeller): string {
  const { terms, days } = teller.words;
  if (pending === undefined) return amount;
  if ('days' in pending) return terms.pendingDays({ amount, days: days({ count: pending.days }, teller.format) });
  return pending.activity === undefined
    ? terms.pendingAction({ amount })
    : terms.pendingActivity({ amount, name: teller.name('activityTypes', pending.activity) });
}
