import type { ReferralWait } from '@verbena/shared/referrals/referrals.routes.js';
import type { Amount } from '@verbena/shared/rules/amount.js';
import type { Condition } from '@verbena/shared/rules/condition.js';
import type { CompiledEarning, CompiledProgram, CompiledRule } from '#engine/compiled-program.js';

export type ReferralRole = 'friend' | 'advocate';

/** An earning that a referral's activity always sets off for one side, with its rule. */
export interface FixedGift {
  readonly rule: CompiledRule;
  readonly earning: CompiledEarning;
  readonly currency: string;
  readonly points: number;
}

/**
 * What the rules give one side of a referral whatever was bought: earnings on the activity that it causes whose conditions ask
 * for nothing but the role, and whose amount is a plain number. In declared order.
 */
export function fixedGiftsOf(program: CompiledProgram, gives: string, role: ReferralRole): FixedGift[] {
  return (program.rulesByTrigger.get(`activity:${gives}`) ?? []).flatMap((rule) => {
    if (!isCertain(rule.definition.when, role)) return [];
    return rule.earn.flatMap((earning) => {
      const { when, amount, currency } = earning.definition;
      const points = isCertain(when, role) ? plainNumber(amount) : null;
      return points === null || points === 0 ? [] : [{ rule, earning, currency, points }];
    });
  });
}

/** Gifts added up by currency. */
export function sumOf(gifts: readonly Pick<FixedGift, 'currency' | 'points'>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, points } of gifts) sums[currency] = (sums[currency] ?? 0) + points;
  return sums;
}

/** How long the points of a referral wait: the longest of what its rules say; undefined where all are usable at once. */
export function waitOf(program: CompiledProgram, gives: string): ReferralWait | undefined {
  const waits = (program.rulesByTrigger.get(`activity:${gives}`) ?? []).flatMap(({ earn }) =>
    earn.flatMap(({ definition: { pending } }) => (pending === undefined ? [] : [pending])),
  );
  if (waits.length === 0) return undefined;
  const days = waits.map((pending) => ('days' in pending ? pending.days : null));
  return { days: days.reduce((longest, one) => (longest === null || one === null ? null : Math.max(longest, one))) };
}

/** An amount made of fixed fractions only; null where it depends on anything. */
function plainNumber({ product, min = 0, max = Infinity, round = 'down' }: Amount): number | null {
  let [numerator, denominator] = [1n, 1n];
  for (const factor of product) {
    if (!('ratio' in factor)) return null;
    numerator *= BigInt(factor.ratio[0]);
    denominator *= BigInt(factor.ratio[1]);
  }
  if (round === 'nearest') [numerator, denominator] = [numerator * 2n + denominator, denominator * 2n];
  if (round === 'up') numerator += denominator - 1n;
  return Math.min(max, Math.max(min, Number(numerator / denominator)));
}

function isCertain(condition: Condition | undefined, role: ReferralRole): boolean {
  return condition === undefined || holds(condition, role) === true;
}

/** Whether a condition holds for a role; null where that depends on something else. */
function holds(condition: Condition, role: ReferralRole): boolean | null {
  if ('all' in condition) {
    const parts = condition.all.map((part) => holds(part, role));
    return parts.includes(false) ? false : parts.includes(null) ? null : true;
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => holds(part, role));
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  if ('not' in condition) {
    const inner = holds(condition.not, role);
    return inner === null ? null : !inner;
  }
  if (!('field' in condition) || condition.field !== 'role') return null;
  switch (condition.op) {
    case 'eq':
      return condition.value === role;
    case 'ne':
      return condition.value !== role;
    case 'in':
      return condition.value.includes(role);
    case 'notIn':
      return !condition.value.includes(role);
    case 'exists':
      return true;
    case 'missing':
      return false;
    default:
      return null;
  }
}
