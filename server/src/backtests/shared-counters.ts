import type { Decision } from '@verbena/shared/ledger/decision.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import { dayOf } from '#engine/calendar.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { periodOfBudget } from '#engine/decide-budget.js';
import type { BudgetSource } from '#ledger/replay.service.js';
import type { DemandRow } from './demand.js';
import { SharedCounter } from './shared-counter.js';

/** What is left of all that a draft shares, in every period, while the past is gone through in order. */
export class SharedCounters {
  private readonly counters = new Map<string, SharedCounter>();

  constructor(private readonly budgets: ReadonlyMap<string, CompiledBudget>) {}

  /** By `budgetKey`; one that nobody asked yet is whole. */
  of(key: string): SharedCounter {
    const known = this.counters.get(key);
    if (known !== undefined) return known;
    const budget = this.budgets.get(key.slice(0, key.indexOf('@')));
    if (budget === undefined) throw new Error(`The draft has no budget ${key}.`);
    const counter = new SharedCounter(budget);
    this.counters.set(key, counter);
    return counter;
  }

  keys(): string[] {
    return [...this.counters.keys()];
  }

  /**
   * Answers a decision that was made from what is left. Says whether an answer is another one than it was made on. `turn` numbers
   * the decisions, `member` the members.
   */
  answer(
    row: DemandRow,
    names: readonly string[],
    { member, turn }: { readonly member: number; readonly turn: number },
  ): boolean {
    let isMoved = false;
    const counterOf = (name: number): SharedCounter => this.of(names[name] ?? '');
    for (const { of, wanted, allowed, takes } of row.asks) {
      let amount = wanted;
      for (const { name } of of) {
        const counter = counterOf(name);
        if (amount <= 0) continue;
        const granted = counter.allow(amount);
        if (takes) counter.noteAsk(amount, granted, member, row.day, turn);
        amount = granted;
      }
      if (amount !== allowed) isMoved = true;
      if (takes && amount > 0) for (const { name } of of) counterOf(name).take(amount, row.day);
    }
    for (const { name, amount } of row.other) counterOf(name).giveBack(-amount);
    return isMoved;
  }
}

/** The same for decisions that are being made: each takes at once what it uses. */
export class TurnBudgets implements BudgetSource {
  /** What a counter had before, for a decision that fails after all. */
  private readonly before: (readonly [SharedCounter, number])[] = [];

  constructor(private readonly counters: SharedCounters) {}

  leftFor(_entry: string, _program: string, { budgets }: CompiledProgram, date: string): Record<string, number> {
    const day = { program: dayOf(date) };
    const left: Record<string, number> = {};
    for (const budget of budgets.values()) {
      const key = budgetKey(budget.id, periodOfBudget(budget, day));
      left[key] = this.counters.of(key).left;
    }
    return left;
  }

  note(_program: string, _compiled: CompiledProgram, { effects }: Decision): void {
    for (const effect of effects) {
      if (effect.type !== 'budget.used') continue;
      const counter = this.counters.of(budgetKey(effect.budget, effect.period));
      this.before.push([counter, counter.left]);
      counter.use(effect.amount);
    }
  }

  mark(): ReadonlyMap<string, number> {
    return new Map([['uses', this.before.length]]);
  }

  restore(mark: ReadonlyMap<string, number>): void {
    const uses = mark.get('uses') ?? 0;
    for (const [counter, left] of this.before.splice(uses).toReversed()) counter.left = left;
  }

  /** What was decided until now stays. */
  settle(): void {
    this.before.length = 0;
  }
}
