import type { Board } from '#leaderboards/board.js';
import { targetOf, unitOf, type Mission } from '#missions/mission.js';
import type { Amount } from '#rules/amount.js';
import type { Condition } from '#rules/condition.js';
import type { Boost, Cap } from '#rules/rule.js';
import type { Currency } from '#currencies/currency.js';
import type { Budget, PlacesBudget } from './budget.js';
import type { Verdict } from './definition-change.js';
import { reducedProduct } from './tell-terms.js';

/*
 * Pure judgements of one field: is the later value to the member's benefit? Each answers `worse` wherever it cannot be sure.
 */

/** More is better: points, percentages, months. */
export function judgeMore(before: number, after: number): Verdict {
  return after === before ? 'neutral' : after > before ? 'better' : 'worse';
}

/** Less is better: targets, thresholds. */
export function judgeLess(before: number, after: number): Verdict {
  return judgeMore(after, before);
}

/** The later of two lists has all that the earlier one had: better; something is missing: worse. */
export function judgeSet(before: readonly string[], after: readonly string[]): Verdict {
  if (before.some((one) => !after.includes(one))) return 'worse';
  return after.length > before.length ? 'better' : 'neutral';
}

/** A condition that is gone, or one comparison of the same field that lets more through, is better. */
export function judgeCondition(before: Condition | undefined, after: Condition | undefined): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (after === undefined) return 'better';
  if (before === undefined || !('field' in before) || !('field' in after)) return 'worse';
  if (before.field !== after.field || before.op !== after.op) return 'worse';
  if (!('value' in before) || !('value' in after)) return 'worse';
  const [was, is] = [before.value, after.value];
  if (typeof was === 'number' && typeof is === 'number') {
    if (after.op === 'gt' || after.op === 'gte') return judgeLess(was, is);
    if (after.op === 'lt' || after.op === 'lte') return judgeMore(was, is);
  }
  return after.op === 'in' && Array.isArray(was) && Array.isArray(is)
    ? judgeSet(was.map(String), is.map(String))
    : 'worse';
}

/** The same product with a larger fraction, a boost more, a higher bound or kinder rounding is better. */
export function judgeAmount(before: Amount, after: Amount, boosts: readonly Boost[]): Verdict {
  if (isSame(before, after)) return 'neutral';
  const verdicts = [
    judgeProduct(before, after, boosts),
    judgeOptional(before.min, after.min, 0, judgeMore),
    judgeOptional(before.max, after.max, Number.MAX_SAFE_INTEGER, judgeMore),
    judgeMore(ROUNDING[before.round ?? 'down'], ROUNDING[after.round ?? 'down']),
  ];
  return verdicts.includes('worse') ? 'worse' : verdicts.includes('better') ? 'better' : 'neutral';
}

const ROUNDING = { down: 0, nearest: 1, up: 2 } as const;

function judgeProduct(before: Amount, after: Amount, boosts: readonly Boost[]): Verdict {
  const [was, is] = [otherFactors(before), otherFactors(after)];
  if (was.some((factor) => !is.includes(factor)) || is.length < was.length) return 'worse';
  const more = [...is];
  for (const factor of was) more.splice(more.indexOf(factor), 1);
  // A boost that never takes anything away may come in; another field or the tier may be zero.
  const areBoosts = more.every((factor) =>
    boosts.some(({ id, ratio: [top, bottom] }) => factor === JSON.stringify({ boost: id }) && top >= bottom),
  );
  if (!areBoosts) return 'worse';
  const ratio = judgeRatio(ratioOf(before), ratioOf(after));
  return ratio === 'neutral' && more.length > 0 ? 'better' : ratio;
}

export function judgeRatio([top, bottom]: readonly [number, number], after: readonly [number, number]): Verdict {
  const difference = BigInt(after[0]) * BigInt(bottom) - BigInt(top) * BigInt(after[1]);
  return difference === 0n ? 'neutral' : difference > 0n ? 'better' : 'worse';
}

function ratioOf({ product }: Amount): [number, number] {
  return reducedProduct(product.flatMap((factor) => ('ratio' in factor ? [factor.ratio] : [])));
}

function otherFactors({ product }: Amount): string[] {
  return product.filter((factor) => !('ratio' in factor)).map((factor) => JSON.stringify(factor));
}

/** No cap, or a higher one over the same period, is better. */
export function judgeCap(before: Cap | undefined, after: Cap | undefined): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (after === undefined) return 'better';
  if (before === undefined || before.per !== after.per) return 'worse';
  const verdicts = [
    judgeOptional(before.times, after.times, Number.MAX_SAFE_INTEGER, judgeMore),
    judgeOptional(before.points, after.points, Number.MAX_SAFE_INTEGER, judgeMore),
  ];
  return verdicts.includes('worse') ? 'worse' : 'better';
}

/** Fewer caps, or higher ones, are better; one that counts what none did is not. */
export function judgeCaps(before: readonly Cap[], after: readonly Cap[]): Verdict {
  const verdicts = after.map((cap) =>
    judgeCap(
      before.find(({ per, by }) => per === cap.per && by === cap.by),
      cap,
    ),
  );
  if (verdicts.includes('worse')) return 'worse';
  return verdicts.includes('better') || after.length < before.length ? 'better' : 'neutral';
}

/** No budget, or a larger one over the same period that is given to its last point, is better. */
export function judgeBudget(before: AnyBudget | undefined, after: AnyBudget | undefined): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (after === undefined) return 'better';
  if (before === undefined || before.per !== after.per) return 'worse';
  const verdicts = [
    judgeMore(before.limit, after.limit),
    judgeMore(Number(before.whenShort === 'partial'), Number(after.whenShort === 'partial')),
  ];
  return verdicts.includes('worse') ? 'worse' : 'better';
}

type AnyBudget = PlacesBudget & Partial<Pick<Budget, 'whenShort'>>;

/** What may be there: having it is better; of two, `judge` says. */
export function judgeGain<V>(before: V | undefined, after: V | undefined, judge: (was: V, is: V) => Verdict): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (after === undefined) return 'worse';
  return before === undefined ? 'better' : judge(before, after);
}

/** What may stand in the way: without it is better; of two, `judge` says, else it is worse. */
export function judgeBar<V>(
  before: V | undefined,
  after: V | undefined,
  judge: (was: V, is: V) => Verdict = () => 'worse',
): Verdict {
  return judgeGain(after, before, (is, was) => judge(was, is));
}

/** One and then the other: the worse counts, better where one is and none is worse. */
export function judgeBoth(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('worse') ? 'worse' : verdicts.includes('better') ? 'better' : 'neutral';
}

type Days = Pick<Boost, 'weekdays' | 'from' | 'until'>;

/** More days of a boost, or on which a mission counts, are better. */
export function judgeBoostDays(before: Days, after: Days): Verdict {
  const verdicts = [
    judgeSet((before.weekdays ?? ALL_DAYS).map(String), (after.weekdays ?? ALL_DAYS).map(String)),
    judgeLess(dayNumber(before.from, FIRST_DAY), dayNumber(after.from, FIRST_DAY)),
    judgeMore(dayNumber(before.until, LAST_DAY), dayNumber(after.until, LAST_DAY)),
  ];
  return verdicts.includes('worse') ? 'worse' : verdicts.includes('better') ? 'better' : 'neutral';
}

const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

function dayNumber(date: string | undefined, absent: string): number {
  return Number((date ?? absent).replaceAll('-', ''));
}

/** The same kind of goal with a lower target is better. */
export function judgeGoal(before: Mission['goal'], after: Mission['goal']): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (before.kind === 'streak' && after.kind === 'streak') {
    const isSameButLength =
      unitOf(before) === unitOf(after) &&
      isSame({ ...before, weeks: 0, length: 0, unit: 0 }, { ...after, weeks: 0, length: 0, unit: 0 });
    return isSameButLength ? judgeLess(targetOf(before), targetOf(after)) : 'worse';
  }
  if ('target' in before && 'target' in after && isSame({ ...before, target: 0 }, { ...after, target: 0 }))
    return judgeLess(before.target, after.target);
  return 'worse';
}

/** More points of each currency that was there are better. */
export function judgePoints(
  before: readonly { readonly currency: string; readonly amount: number }[],
  after: readonly { readonly currency: string; readonly amount: number }[],
): Verdict {
  const sum = (list: typeof before, currency: string) =>
    list.filter((one) => one.currency === currency).reduce((total, { amount }) => total + amount, 0);
  const currencies = new Set([...before, ...after].map(({ currency }) => currency));
  const verdicts = [...currencies].map((currency) => judgeMore(sum(before, currency), sum(after, currency)));
  return verdicts.includes('worse') ? 'worse' : verdicts.includes('better') ? 'better' : 'neutral';
}

/** Later or never is better. */
export function judgeExpiry(before: Currency['expiry'], after: Currency['expiry']): Verdict {
  if (isSame(before, after)) return 'neutral';
  if (after.kind === 'never') return 'better';
  return before.kind === 'months' &&
    after.kind === 'months' &&
    isSame({ ...before, months: 0 }, { ...after, months: 0 })
    ? judgeMore(before.months, after.months)
    : 'worse';
}

/** Another run, currency or rule for ties changes where everybody stands. */
export function judgeBoard(before: Board, after: Board): Verdict {
  return before.currency === after.currency && before.period === after.period && before.ties === after.ties
    ? 'neutral'
    : 'worse';
}

function judgeOptional(
  before: number | undefined,
  after: number | undefined,
  absent: number,
  judge: (before: number, after: number) => Verdict,
): Verdict {
  return judge(before ?? absent, after ?? absent);
}

/** Whether two plain values say the same, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [a, b] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...a.keys(), ...b.keys()])].every((key) => isSame(a.get(key), b.get(key)));
}
