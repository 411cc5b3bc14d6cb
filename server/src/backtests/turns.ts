import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { BudgetSource, ShadowStep } from '#ledger/replay.service.js';
import { type MemberDemand, readRow, readRows } from './demand.js';
import { SharedCounters, TurnBudgets } from './shared-counters.js';

/** Where something stands in the order in which the past was committed. */
export interface Standing {
  readonly atMs: number;
  readonly lane: string;
  readonly q: number;
  readonly place: number;
  /** The member, by its place in the order of ids, and what of it, by its place with it. */
  readonly member: number;
  readonly of: number;
}

export function compareStandings(a: Standing, b: Standing): number {
  return (
    a.atMs - b.atMs ||
    compareText(a.lane, b.lane) ||
    a.q - b.q ||
    a.place - b.place ||
    a.member - b.member ||
    a.of - b.of
  );
}

export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What is left at each turn, while some decide again. */
export class Turns {
  readonly budgets: BudgetSource;
  private readonly counters: SharedCounters;
  private readonly taking: TurnBudgets;

  /** @param demand of everybody, in the order of their ids */
  constructor(
    private readonly demand: readonly MemberDemand[],
    budgets: ReadonlyMap<string, CompiledBudget>,
  ) {
    this.counters = new SharedCounters(budgets);
    this.taking = new TurnBudgets(this.counters);
    this.budgets = this.taking;
  }

  /**
   * Goes through the past in order; `deciding` are the entries of those who decide, on `budgets`. Gives now and then how many of
   * them are done. A member that cannot be decided is told once and passed over from then on.
   */
  *run(
    deciding: ReadonlyMap<string, readonly ShadowStep[]>,
    failed: (member: string, error: unknown) => void,
  ): Generator<number> {
    const turns: (Standing & { readonly decide?: () => void })[] = [];
    for (const [member, demand] of this.demand.entries()) {
      const steps = deciding.get(demand.member);
      if (steps !== undefined) for (const [of, step] of steps.entries()) turns.push({ ...step, member, of });
      else
        for (const { atMs, lane, q, place, from: of } of readRows(demand))
          turns.push({ atMs, lane, q, place, member, of });
    }
    const out = new Set<number>();
    let done = 0;
    for (const [turn, { member, of, decide }] of turns.toSorted(compareStandings).entries()) {
      const demand = this.demand[member];
      if (demand === undefined) continue;
      if (decide === undefined) this.counters.answer(readRow(demand, of).row, demand.names, { member, turn });
      else {
        done += 1;
        if (!out.has(member) && !this.takeTurn(decide, (error) => failed(demand.member, error))) out.add(member);
        if (done % PAUSE_EACH === 0) yield done;
      }
    }
    yield done;
  }

  private takeTurn(decide: () => void, failed: (error: unknown) => void): boolean {
    try {
      decide();
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      this.taking.settle();
    }
  }
}

const PAUSE_EACH = 500;
