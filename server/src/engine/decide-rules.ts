import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import { periodKey } from './calendar.js';
import type { CompiledEarning, CompiledRule, TriggerKey } from './compiled-program.js';
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

/** What a rule would give of its first currency, within its caps. */
function worthOf(run: DecisionRun, { definition, earn }: CompiledRule): bigint {
  const currency = earn[0]?.definition.currency;
  return earn.reduce((sum, { definition: earning, when, amount, cap }) => {
    if (earning.currency !== currency || (when && !when.test(run.seen))) return sum;
    const full = amount(run.seen).amount;
    if (full <= 0n || !cap) return sum + (full > 0n ? full : 0n);
    const period = periodKey(run.seen.day[definition.zone], cap.per);
    const used = own(own(run.draft.state.caps, cap.id) ?? {}, period) ?? { times: 0, points: 0 };
    if (cap.times !== undefined && used.times >= cap.times) return sum;
    const left = cap.points === undefined ? full : BigInt(Math.max(0, cap.points - used.points));
    return sum + (left < full ? left : full);
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
  let amount = full;
  const trace: FactorSeen[] = [...factors];
  if (cap) {
    const period = periodKey(run.seen.day[definition.zone], cap.per);
    const used = own(own(run.draft.state.caps, cap.id) ?? {}, period) ?? { times: 0, points: 0 };
    if (cap.times !== undefined && used.times >= cap.times) {
      run.receipt.miss('rule', definition, [`cap:${cap.per}`, used.times, cap.times]);
      return;
    }
    if (cap.points !== undefined) {
      const left = cap.points - used.points;
      if (left <= 0) {
        run.receipt.miss('rule', definition, [`cap:${cap.per}`, used.points, cap.points]);
        return;
      }
      if (full > left) {
        amount = BigInt(left);
        trace.push({ bound: 'cap', value: left });
      }
    }
    const left = cap.times === undefined ? null : cap.times - used.times - 1;
    const points = amount;
    run.earn(currency, amount, { kind: 'rule', id: definition.id, rev: definition.rev }, earning.definition.pending);
    run.record({ type: 'cap.used', rule: definition.id, cap: cap.id, period, times: 1, points: Number(points), left });
  } else {
    run.earn(currency, amount, { kind: 'rule', id: definition.id, rev: definition.rev }, earning.definition.pending);
  }
  run.receipt.fire('rule', definition, { currency, amount: Number(amount), factors: trace });
}
