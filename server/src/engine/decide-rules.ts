import type { FactorSeen } from '@verbena/shared/ledger/receipt.js';
import { periodKey } from './calendar.js';
import type { CompiledEarning, CompiledRule, TriggerKey } from './compiled-program.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** Fires, in declared order, each rule that the triggers set off and whose condition holds, once a decision. */
export function decideRules(run: DecisionRun, triggers: readonly TriggerKey[]): void {
  for (const rule of rulesFor(run, triggers)) {
    const { definition } = rule;
    if (run.fired.has(`rule:${definition.id}`)) continue;
    if (rule.when && !rule.when.test(run.seen)) {
      run.receipt.miss('rule', definition, rule.when.explain(run.seen));
      continue;
    }
    run.fired.add(`rule:${definition.id}`);
    for (const earning of rule.earn) decideEarning(run, rule, earning);
  }
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
    run.earn(currency, amount, { kind: 'rule', id: definition.id, rev: definition.rev });
    run.record({ type: 'cap.used', rule: definition.id, cap: cap.id, period, times: 1, points: Number(points), left });
  } else {
    run.earn(currency, amount, { kind: 'rule', id: definition.id, rev: definition.rev });
  }
  run.receipt.fire('rule', definition, { currency, amount: Number(amount), factors: trace });
}
