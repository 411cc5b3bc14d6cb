import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import { fieldTestOf, type Condition, type FieldTest, type NumberOperator } from '@verbena/shared/rules/condition.js';
import type { DefinitionZone } from '@verbena/shared/programs/definition.js';
import { addDays, dayOf, periodKey } from './calendar.js';
import { counterId } from './compile-counter.js';
import { operandOf } from './compile-field-test.js';
import { attributesOf, type Declared, knownOf } from './compile-trigger.js';
import { isFolded } from './field-values.js';

/** A filter of the database, as plain data. */
export type Filter = Readonly<Record<string, unknown>>;

/** Where a document holds what conditions read, and on which day they are asked. */
export interface FilterScope {
  /** The path of an activity's attributes: `activity.attributes`. Where its type folds (`x-compare`) they stand there folded. */
  readonly attributes: string;
  /** What these attributes may be; null where it is not known. */
  readonly fields: ObjectAttribute | null;
  readonly declared: Declared;
  /** The path of a member's state: `state`. */
  readonly state: string;
  readonly zone: DefinitionZone;
  readonly today: LocalDates;
  /** The present tiers by id, lowest first. */
  readonly ladder: readonly string[];
}

/** `$type` looks into lists: something is there if one of these is. */
const THERE = ['string', 'number', 'bool', 'object'];
const comparisons = { eq: '$eq', ne: '$ne', gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte' } as const satisfies Record<
  NumberOperator,
  string
>;

/**
 * A condition as a filter of MongoDB that finds exactly those documents of which the engine says yes. Tiers are those of the
 * present ladder; counters are those that the program declares for it, and stand in the state.
 */
export function filterOf(condition: Condition, scope: FilterScope): Filter {
  if ('not' in condition) return { $nor: [filterOf(condition.not, scope)] };
  if ('all' in condition) return { $and: condition.all.map((branch) => filterOf(branch, scope)) };
  if ('any' in condition) return { $or: condition.any.map((branch) => filterOf(branch, scope)) };
  if ('field' in condition) return fieldFilter(condition, scope.attributes, scope.fields);
  if ('member' in condition)
    return fieldFilter(fieldTestOf(condition), `${scope.state}.attributes`, knownOf(scope.declared));
  if ('count' in condition) return counterFilter(condition.count, undefined, condition, scope);
  if ('sum' in condition) return counterFilter(condition.sum, condition.sum.field, condition, scope);
  if ('tier' in condition) {
    const { tier } = condition;
    const ids = 'is' in tier ? [tier.is] : scope.ladder.slice(Math.max(0, scope.ladder.indexOf(tier.atLeast)));
    return { [`${scope.state}.tier.id`]: { $in: ids } };
  }
  return { [`${scope.state}.badges.${condition.badge}`]: { $exists: true } };
}

function fieldFilter(test: FieldTest, root: string, fields: ObjectAttribute | null): Filter {
  const path = `${root}.${test.field}`;
  const value = operandOf(test, isFolded(fields, test.field));
  switch (test.op) {
    case 'in':
      return { [path]: { $in: value } };
    case 'notIn':
      return { [path]: { $nin: value } };
    case 'exists':
      return { [path]: { $type: THERE } };
    case 'missing':
      return { [path]: { $not: { $type: THERE } } };
    default:
      return { [path]: { [comparisons[test.op]]: value } };
  }
}

type Counted = Extract<Condition, { count: unknown }>['count'];

/** Counters are sums of buckets; one that is not there counts for nothing. */
function counterFilter(
  { activity, where, window }: Counted,
  field: string | undefined,
  { op, value }: { readonly op: NumberOperator; readonly value: number },
  { state, zone, today, declared }: FilterScope,
): Filter {
  const bucket = 'days' in window ? 'day' : window.period;
  const id = counterId({ activity, field, where, attributes: attributesOf({ activity }, declared), bucket, zone });
  const date = today[zone];
  const keys =
    'days' in window
      ? Array.from({ length: window.days }, (_, back) => addDays(date, -back))
      : [periodKey(dayOf(date), window.period)];
  const buckets = keys.map((key) => ({ $ifNull: [`$${state}.counters.${id}.${key}`, 0] }));
  return { $expr: { [comparisons[op]]: [{ $add: buckets }, value] } };
}
