import { BUDGET_PERIODS_MAX, type BudgetOutcome, ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { Told } from '#ledger/replay.service.js';
import { type DemandRow, type MemberDemand, readRow, readRows } from './demand.js';
import { keyAround, SharedCounters } from './shared-counters.js';
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
  private moved: ReadonlySet<number>;

  constructor(
    demand: readonly MemberDemand[],
    private readonly budgets: ReadonlyMap<string, CompiledBudget>,
    private readonly roundsMax = ROUNDS_MAX,
  ) {
    // Where the journal does not say who of a group came first, the lower id did.
    this.demand = demand.toSorted((a, b) => compareText(a.member, b.member));
    this.places = new Map(this.demand.map(({ member }, place) => [member, place]));
    ({ counters: this.counters, moved: this.moved } = this.walk());
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
    ({ counters: this.counters, moved: this.moved } = this.walk());
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

  /**
   * What becomes of each budget; whoever is undecided is in no figure of it. `live`: what was used of them in fact, by `budgetKey`; by
   * period it is told where the draft cuts its periods so that each of those lies in one.
   */
  outcomes(live: Readonly<Record<string, number>>): BudgetOutcome[] {
    const { moved } = this;
    const counters = moved.size === 0 ? this.counters : this.walk((member) => !moved.has(member)).counters;
    return [...this.budgets.values()].map((budget) => {
      const { id, kind, of, currency, per, limit, whenShort } = budget;
      const isOwn = (key: string) => key.startsWith(`${id}@`);
      const used = Object.entries(live).filter(([key]) => isOwn(key));
      const usedIn = this.byPeriod(used);
      const own = [...new Set([...counters.keys().filter(isOwn), ...usedIn.keys()])].toSorted();
      const found = own.map((key) => counters.of(key));
      const periods = own.map((key) => {
        const { given, ...outcome } = counters.of(key).outcome();
        return { ...outcome, period: key.slice(id.length + 1), given: { live: usedIn.get(key) ?? 0, draft: given } };
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
        given: { live: used.reduce((all, [, amount]) => all + amount, 0), draft: sum(({ given }) => given.draft) },
        givenBack: sum(({ givenBack }) => givenBack),
        without: {
          members: new Set(found.flatMap(({ without }) => [...without])).size,
          activities: sum(({ without }) => without.activities),
        },
        partly: {
          members: new Set(found.flatMap(({ partly }) => [...partly])).size,
          activities: sum(({ partly }) => partly.activities),
        },
        periodsCount: periods.length,
        ranOutCount: periods.filter(({ ranOut }) => ranOut !== null).length,
        periods: periods.toReversed().slice(0, BUDGET_PERIODS_MAX),
      };
    });
  }

  /** What was used in fact, in the periods of the draft; nothing where these cut one of those in two. */
  private byPeriod(used: readonly (readonly [key: string, amount: number])[]): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const [key, amount] of used) {
      const around = keyAround(this.budgets, key);
      if (around === null) return new Map();
      sums.set(around, (sums.get(around) ?? 0) + amount);
    }
    return sums;
  }

  private of(place: number): MemberDemand {
    const found = this.demand[place];
    if (found === undefined) throw new Error('This member asked for nothing.');
    return found;
  }

  /** Gives out in order; `moved` are those who are told otherwise than they were. */
  private walk(isCounted?: (member: number) => boolean): { counters: SharedCounters; moved: Set<number> } {
    const counters = new SharedCounters(this.budgets, isCounted);
    const moved = new Set<number>();
    const standings: Standing[] = [];
    for (const [member, demand] of this.demand.entries())
      for (const { atMs, lane, q, place, from } of readRows(demand))
        standings.push({ atMs, lane, q, place, member, of: from });
    for (const [turn, { member, of }] of standings.toSorted(compareStandings).entries()) {
      const demand = this.of(member);
      if (counters.answer(readRow(demand, of).row, demand.names, { member, turn })) moved.add(member);
    }
    return { counters, moved };
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
