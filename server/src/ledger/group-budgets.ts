import type { Decision } from '@verbena/shared/ledger/decision.js';
import type { BudgetUsed, Effect } from '@verbena/shared/ledger/effect.js';
import type { Facts } from '@verbena/shared/ledger/facts.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { periodOfBudget } from '#engine/decide-budget.js';
import { dayOf } from '#engine/calendar.js';
import type { JournalEntry } from './journal-entry.js';
import { counterIdOf, type BudgetPlace, type Portion, type PortionAsk, type PortionChange } from './portions.js';

export type LeftOfBudgets = NonNullable<Facts['budgets']>;

/** Where a decision hears what is left of what all members share, and where it leaves what it took. */
export interface BudgetSource {
  /** By `budgetKey`, of everything that the program shares on a day of its own; what is missing is not limited. */
  leftFor(entryId: string, program: string, compiled: CompiledProgram, date: string): LeftOfBudgets | undefined;
  /** Notes what a decision takes and gives back. @throws {MoreWanted} where it asks for more than is here; nothing is noted then. */
  note(program: string, compiled: CompiledProgram, decision: Decision): void;
  mark(): ReadonlyMap<string, number>;
  restore(mark: ReadonlyMap<string, number>): void;
}

/** A decision wants more of some budgets than the lane's portions hold, or gives back to one that the lane does not know yet. */
export class MoreWanted extends Error {
  constructor(readonly asks: readonly PortionAsk[]) {
    super('More is wanted of what all share.');
  }
}

/** Whether there is enough is known only when another lane's group is committed. */
export class PortionHeld extends Error {}

/** A portion was taken by another lane meanwhile: what the group decided on is no longer there. */
export class PortionMoved extends Error {}

/** The portions of a lane as last committed, by counter; null: it has none there. */
export type KnownPortions = Map<string, number | null>;

/** What one group takes of the lane's portions: nothing of it counts until the group is committed. */
export class GroupBudgets implements BudgetSource {
  /** Net of what was given back, by counter. */
  private used = new Map<string, number>();
  private readonly places = new Map<string, BudgetPlace>();
  /** By counter, the least that this group cannot have of it in all: less may still be there. */
  private readonly unavailable = new Map<string, number>();

  /** @param isForced it waited long enough for other lanes */
  constructor(
    private readonly known: KnownPortions,
    readonly isForced = false,
  ) {}

  leftFor(_entryId: string, program: string, compiled: CompiledProgram, date: string): LeftOfBudgets | undefined {
    if (compiled.budgets.size === 0) return undefined;
    const day = { program: dayOf(date) };
    const left: LeftOfBudgets = {};
    for (const budget of compiled.budgets.values()) {
      const period = periodOfBudget(budget, day);
      left[budgetKey(budget.id, period)] = this.leftOf(counterIdOf({ program, budget: budget.id, period }));
    }
    return left;
  }

  note(program: string, compiled: CompiledProgram, { asks: asked = [], effects }: Decision): void {
    const uses = effects.filter(isUse).map(({ budget, period, amount }) => ({ program, budget, period, amount }));
    const wanted = new Map<string, PortionAsk>();
    for (const { key, need } of asked.flatMap(({ of }) => of)) {
      const at = key.indexOf('@');
      const place = { program, budget: key.slice(0, at), period: key.slice(at + 1) };
      const id = counterIdOf(place);
      const least = need + (this.used.get(id) ?? 0);
      if (need <= this.leftOf(id) || least >= (this.unavailable.get(id) ?? Infinity)) continue;
      if (least > (wanted.get(id)?.least ?? 0))
        wanted.set(id, { place, least, terms: termsOf(compiled, place.budget) });
    }
    const asks = [...wanted.values()];
    for (const place of uses)
      if (!this.known.has(counterIdOf(place)) && !asks.some((ask) => counterIdOf(ask.place) === counterIdOf(place)))
        asks.push({ place, least: 0, terms: null });
    if (asks.length > 0) throw new MoreWanted(asks);
    for (const { amount, ...place } of uses) {
      const id = counterIdOf(place);
      this.places.set(id, place);
      this.used.set(id, (this.used.get(id) ?? 0) + amount);
    }
  }

  /**
   * What a lane got for what it asked.
   * @throws {PortionMoved} where it has less than this group was told already. @throws {PortionHeld}
   */
  got({ place, least, terms }: PortionAsk, { left, isAll, isHeld }: Portion): void {
    const id = counterIdOf(place);
    if ((left ?? 0) < (this.known.get(id) ?? 0)) throw new PortionMoved();
    this.known.set(id, left);
    if (isHeld) throw new PortionHeld();
    // Who takes a part has all of it now; else the rest was left where it is, and may do for somebody who wants less.
    if (isAll) this.unavailable.set(id, terms?.whenShort === 'partial' ? (left ?? 0) + 1 : least);
  }

  /** What is to be written with the group. */
  changes(): PortionChange[] {
    return [...this.used].flatMap(([id, amount]) => {
      const place = this.places.get(id);
      if (amount === 0 || place === undefined) return [];
      const from = this.known.get(id) ?? null;
      return [{ place, from, left: (from ?? 0) - amount }];
    });
  }

  mark(): ReadonlyMap<string, number> {
    return new Map(this.used);
  }

  restore(mark: ReadonlyMap<string, number>): void {
    this.used = new Map(mark);
  }

  private leftOf(id: string): number {
    return (this.known.get(id) ?? 0) - (this.used.get(id) ?? 0);
  }
}

/**
 * The past decided again: each entry sees what it saw then. What it did not ask then is not limited, as under rules that share
 * something for the first time.
 */
export class RecordedBudgets implements BudgetSource {
  private readonly seen = new Map<string, LeftOfBudgets>();

  constructor(recorded: Iterable<Pick<JournalEntry, '_id' | 'facts'>>) {
    for (const { _id, facts } of recorded) if (facts.budgets !== undefined) this.seen.set(_id, facts.budgets);
  }

  leftFor(entryId: string): LeftOfBudgets | undefined {
    return this.seen.get(entryId);
  }

  note(): void {
    // What was taken then was taken then.
  }

  mark(): ReadonlyMap<string, number> {
    return NOTHING;
  }

  restore(): void {
    // Nothing was noted.
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map();

/** The facts that an entry stores: only what its decision asked for. */
export function askedOf(left: LeftOfBudgets | undefined, asked: Decision['asked']): Pick<Facts, 'budgets'> {
  if (left === undefined || asked === undefined) return {};
  const budgets = Object.fromEntries(Object.entries(left).filter(([key]) => Object.hasOwn(asked, key)));
  return Object.keys(budgets).length === 0 ? {} : { budgets };
}

function isUse(effect: Effect): effect is BudgetUsed {
  return effect.type === 'budget.used';
}

function termsOf({ budgets, version }: CompiledProgram, id: string): PortionAsk['terms'] {
  const budget = budgets.get(id);
  return budget === undefined ? null : { limit: budget.limit, version, whenShort: budget.whenShort };
}
