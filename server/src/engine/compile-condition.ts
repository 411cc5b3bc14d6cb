import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Missed } from '@verbena/shared/ledger/receipt.js';
import type { DefinitionZone } from '@verbena/shared/programs/definition.js';
import {
  type BadgeTest,
  type Condition,
  type CountTest,
  type FieldTest,
  fieldTestOf,
  type MemberTest,
  type NumberOperator,
  type SumTest,
  type TierTest,
} from '@verbena/shared/rules/condition.js';
import { compileFieldTest } from './compile-field-test.js';
import { compileWindow } from './compile-counter.js';
import { attributesOf, type Declared, knownOf } from './compile-trigger.js';
import type { CounterDeclarations } from './compiled-program.js';
import { compileField, findAttribute } from './field-values.js';
import { own } from './own.js';
import type { Seen } from './seen.js';

/** Why a condition did not hold: its code, the value seen, the value needed (the tail of a receipt's `missed`). */
export type Unmet = [condition: string, seen: Missed[3], needed: Missed[4]];

/** A condition ready to be asked; `explain` is asked only after it did not hold. */
export interface CompiledCondition {
  readonly test: (seen: Seen) => boolean;
  readonly explain: (seen: Seen) => Unmet;
}

/** What compiling a condition needs to know of its surroundings. */
export interface ConditionScope {
  readonly zone: DefinitionZone;
  /** The attributes of the activity that sets the definition off; null where something else does. */
  readonly attributes: ObjectAttribute | null;
  /** The threshold of each present tier. */
  readonly thresholds: ReadonlyMap<string, number>;
  /** What the attributes of the types that are counted, and of members, may be. */
  readonly declared: Declared;
  readonly counters: CounterDeclarations;
}

/** A test and how its outcome reads; `flip` wants the opposite. */
type Leaf = (flip: boolean) => CompiledCondition;

const compare: { [O in NumberOperator]: (left: number, right: number) => boolean } = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
};

const SEEN_LENGTH_MAX = 40;

/** Compiles a condition. A `not` is pushed down to the tests, so that a receipt always names one test and its values. */
export function compileCondition(condition: Condition, scope: ConditionScope): CompiledCondition {
  return compile(condition, scope, false);
}

function compile(condition: Condition, scope: ConditionScope, flip: boolean): CompiledCondition {
  if ('not' in condition) return compile(condition.not, scope, !flip);
  if ('all' in condition) return join(condition.all, scope, flip, flip ? 'any' : 'all');
  if ('any' in condition) return join(condition.any, scope, flip, flip ? 'all' : 'any');
  if ('field' in condition) return fieldLeaf(condition, scope)(flip);
  if ('count' in condition) return numberLeaf('count', condition, scope)(flip);
  if ('sum' in condition) return numberLeaf('sum', condition, scope)(flip);
  if ('tier' in condition) return tierLeaf(condition, scope)(flip);
  if ('member' in condition) return memberLeaf(condition, scope)(flip);
  return badgeLeaf(condition)(flip);
}

function join(
  branches: readonly Condition[],
  scope: ConditionScope,
  flip: boolean,
  how: 'all' | 'any',
): CompiledCondition {
  const parts = branches.map((branch) => compile(branch, scope, flip));
  const [first] = parts;
  if (first === undefined) throw new Error('A condition has a branch without tests.');
  if (how === 'any') return { test: (seen) => parts.some((part) => part.test(seen)), explain: first.explain };
  return {
    test: (seen) => parts.every((part) => part.test(seen)),
    explain: (seen) => (parts.find((part) => !part.test(seen)) ?? first).explain(seen),
  };
}

function fieldLeaf(test: FieldTest, scope: ConditionScope): Leaf {
  const matches = compileFieldTest(test, scope.attributes);
  const read = compileField(test.field);
  const personal = scope.attributes !== null && findAttribute(scope.attributes, test.field)?.personal === true;
  const value = 'value' in test ? test.value : null;
  const needed = personal ? null : Array.isArray(value) ? value.join(', ').slice(0, SEEN_LENGTH_MAX) : shorten(value);
  return (flip) => ({
    test: (seen) => matches(seen.attributes) !== flip,
    explain: (seen) => [
      `field:${test.field}:${flip ? 'not:' : ''}${test.op}`,
      personal ? null : shorten(read(seen.attributes)[0]),
      needed,
    ],
  });
}

function numberLeaf(kind: 'count' | 'sum', test: CountTest | SumTest, scope: ConditionScope): Leaf {
  const { activity, where, window } = 'count' in test ? test.count : test.sum;
  const field = 'sum' in test ? test.sum.field : undefined;
  const attributes = attributesOf({ activity }, scope.declared);
  const read = compileWindow({ activity, field, where, attributes, zone: scope.zone }, window, scope.counters);
  const holds = compare[test.op];
  return (flip) => ({
    test: (seen) => holds(read(seen), test.value) !== flip,
    explain: (seen) => [`${kind}:${flip ? 'not:' : ''}${test.op}`, read(seen), test.value],
  });
}

function tierLeaf(test: TierTest, scope: ConditionScope): Leaf {
  const { tier } = test;
  const holds =
    'is' in tier
      ? (seen: Seen) => seen.tier?.definition.id === tier.is
      : (seen: Seen) => (seen.tier?.definition.threshold ?? -1) >= (scope.thresholds.get(tier.atLeast) ?? Infinity);
  const [how, needed] = 'is' in tier ? (['is', tier.is] as const) : (['atLeast', tier.atLeast] as const);
  return (flip) => ({
    test: (seen) => holds(seen) !== flip,
    explain: (seen) => [`tier:${flip ? 'not:' : ''}${how}`, seen.tier?.definition.id ?? null, needed],
  });
}

function memberLeaf(test: MemberTest, { declared }: ConditionScope): Leaf {
  const field = fieldTestOf(test);
  const matches = compileFieldTest(field, knownOf(declared));
  const value = 'value' in test ? test.value : null;
  const needed = Array.isArray(value) ? value.join(', ').slice(0, SEEN_LENGTH_MAX) : shorten(value);
  return (flip) => ({
    test: ({ before }) => matches(before.attributes ?? {}) !== flip,
    explain: ({ before }) => [
      `member:${test.member}:${flip ? 'not:' : ''}${test.op}`,
      shorten(own(before.attributes ?? {}, test.member)),
      needed,
    ],
  });
}

function badgeLeaf(test: BadgeTest): Leaf {
  return (flip) => ({
    test: (seen) => (own(seen.before.badges, test.badge) !== undefined) !== flip,
    explain: (seen) => [flip ? 'badge:not' : 'badge', own(seen.before.badges, test.badge) !== undefined, test.badge],
  });
}

function shorten(value: unknown): Missed[3] {
  if (typeof value === 'string') return value.slice(0, SEEN_LENGTH_MAX);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
