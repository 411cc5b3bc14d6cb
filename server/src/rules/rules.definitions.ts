import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import { budgetOfCurrency, budgetOfEarning } from '@verbena/shared/programs/budget.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { type Boost, capsOf, type Earning, type Rule } from '@verbena/shared/rules/rule.js';
import {
  checkAmountField,
  checkApartField,
  checkCondition,
  checkDay,
  checkReference,
  checkTrigger,
  problem,
  type Path,
} from '#engine/check-definition.js';
import { compileAmount } from '#engine/compile-amount.js';
import { compileCondition } from '#engine/compile-condition.js';
import { attributesOf, thresholdsOf } from '#engine/compile-trigger.js';
import type { CompiledCap, CompiledRule, CompileInput, DefinitionCompiler } from '#engine/compiled-program.js';
import { compileApart } from '#engine/counted-apart.js';
import { triggerKey } from '#engine/definition-graph.js';

/** Earning rules as definitions. */
export const rulesSource: DefinitionCompiler<'rules'> = {
  kind: 'rules',
  check: (definitions) => definitions.rules.flatMap((rule, index) => checkRule(definitions, rule, ['rules', index])),
  compile: (input) => input.current.rules.map((rule, order) => compileRule(rule, order, input)),
};

function compileRule(rule: Rule, order: number, { current, counters }: CompileInput): CompiledRule {
  const attributes = attributesOf(rule.on, current);
  const scope = {
    zone: rule.zone,
    attributes,
    thresholds: thresholdsOf(current),
    declared: current,
    counters,
    boosts: rule.boosts ?? [],
  };
  const whenOf = ({ when }: Boost) => (when ? compileCondition(when, scope) : null);
  return {
    definition: rule,
    order,
    trigger: triggerKey(rule.on),
    when: rule.when ? compileCondition(rule.when, scope) : null,
    earn: rule.earn.map((earning, index) => ({
      definition: earning,
      when: earning.when ? compileCondition(earning.when, scope) : null,
      amount: compileAmount(earning.amount, { ...scope, whenOf }),
      // A rule's earnings have allowances of their own; the first keeps the plain name.
      caps: compileCaps(earning, index === 0 ? rule.id : `${rule.id}:${index}`, attributes),
      budgets: [
        ...(earning.budget ? [budgetOfEarning(rule.id, index)] : []),
        ...(current.currencies.some(({ id, budget }) => id === earning.currency && budget)
          ? [budgetOfCurrency(earning.currency)]
          : []),
      ],
    })),
  };
}

/** Names say what a cap counts, so that it goes on wherever it stands in the list: the first that counts all together is the plain one. */
function compileCaps(earning: Earning, name: string, attributes: ObjectAttribute | null): CompiledCap[] {
  const caps = capsOf(earning);
  const plain = caps.find(({ by }) => by === undefined);
  return caps.map((cap) => ({
    ...cap,
    id: cap === plain ? name : [name, cap.per, ...(cap.by === undefined ? [] : [cap.by])].join('~'),
    apart: compileApart(cap.by, attributes),
  }));
}

function checkRule(definitions: Definitions, rule: Rule, path: Path): Problem[] {
  const attributes = attributesOf(rule.on, definitions);
  return [
    ...checkTrigger(definitions, rule.on, [...path, 'on']),
    ...(rule.when ? checkCondition(definitions, attributes, rule.when, [...path, 'when']) : []),
    ...checkGroup(definitions, rule, [...path, 'group', 'pick']),
    ...(rule.boosts ?? []).flatMap((boost, index) => checkBoost(rule, boost, index, [...path, 'boosts', index])),
    ...(rule.boosts ?? []).flatMap(({ when }, index) =>
      when ? checkCondition(definitions, attributes, when, [...path, 'boosts', index, 'when']) : [],
    ),
    ...rule.earn.flatMap((earning, index) => checkEarning(definitions, rule, earning, [...path, 'earn', index])),
  ];
}

/** The rules of a group agree on how it picks, and on what is compared. */
function checkGroup({ rules }: Definitions, { group, earn }: Rule, path: Path): Problem[] {
  if (group === undefined) return [];
  const first = rules.find((other) => other.group?.id === group.id);
  if (first?.group?.pick !== group.pick) return problem(path, 'rule.groupPick', { id: group.id });
  return first.earn[0]?.currency === earn[0]?.currency ? [] : problem(path, 'rule.groupCurrency', { id: group.id });
}

function checkEarning(definitions: Definitions, rule: Rule, earning: Earning, path: Path): Problem[] {
  const attributes = attributesOf(rule.on, definitions);
  const { product, min, max } = earning.amount;
  return [
    ...checkReference(definitions, 'currencies', earning.currency, [...path, 'currency']),
    ...(earning.when ? checkCondition(definitions, attributes, earning.when, [...path, 'when']) : []),
    ...checkCaps(attributes, earning, [...path, 'cap']),
    ...(earning.pending && 'until' in earning.pending && earning.pending.activity !== undefined
      ? checkReference(definitions, 'activityTypes', earning.pending.activity, [...path, 'pending', 'activity'])
      : []),
    ...product.flatMap((factor, index) => {
      const place = [...path, 'amount', 'product', index];
      if ('field' in factor) return checkAmountField(attributes, factor.field, [...place, 'field']);
      if ('boost' in factor && !(rule.boosts ?? []).some(({ id }) => id === factor.boost)) {
        return problem([...place, 'boost'], 'definition.unknown.boost', { id: factor.boost });
      }
      return [];
    }),
    ...((min ?? 0) > (max ?? Infinity) ? problem([...path, 'amount', 'min'], 'definition.minAboveMax') : []),
  ];
}

/** Caps count by a plain attribute, and each something else. */
function checkCaps(attributes: ObjectAttribute | null, earning: Earning, path: Path): Problem[] {
  const caps = capsOf(earning);
  return caps.flatMap(({ per, by }, index) => {
    const place = Array.isArray(earning.cap) ? [...path, index] : path;
    return [
      ...(by === undefined ? [] : checkApartField(attributes, by, [...place, 'by'])),
      ...(caps.findIndex((other) => other.per === per && other.by === by) < index
        ? problem(place, 'rule.sameCap')
        : []),
    ];
  });
}

function checkBoost(rule: Rule, { id, from, until }: Boost, index: number, path: Path): Problem[] {
  return [
    ...((rule.boosts ?? []).findIndex((other) => other.id === id) < index
      ? problem([...path, 'id'], 'definition.duplicateId', { id })
      : []),
    ...checkDay(from, [...path, 'from']),
    ...checkDay(until, [...path, 'until']),
    ...(from !== undefined && until !== undefined && from > until
      ? problem([...path, 'until'], 'definition.endsBeforeStart')
      : []),
  ];
}
