import { BUDGET_PERIODS_MAX, type BudgetOutcome, ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { Told } from '#ledger/replay.service.js';
import { type DemandRow, type MemberDemand, readRow, readRows } from './demand.js';
import { SharedCounters } from './shared-counters.js';
import { compareStandings, compareText, type Standing, Turns } from './turns.js';

/**
 * Gives out what all members share in the order `(at, lane, q, place)` of what they asked, and says who has to be decided again
 * because a question of theirs is answered otherwise than they were told. Those decide side by side, each entry at its turn
 * (`turns`), and what they ask now takes the place of what they asked; that may change the answers of others, so it goes on until
 * every answer is the one that was told, or for `roundsMax` rounds. Then the decisions are those that one lane would have made
 * one after another.
 */
export class Settlement {
  round = 0;
  private readonly demand: MemberDemand[];
  private readonly places: ReadonlyMap<string, number>;
  private counters: SharedCounters;
  private moved = new Set<number>();

  constructor(
    demand: readonly MemberDemand[],
    private readonly budgets: ReadonlyMap<string, CompiledBudget>,
    private readonly roundsMax = ROUNDS_MAX,
  ) {
    // Where the journal does not say who of a group came first, the lower id did.
    this.demand = demand.toSorted((a, b) => compareText(a.member, b.member));
    this.places = new Map(this.demand.map(({ member }, place) => [member, place]));
    this.counters = this.walk();
  }

  /** Who is told otherwise than it was decided on; after the last round these stay undecided. */
  get unsettled(): string[] {
    return [...this.moved].toSorted((a, b) => a - b).map((member) => this.of(member).member);
  }

  /** Begins a round: those who are to be decided again. Null: there is none, or no further round. */
  begin(): string[] | null {
    if (this.moved.size === 0 || this.round === this.roundsMax) return null;
    this.round += 1;
    return this.unsettled;
  }

  /** Ends a round: gives out anew. */
  end(): void {
    this.counters = this.walk();
  }

  /** To decide some members again, each entry at its turn among what everybody else asks. */
  turns(): Turns {
    return new Turns(this.demand, this.budgets);
  }

  demandOf(member: string): MemberDemand {
    return this.of(this.places.get(member) ?? -1);
  }

  all(): readonly MemberDemand[] {
    return this.demand;
  }

  /** What a member's present demand was decided on. */
  toldTo(member: string): Told {
    const demand = this.demandOf(member);
    return toldBy(demand, (row) => row.asks.flatMap(({ of }) => of.map(({ name, told }) => [name, told] as const)));
  }

  /** What a member asks now that it was decided again. */
  replace(demand: MemberDemand): void {
    const place = this.places.get(demand.member);
    if (place === undefined) throw new Error(`Member ${demand.member} asked for nothing before.`);
    this.demand[place] = demand;
  }

  /** What becomes of each budget. `live`: what was used of them in fact, by `budgetKey`. */
  outcomes(live: Readonly<Record<string, number>>): BudgetOutcome[] {
    const keys = [...new Set([...this.counters.keys(), ...Object.keys(live)])].toSorted();
    return [...this.budgets.values()].map((budget) => {
      const { id, kind, of, currency, per, limit, whenShort } = budget;
      const own = keys.filter((key) => key.startsWith(`${id}@`));
      const counters = own.map((key) => this.counters.of(key));
      const periods = own.map((key) => {
        const { given, ...outcome } = this.counters.of(key).outcome();
        return { ...outcome, period: key.slice(id.length + 1), given: { live: live[key] ?? 0, draft: given } };
      });
      const sum = (of: (one: (typeof periods)[number]) => number) => periods.reduce((all, one) => all + of(one), 0);
      return {
        budget: id,
        kind,
        id: of,
        currency,
        per,
        limit,
        whenShort,
        asked: sum(({ asked }) => asked),
        given: { live: sum(({ given }) => given.live), draft: sum(({ given }) => given.draft) },
        givenBack: sum(({ givenBack }) => givenBack),
        without: {
          members: new Set(counters.flatMap(({ without }) => [...without])).size,
          activities: sum(({ without }) => without.activities),
        },
        partly: {
          members: new Set(counters.flatMap(({ partly }) => [...partly])).size,
          activities: sum(({ partly }) => partly.activities),
        },
        periodsCount: periods.length,
        ranOutCount: periods.filter(({ ranOut }) => ranOut !== null).length,
        periods: periods.toReversed().slice(0, BUDGET_PERIODS_MAX),
      };
    });
  }

  private of(place: number): MemberDemand {
    const found = this.demand[place];
    if (found === undefined) throw new Error('This member asked for nothing.');
    return found;
  }

  private walk(): SharedCounters {
    const counters = new SharedCounters(this.budgets);
    this.moved = new Set();
    const standings: Standing[] = [];
    for (const [member, demand] of this.demand.entries())
      for (const { atMs, lane, q, place, from } of readRows(demand))
        standings.push({ atMs, lane, q, place, member, of: from });
    for (const [turn, { member, of }] of standings.toSorted(compareStandings).entries()) {
      const demand = this.of(member);
      if (counters.answer(readRow(demand, of).row, demand.names, { member, turn })) this.moved.add(member);
    }
    return counters;
  }
}

/** By entry, what was said to it of each budget; of several questions to one budget in a decision, the first. */
function toldBy(
  demand: MemberDemand,
  said: (row: DemandRow) => readonly (readonly [name: number, left: number | null])[],
): Told {
  const told = new Map<string, Record<string, number>>();
  for (const row of readRows(demand)) {
    const left: Record<string, number> = {};
    for (const [name, amount] of said(row)) {
      const key = demand.names[name];
      if (key !== undefined && amount !== null) left[key] ??= amount;
    }
    if (Object.keys(left).length > 0) told.set(row.entry, left);
  }
  return told;
}
