import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import type { DefinitionZone } from '@verbena/shared/programs/definition.js';
import type { Amount, Factor, Rounding } from '@verbena/shared/rules/amount.js';
import type { Boost } from '@verbena/shared/rules/rule.js';
import type { CalendarDay } from './calendar.js';
import type { CompiledCondition } from './compile-condition.js';
import { compileField, findAttribute } from './field-values.js';
import type { Seen } from './seen.js';

/** What an amount came to, as an exact text where it rounded to nothing, with the factors as they were seen. */
export interface AmountSeen {
  readonly amount: bigint;
  readonly factors: readonly FactorSeen[];
}

export type CompiledAmount = (seen: Seen) => AmountSeen;

export interface AmountScope {
  readonly zone: DefinitionZone;
  readonly attributes: ObjectAttribute | null;
  readonly boosts: readonly Boost[];
  /** The condition of a boost that has one. */
  readonly whenOf?: (boost: Boost) => CompiledCondition | null;
}

/** A factor as an exact fraction, and how it reads in a receipt (nothing where it is 1 by default). */
interface FactorValue {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly seen: FactorSeen | null;
}
type CompiledFactor = (seen: Seen) => FactorValue;

const round: { [R in Rounding]: (numerator: bigint, denominator: bigint) => bigint } = {
  down: (numerator, denominator) => {
    const quotient = numerator / denominator;
    return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
  },
  up: (numerator, denominator) => -round.down(-numerator, denominator),
  nearest: (numerator, denominator) => round.down(numerator * 2n + denominator, denominator * 2n),
};

/** Compiles an amount: one exact rational, rounded once at its end, then held between its bounds. */
export function compileAmount(amount: Amount, scope: AmountScope): CompiledAmount {
  const factors = amount.product.map((factor) => compileFactor(factor, scope));
  const rounded = round[amount.round ?? 'down'];
  const least = amount.min === undefined ? null : { value: amount.min, exact: BigInt(amount.min) };
  const most = amount.max === undefined ? null : { value: amount.max, exact: BigInt(amount.max) };
  return (seen) => {
    let numerator = 1n;
    let denominator = 1n;
    const trace: FactorSeen[] = [];
    for (const factor of factors) {
      const value = factor(seen);
      numerator *= value.numerator;
      denominator *= value.denominator;
      if (value.seen) trace.push(value.seen);
    }
    let result = rounded(numerator, denominator);
    if (least && result < least.exact) {
      result = least.exact;
      trace.push({ bound: 'min', value: least.value });
    }
    if (most && result > most.exact) {
      result = most.exact;
      trace.push({ bound: 'max', value: most.value });
    }
    return { amount: result, factors: trace };
  };
}

function compileFactor(factor: Factor, scope: AmountScope): CompiledFactor {
  if ('field' in factor) return fieldFactor(factor.field, scope);
  if ('ratio' in factor) {
    const [numerator, denominator] = factor.ratio;
    const value = { numerator: BigInt(numerator), denominator: BigInt(denominator), seen: { ratio: factor.ratio } };
    return () => value;
  }
  if ('tier' in factor) return tierPercent;
  return boostFactor(factor.boost, scope);
}

function fieldFactor(field: string, scope: AmountScope): CompiledFactor {
  const read = compileField(field);
  const found = scope.attributes === null ? undefined : findAttribute(scope.attributes, field);
  const unit = found?.schema['x-unit'];
  return (seen) => {
    let sum = 0n;
    for (const value of read(seen.attributes)) if (typeof value === 'number') sum += BigInt(value);
    if (found?.personal === true) return { numerator: sum, denominator: 1n, seen: null };
    const value = Number(sum);
    return { numerator: sum, denominator: 1n, seen: unit === undefined ? { field, value } : { field, value, unit } };
  };
}

const ONE: FactorValue = { numerator: 1n, denominator: 1n, seen: null };

function tierPercent(seen: Seen): FactorValue {
  if (seen.tier === null) return ONE;
  const { id, percent } = seen.tier.definition;
  return { numerator: BigInt(percent), denominator: 100n, seen: { tier: id, percent } };
}

function boostFactor(id: string, scope: AmountScope): CompiledFactor {
  const boost = scope.boosts.find((candidate) => candidate.id === id);
  if (boost === undefined) throw new Error(`There is no boost ${id}.`);
  const [numerator, denominator] = boost.ratio;
  const applied = {
    numerator: BigInt(numerator),
    denominator: BigInt(denominator),
    seen: { boost: id, ratio: boost.ratio },
  };
  const when = scope.whenOf?.(boost) ?? null;
  if (boost.when !== undefined && when === null) throw new Error(`Nobody compiled the condition of the boost ${id}.`);
  return (seen) => (isOn(boost, seen.day[scope.zone]) && (when === null || when.test(seen)) ? applied : ONE);
}

function isOn(boost: Boost, day: CalendarDay): boolean {
  if (boost.weekdays && !boost.weekdays.includes(day.weekday)) return false;
  return !(boost.from !== undefined && day.date < boost.from) && !(boost.until !== undefined && day.date > boost.until);
}
