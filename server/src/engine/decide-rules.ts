import type { CapUse } from '@verbena/shared/ledger/member-state.js';
import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import { periodKey } from './calendar.js';
import type { CompiledCap, CompiledEarning, CompiledRule, TriggerKey } from './compiled-program.js';
import { bucketOf } from './counted-apart.js';
import { askBudgets, takeFromBudgets, weighBudgets } from './decide-budget.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** Fires, in declared order, each rule that the triggers set off and whose condition holds, once a decision. */
export function decideRules(run: DecisionRun, triggers: readonly TriggerKey[]): void {
  const rules = rulesFor(run, triggers);
  const held = holdBack(run, rules);
  for (const rule of rules) {
    const { definition } = rule;
    if (run.fired.has(`rule:${definition.id}`)) continue;
    if (rule.when && !rule.when.test(run.seen)) {
      run.receipt.miss('rule', definition, rule.when.explain(run.seen));
      continue;
    }
    const winner = held.get(definition.id);
    if (winner !== undefined) {
      run.receipt.miss('rule', definition, [`group:${definition.group?.pick ?? 'first'}`, null, winner]);
      continue;
    }
    run.fired.add(`rule:${definition.id}`);
    for (const earning of rule.earn) decideEarning(run, rule, earning);
  }
}

const NOTHING_HELD: ReadonlyMap<string, string> = new Map();

/** Of each group, the rules that another one stands in for, with which. A group that had its turn gives no more. */
function holdBack(run: DecisionRun, rules: readonly CompiledRule[]): ReadonlyMap<string, string> {
  const grouped = rules.filter(({ definition }) => definition.group !== undefined);
  if (grouped.length === 0) return NOTHING_HELD;
  const held = new Map<string, string>();
  const groups = new Map<string, { rule: CompiledRule; worth: bigint }[]>();
  for (const rule of grouped) {
    const id = rule.definition.group?.id ?? '';
    const worth = rule.when && !rule.when.test(run.seen) ? 0n : worthOf(run, rule);
    groups.set(id, [...(groups.get(id) ?? []), { rule, worth }]);
  }
  for (const [id, candidates] of groups) {
    const earlier = run.groups.get(id);
    const giving = candidates.filter(({ worth }) => worth > 0n);
    const best = giving.reduce((top, one) => (one.worth > top ? one.worth : top), 0n);
    const winner =
      earlier ??
      giving.find(({ rule, worth }) => rule.definition.group?.pick === 'first' || worth === best)?.rule.definition.id;
    if (winner === undefined) continue;
    run.groups.set(id, winner);
    for (const { rule } of giving) if (rule.definition.id !== winner) held.set(rule.definition.id, winner);
  }
  return held;
}

/** What a rule would give of its first currency, within its caps and what all share. */
function worthOf(run: DecisionRun, rule: CompiledRule): bigint {
  const currency = rule.earn[0]?.definition.currency;
  return rule.earn.reduce((sum, earning) => {
    if (earning.definition.currency !== currency || (earning.when && !earning.when.test(run.seen))) return sum;
    let worth = earning.amount(run.seen).amount;
    if (worth <= 0n) return sum;
    for (const { times, points, used } of allowancesOf(run, rule, earning)) {
      if (times !== undefined && used.times >= times) return sum;
      const left = points === undefined ? worth : BigInt(Math.max(0, points - used.points));
      if (left < worth) worth = left;
    }
    return sum + weighBudgets(run, earning.budgets, worth);
  }, 0n);
}

function rulesFor({ program }: DecisionRun, triggers: readonly TriggerKey[]): readonly CompiledRule[] {
  const [only] = triggers;
  if (only !== undefined && triggers.length === 1) return program.rulesByTrigger.get(only) ?? [];
  return triggers
    .flatMap((trigger) => program.rulesByTrigger.get(trigger) ?? [])
    .sort((left, right) => left.order - right.order);
}

function decideEarning(run: DecisionRun, rule: CompiledRule, earning: CompiledEarning): void {
  const { definition } = rule;
  const { currency } = earning.definition;
  if (earning.when && !earning.when.test(run.seen)) {
    run.receipt.miss('rule', definition, earning.when.explain(run.seen));
    return;
  }
  const { amount: full, factors } = earning.amount(run.seen);
  if (full <= 0n) {
    run.receipt.miss('rule', definition, ['zero', Number(full), 1]);
    return;
  }
  const capped = withinCaps(run, rule, earning, full);
  if (capped === null) return;
  const allowed = askBudgets(run, earning.budgets, capped.amount);
  if (allowed.unmet !== null && allowed.amount === 0n) {
    run.receipt.miss('rule', definition, allowed.unmet);
    return;
  }
  const { amount } = allowed;
  const trace: FactorSeen[] = [...factors, ...capped.bound];
  if (allowed.unmet !== null) trace.push({ bound: 'budget', value: Number(amount) });
  const { id, rev } = definition;
  const ref = run.earn(currency, amount, { kind: 'rule', id, rev }, earning.definition.pending);
  for (const use of capped.uses) run.record({ type: 'cap.used', rule: id, ...use, times: 1, points: Number(amount) });
  takeFromBudgets(run, earning.budgets, Number(amount), { kind: 'rule', id }, ref);
  run.receipt.fire('rule', definition, { currency, amount: Number(amount), factors: trace });
}

interface Capped {
  readonly amount: bigint;
  readonly bound: readonly FactorSeen[];
  /** What it takes of each allowance; `left` of its times. */
  readonly uses: readonly { readonly cap: string; readonly period: string; readonly left: number | null }[];
}

/** What a member's own caps leave of an amount; null, and told, where that is nothing. */
function withinCaps(run: DecisionRun, rule: CompiledRule, earning: CompiledEarning, full: bigint): Capped | null {
  let amount = full;
  const bound: FactorSeen[] = [];
  const uses: Capped['uses'][number][] = [];
  for (const { id, per, by, period, times, points, used } of allowancesOf(run, rule, earning)) {
    const condition = by === undefined ? `cap:${per}` : `cap:${per}:${by}`;
    if (times !== undefined && used.times >= times) {
      run.receipt.miss('rule', rule.definition, [condition, used.times, times]);
      return null;
    }
    if (points !== undefined && used.points >= points) {
      run.receipt.miss('rule', rule.definition, [condition, used.points, points]);
      return null;
    }
    if (points !== undefined && amount > points - used.points) {
      amount = BigInt(points - used.points);
      bound.push({ bound: 'cap', value: points - used.points });
    }
    uses.push({ cap: id, period, left: times === undefined ? null : times - used.times - 1 });
  }
  return { amount, bound, uses };
}

type Allowance = CompiledCap & { readonly period: string; readonly used: CapUse };

/** What limits an earning for one member, with what was used of it: its own caps, then that of its currency over all rules. */
function allowancesOf(
  { program, seen, draft }: DecisionRun,
  { definition }: CompiledRule,
  { caps, definition: { currency } }: CompiledEarning,
): readonly Allowance[] {
  const limited = program.currencies.get(currency)?.definition;
  const limit = limited?.perMember;
  if (caps.length === 0 && limit === undefined) return [];
  const all = [
    ...caps.map((cap) => ({ ...cap, zone: definition.zone })),
    ...(limit === undefined
      ? []
      : [{ ...limit, id: `currency:${currency}`, apart: null, zone: limited?.zone ?? definition.zone }]),
  ];
  return all.map(({ zone, ...one }) => {
    const period = bucketOf(periodKey(seen.day[zone], one.per), one.apart?.(seen.attributes) ?? null);
    return { ...one, period, used: own(own(draft.state.caps, one.id) ?? {}, period) ?? { times: 0, points: 0 } };
  });
}
