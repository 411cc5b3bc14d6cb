import type { BudgetAsk, Decision } from '@verbena/shared/ledger/decision.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { BudgetSource, LeftOfBudgets } from './group-budgets.js';
import type { JournalEntry } from './journal-entry.js';

/** What is left to single entries, by their ids, of budgets by `budgetKey`; what is missing is not limited. */
export type Told = ReadonlyMap<string, LeftOfBudgets>;

/** What one decision asked of what all share, or gave back to it. */
export interface Demand {
  readonly entry: string;
  /** Where it stands among all: the lane's time, the lane, its group, the place in the group; 0 where that was not noted. */
  readonly atMs: number;
  readonly lane: string;
  readonly q: number;
  readonly place: number;
  /** The program's date of what happened. */
  readonly day: LocalDate;
  /** In order; of what was refused after all, none `takes`. */
  readonly asks: readonly BudgetAsk[];
  /** What it was told was left, of what it asked for. */
  readonly told: LeftOfBudgets;
  /** By `budgetKey`: what it used beside its questions; below 0: gave back. */
  readonly other: readonly (readonly [key: string, amount: number])[];
}

/** What somebody worked out is left to each entry; nothing else is limited. */
export class ToldBudgets implements BudgetSource {
  constructor(private readonly told: Told) {}

  leftFor(entryId: string): LeftOfBudgets | undefined {
    return this.told.get(entryId);
  }

  note(): void {
    // It is taken where it is worked out.
  }

  mark(): ReadonlyMap<string, number> {
    return NOTHING;
  }

  restore(): void {
    // Nothing was noted.
  }
}

/** The past of one member under other rules: notes what its decisions ask of what is left to them. */
export class ShadowBudgets implements BudgetSource {
  /** By entry; of one that was decided more than once, the last. */
  private readonly heard = new Map<string, { readonly asks: readonly BudgetAsk[]; readonly told: LeftOfBudgets }>();
  private present = '';
  private left: LeftOfBudgets | undefined;

  constructor(private readonly source: BudgetSource) {}

  leftFor(entryId: string, program: string, compiled: CompiledProgram, date: string): LeftOfBudgets | undefined {
    this.present = entryId;
    this.left = this.source.leftFor(entryId, program, compiled, date);
    return this.left;
  }

  note(program: string, compiled: CompiledProgram, decision: Decision): void {
    this.source.note(program, compiled, decision);
    const { asks } = decision;
    if (asks === undefined) this.heard.delete(this.present);
    else this.heard.set(this.present, { asks, told: ofAsked(asks, this.left ?? {}) });
  }

  mark(): ReadonlyMap<string, number> {
    return this.source.mark();
  }

  restore(mark: ReadonlyMap<string, number>): void {
    // What a failed decision asked is overwritten by the next one, or belongs to no entry.
    this.source.restore(mark);
  }

  /** What a replay asked and gave back, in its order. What the clock did in between stands where the entry after it does. */
  demandOf(recorded: readonly Pick<JournalEntry, '_id' | 'place'>[], replayed: readonly JournalEntry[]): Demand[] {
    const places = new Map(recorded.map(({ _id, place }) => [_id, place]));
    const demand: Demand[] = [];
    let place = recorded.at(-1)?.place ?? 0;
    for (const entry of replayed.toReversed()) {
      place = places.get(entry._id) ?? place;
      const { asks: asked = [], told = {} } = this.heard.get(entry._id) ?? {};
      const asks = entry.outcome === 'refused' ? asked.map((ask) => ({ ...ask, takes: false })) : asked;
      const other = otherUses(entry, asks);
      if (asks.length === 0 && other.length === 0) continue;
      demand.push({
        entry: entry._id,
        atMs: Date.parse(entry.at),
        lane: entry.lane,
        q: entry.q,
        place,
        day: entry.facts.calendar.occurred.program,
        asks,
        told,
        other,
      });
    }
    return demand.toReversed();
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map();

function ofAsked(asks: readonly BudgetAsk[], left: LeftOfBudgets): LeftOfBudgets {
  const told: LeftOfBudgets = {};
  for (const { key } of asks.flatMap(({ of }) => of)) {
    const amount = left[key];
    if (amount !== undefined) told[key] = amount;
  }
  return told;
}

/** What an entry used that none of its questions accounts for: what it gave back. */
function otherUses({ effects }: JournalEntry, asks: readonly BudgetAsk[]): (readonly [string, number])[] {
  const uses = new Map<string, number>();
  const add = (key: string, amount: number) => uses.set(key, (uses.get(key) ?? 0) + amount);
  for (const effect of effects)
    if (effect.type === 'budget.used') add(budgetKey(effect.budget, effect.period), effect.amount);
  if (uses.size === 0) return [];
  for (const { of, allowed, takes } of asks) if (takes) for (const { key } of of) add(key, -allowed);
  return [...uses].filter(([, amount]) => amount !== 0);
}
