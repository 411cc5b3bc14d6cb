import type { BudgetAsk } from '@verbena/shared/ledger/decision.js';
import type { BudgetUsed } from '@verbena/shared/ledger/effect.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import { AMOUNT_MAX } from '@verbena/shared/programs/definition.js';
import { periodKey, type CalendarDay } from './calendar.js';
import type { CompiledBudget } from './compile-budgets.js';
import type { Unmet } from './compile-condition.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

/** What the budgets let through of an amount, and which of them held it back. */
export interface Allowed {
  readonly amount: bigint;
  readonly unmet: Unmet | null;
}

const CONDITIONS = { rule: 'budget', mission: 'places', currency: 'issuance' } as const;

/** The period of a budget in which something of a day counts: always the program's. */
export function periodOfBudget({ per }: CompiledBudget, { program }: { readonly program: CalendarDay }): string {
  return periodKey(program, per);
}

/**
 * How much of an amount the budgets with these ids still allow, the smallest of them; an id that the program does not know
 * limits nothing. What is allowed is then taken by `takeFromBudgets`.
 */
export function askBudgets(run: DecisionRun, ids: readonly string[], wanted: bigint): Allowed {
  return ask(run, ids, wanted, true);
}

/** The same where nothing is taken of it: only to know what would be given. */
export function weighBudgets(run: DecisionRun, ids: readonly string[], wanted: bigint): bigint {
  return ask(run, ids, wanted, false).amount;
}

function ask(run: DecisionRun, ids: readonly string[], wanted: bigint, takes: boolean): Allowed {
  let amount = wanted;
  let unmet: Unmet | null = null;
  const of: BudgetAsk['of'] = [];
  for (const id of ids) {
    const budget = run.program.budgets.get(id);
    if (budget === undefined) continue;
    const key = budgetKey(id, periodOfBudget(budget, run.seen.day));
    const used = run.budgetsUsed.get(key) ?? 0;
    const need = amount <= 0n ? 0 : used + asNumber(amount);
    of.push({ key, need });
    if (need === 0) continue;
    run.asked.set(key, Math.max(run.asked.get(key) ?? 0, need));
    const left = leftOf(run, key, used);
    if (left === null || BigInt(left) >= amount) continue;
    unmet = [`${CONDITIONS[budget.kind]}:${budget.per}`, left, asNumber(amount)];
    amount = budget.whenShort === 'partial' ? BigInt(left) : 0n;
  }
  if (of.length > 0) run.asks.push({ of, wanted: asNumber(wanted), allowed: asNumber(amount), takes });
  return { amount, unmet };
}

/** Notes that so much was given out of these budgets. */
export function takeFromBudgets(
  run: DecisionRun,
  ids: readonly string[],
  amount: number,
  by: BudgetUsed['by'],
  ref?: string,
): void {
  for (const id of ids) {
    const budget = run.program.budgets.get(id);
    if (budget === undefined) continue;
    const period = periodOfBudget(budget, run.seen.day);
    const key = budgetKey(id, period);
    run.budgetsUsed.set(key, (run.budgetsUsed.get(key) ?? 0) + amount);
    run.record({ type: 'budget.used', budget: id, period, amount, by, ...(ref === undefined ? {} : { ref }) });
  }
}

/** What is beyond what a line may hold is refused afterwards. */
function asNumber(amount: bigint): number {
  return amount > AMOUNT_MAX ? AMOUNT_MAX + 1 : Number(amount);
}

/** What is left to this decision; null: nobody limits it, as where the past is tried under other rules. */
function leftOf({ facts }: DecisionRun, key: string, used: number): number | null {
  const left = own(facts.budgets ?? {}, key);
  return left === undefined ? null : Math.max(0, left - used);
}
