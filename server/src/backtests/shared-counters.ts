import type { Decision } from '@verbena/shared/ledger/decision.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import { dayOf, periodAround } from '#engine/calendar.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { periodOfBudget } from '#engine/decide-budget.js';
import type { BudgetSource } from '#ledger/replay.service.js';
import type { DemandRow } from './demand.js';
import { SharedCounter } from './shared-counter.js';

/** What is left of all that a draft shares, in every period, while the past is gone through in order. */
export class SharedCounters {
  private readonly counters = new Map<string, SharedCounter>();

  /** @param isCounted whether a member, by number, is part of the outcome */
  constructor(
    private readonly budgets: ReadonlyMap<string, CompiledBudget>,
    private readonly isCounted: (member: number) => boolean = () => true,
  ) {}

  /** By `budgetKey`; one that nobody asked yet is whole. */
  of(key: string): SharedCounter {
    const known = this.counters.get(key);
    if (known !== undefined) return known;
    const budget = this.budgets.get(key.slice(0, key.indexOf('@')));
    if (budget === undefined) throw new Error(`The draft has no budget ${key}.`);
    const counter = new SharedCounter(budget, this.isCounted);
    this.counters.set(key, counter);
    return counter;
  }

  /**
   * Where something that was recorded counts in a draft, by a `budgetKey` that may be of other rules: null where the draft has no such
   * budget, or cuts its periods so that it lies in none.
   */
  around(key: string): SharedCounter | null {
    const around = keyAround(this.budgets, key);
    return around === null ? null : this.of(around);
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
      const short: { readonly counter: SharedCounter; readonly wanted: number }[] = [];
      for (const { name } of of) {
        const counter = counterOf(name);
        const granted = counter.allow(amount);
        if (granted < amount) short.push({ counter, wanted: amount });
        amount = granted;
      }
      if (amount !== allowed) isMoved = true;
      if (!takes) continue;
      for (const { name } of of) {
        const counter = counterOf(name);
        // What another one held back was not wanted of this one.
        const { wanted: asked = amount } = short.find((one) => one.counter === counter) ?? {};
        if (asked > 0) counter.noteAsk(asked, amount, member, row.day, turn);
        if (amount > 0) counter.take(amount, member, row.day);
        if (allowed > amount) counter.noteUnmet(allowed - amount, member);
      }
    }
    // A return of what an account brought that was joined gives back what was recorded.
    for (const { name, amount } of row.other) this.around(names[name] ?? '')?.giveBack(-amount, member);
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
      const counter = this.counters.around(budgetKey(effect.budget, effect.period));
      if (counter === null) continue;
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

/** The `budgetKey` under which the draft counts what was recorded under another; null: under none. */
export function keyAround(budgets: ReadonlyMap<string, CompiledBudget>, key: string): string | null {
  const at = key.indexOf('@');
  const budget = budgets.get(key.slice(0, at));
  const period = budget === undefined ? null : periodAround(key.slice(at + 1), budget.per);
  return budget === undefined || period === null ? null : budgetKey(budget.id, period);
}
