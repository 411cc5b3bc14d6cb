import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import { periodKey } from './calendar.js';
import type { CompiledEarning, CompiledRule, TriggerKey } from './compiled-program.js';
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
function worthOf(run: DecisionRun, { definition, earn }: CompiledRule): bigint {
  const currency = earn[0]?.definition.currency;
  return earn.reduce((sum, { definition: earning, when, amount, cap, budgets }) => {
    if (earning.currency !== currency || (when && !when.test(run.seen))) return sum;
    const full = amount(run.seen).amount;
    if (full <= 0n) return sum;
    if (!cap) return sum + weighBudgets(run, budgets, full);
    const period = periodKey(run.seen.day[definition.zone], cap.per);
    const used = own(own(run.draft.state.caps, cap.id) ?? {}, period) ?? { times: 0, points: 0 };
    if (cap.times !== undefined && used.times >= cap.times) return sum;
    const left = cap.points === undefined ? full : BigInt(Math.max(0, cap.points - used.points));
    return sum + weighBudgets(run, budgets, left < full ? left : full);
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
  const {
    cap,
    definition: { currency },
  } = earning;
  if (earning.when && !earning.when.test(run.seen)) {
    run.receipt.miss('rule', definition, earning.when.explain(run.seen));
    return;
  }
  const { amount: full, factors } = earning.amount(run.seen);
  if (full <= 0n) {
    run.receipt.miss('rule', definition, ['zero', Number(full), 1]);
    return;
  }
  const capped = withinCap(run, rule, earning, full);
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
  if (cap) {
    const left = cap.times === undefined ? null : cap.times - capped.times - 1;
    const points = Number(amount);
    run.record({ type: 'cap.used', rule: id, cap: cap.id, period: capped.period, times: 1, points, left });
  }
  takeFromBudgets(run, earning.budgets, Number(amount), { kind: 'rule', id }, ref);
  run.receipt.fire('rule', definition, { currency, amount: Number(amount), factors: trace });
}

interface Capped {
  readonly amount: bigint;
  readonly bound: readonly FactorSeen[];
  readonly period: string;
  /** How often it gave in that period before. */
  readonly times: number;
}

/** What a member's own cap leaves of an amount; null, and told, where that is nothing. */
function withinCap(
  run: DecisionRun,
  { definition }: CompiledRule,
  { cap }: CompiledEarning,
  full: bigint,
): Capped | null {
  if (!cap) return { amount: full, bound: [], period: '', times: 0 };
  const period = periodKey(run.seen.day[definition.zone], cap.per);
  const used = own(own(run.draft.state.caps, cap.id) ?? {}, period) ?? { times: 0, points: 0 };
  const { times } = used;
  if (cap.times !== undefined && times >= cap.times) {
    run.receipt.miss('rule', definition, [`cap:${cap.per}`, times, cap.times]);
    return null;
  }
  if (cap.points === undefined) return { amount: full, bound: [], period, times };
  const left = cap.points - used.points;
  if (left <= 0) {
    run.receipt.miss('rule', definition, [`cap:${cap.per}`, used.points, cap.points]);
    return null;
  }
  return full > left
    ? { amount: BigInt(left), bound: [{ bound: 'cap', value: left }], period, times }
    : { amount: full, bound: [], period, times };
}
