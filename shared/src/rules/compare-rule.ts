import {
  type Comparison,
  type Difference,
  type Tell,
  type TellValue,
  aspect,
  aspectSentence,
  descriptionDifference,
  differing,
  occasionDifferences,
  otherDifferences,
  when,
  zoneDifference,
} from '#programs/difference.js';
import type { Verdict } from '#programs/definition-change.js';
import {
  isSame,
  judgeAmount,
  judgeBar,
  judgeBoostDays,
  judgeBudget,
  judgeCaps,
  judgeCondition,
  judgeLess,
  judgeRatio,
} from '#programs/judge-change.js';
import { type Boost, capsOf, type Earning, type Pending, type Rule } from './rule.js';

/** How two revisions of a rule differ, earning by earning and boost by boost. */
export const ruleComparison: Comparison<Rule> = {
  fields: ['description', 'on', 'when', 'earn', 'boosts', 'group', 'zone'],
  compare: (before, after) => {
    const both = [before, after] as const;
    return [
      ...descriptionDifference(both),
      ...occasionDifferences(both),
      ...before.earn.flatMap((earning, index) => compareEarning(before, after, earning, after.earn[index])),
      ...after.earn
        .slice(before.earn.length)
        .map((earning) => aspect('earning', 'better', () => '', tellEarning(earning, after))),
      ...compareBoosts(before, after),
      ...differing(
        both,
        'group',
        ({ group }) => group,
        (was, is) => judgeBar(was, is),
        ({ words }, group) => (group === undefined ? '' : words.pick[group.pick](group)),
      ),
      ...zoneDifference(both),
    ];
  },
};

function tellEarning({ amount, currency }: Earning, { on, boosts }: Rule): TellValue {
  return (teller) => teller.amount(amount, currency, on, boosts);
}

function compareEarning(before: Rule, after: Rule, was: Earning, is: Earning | undefined): readonly Difference[] {
  const [from, to] = [tellEarning(was, before), is === undefined ? () => '' : tellEarning(is, after)];
  if (is === undefined) return [aspect('earning', 'worse', from, to)];
  const isMoved = was.currency !== is.currency;
  return [
    ...when(isMoved || !isSame(was.amount, is.amount), () => ({
      verdict: isMoved ? ('worse' as const) : judgeAmount(was.amount, is.amount, after.boosts ?? []),
      tell: (pair, thing) => {
        const [old, now] = [from(pair.old), to(pair.now)];
        return old === now
          ? pair.words.reworded({ thing, aspect: pair.words.aspects.earning })
          : pair.words.moves({ thing, from: old, to: now });
      },
    })),
    ...differing(
      [was, is],
      'earningWhen',
      (earning) => earning.when,
      judgeCondition,
      (teller, condition, earning) => teller.condition(condition, earning === was ? before.on : after.on),
    ),
    ...differing(
      [was, is],
      'cap',
      ({ cap }) => cap,
      (from, to) => judgeCaps(capsOf({ cap: from }), capsOf({ cap: to })),
      (teller, cap, earning) => teller.caps(cap, earning.currency, earning === was ? before.on : after.on),
    ),
    ...differing(
      [was, is],
      'budget',
      ({ budget }) => budget,
      judgeBudget,
      (teller, budget, { currency }) => teller.budget(budget, currency),
    ),
    ...differing(
      [was, is],
      'pending',
      ({ pending }) => pending,
      (from, to) => judgeBar(from, to, judgePending),
      (teller, pending) => teller.pending(pending),
    ),
    ...otherDifferences(was, is, ['currency', 'amount', 'when', 'cap', 'budget', 'pending']),
  ];
}

function judgePending(was: Pending, is: Pending): Verdict {
  return 'days' in was && 'days' in is ? judgeLess(was.days, is.days) : 'worse';
}

function compareBoosts(before: Rule, after: Rule): readonly Difference[] {
  const find = ({ boosts = [] }: Rule, id: string) => boosts.find((boost) => boost.id === id);
  const ids = new Set([...(before.boosts ?? []), ...(after.boosts ?? [])].map(({ id }) => id));
  return [...ids].flatMap((id) => compareBoost(find(before, id), find(after, id), before, after));
}

function compareBoost(was: Boost | undefined, is: Boost | undefined, before: Rule, after: Rule): readonly Difference[] {
  const named = is ?? was;
  if (named === undefined) return [];
  const tell =
    (label: 'boost' | 'boostDays' | 'boostWhen', from: TellValue, to: TellValue): Tell =>
    (pair, thing) =>
      aspectSentence(
        pair,
        thing,
        pair.words.aspects[label]({ name: pair.now.choose(named.name) }),
        from(pair.old),
        to(pair.now),
      );
  const whole =
    (boost: Boost | undefined): TellValue =>
    (teller) =>
      boost === undefined ? '' : `${teller.factor(boost.ratio)}, ${teller.boostDays(boost)}`;
  // What is declared and in no product changes nothing; the product itself is judged with the amount.
  if (was === undefined) return [{ verdict: 'neutral', tell: tell('boost', whole(was), whole(is)) }];
  if (is === undefined) return [{ verdict: 'worse', tell: tell('boost', whole(was), whole(is)) }];
  const days = judgeBoostDays(was, is);
  return [
    ...when(!isSame(was.name, is.name), () => ({
      verdict: 'neutral' as const,
      tell: ({ old, now, words }) => {
        const [from, to] = [old.choose(was.name), now.choose(is.name)];
        const thing = words.aspects.boost({ name: from });
        return from === to ? words.reworded({ thing, aspect: words.aspects.name }) : words.renamed({ from: thing, to });
      },
    })),
    ...when(!isSame(was.ratio, is.ratio), () => ({
      verdict: judgeRatio(was.ratio, is.ratio),
      tell: tell(
        'boost',
        (teller) => teller.factor(was.ratio),
        (teller) => teller.factor(is.ratio),
      ),
    })),
    ...when(days !== 'neutral', () => ({
      // More days of a boost that takes away are not to anybody's benefit.
      verdict: is.ratio[0] < is.ratio[1] ? ('worse' as const) : days,
      tell: tell(
        'boostDays',
        (teller) => teller.boostDays(was),
        (teller) => teller.boostDays(is),
      ),
    })),
    ...when(!isSame(was.when, is.when), () => ({
      verdict: is.ratio[0] < is.ratio[1] ? ('worse' as const) : judgeCondition(was.when, is.when),
      tell: tell(
        'boostWhen',
        (teller) => teller.condition(was.when, before.on),
        (teller) => teller.condition(is.when, after.on),
      ),
    })),
    ...otherDifferences(was, is, ['id', 'name', 'ratio', 'weekdays', 'from', 'until', 'when']),
  ];
}
