import { BUDGET_PERIODS_MAX, type BudgetOutcome, ROUNDS_MAX } from '@verbena/shared/backtests/backtests.routes.js';
import type { CompiledBudget } from '#engine/compile-budgets.js';
import type { Told } from '#ledger/replay.service.js';
import { type DemandRow, type MemberDemand, readRow, readRows } from './demand.js';
import { SharedCounter } from './shared-counter.js';

/** One decision in the order of all: the member by its place in the log, where its row and what was left to it stand. */
interface Turn {
  readonly member: number;
  readonly from: number;
  readonly slot: number;
  readonly atMs: number;
  readonly lane: string;
  readonly q: number;
  readonly place: number;
}

/**
 * Gives out what all members share in the order `(at, lane, q, place)` of what they asked, and says who has to be decided again
 * because a question of theirs is answered otherwise than they were told. Whoever decides them puts what they ask now in the place
 * of what they asked; that may change who comes after them, so it goes on until every answer is the one that was told, or for
 * `ROUNDS_MAX` rounds. Then the decisions are those that one lane would have made one after another.
 */
export class Settlement {
  round = 0;
  private readonly demand: MemberDemand[];
  private readonly places: ReadonlyMap<string, number>;
  private counters = new Map<string, SharedCounter>();
  /** By member, where in `left` its own begins. */
  private slots: readonly number[] = [];
  /** What was left before each decision, budget by budget in the order of its questions. */
  private left = new Float64Array();
  private moved = new Set<number>();

  constructor(
    demand: readonly MemberDemand[],
    private readonly budgets: ReadonlyMap<string, CompiledBudget>,
  ) {
    // Where the journal does not say who of a group came first, the lower id did.
    this.demand = demand.toSorted((a, b) => compare(a.member, b.member));
    this.places = new Map(this.demand.map(({ member }, place) => [member, place]));
    this.walk();
  }

  /** Who is told otherwise than it was decided on; after the last round these stay undecided. */
  get unsettled(): string[] {
    return [...this.moved].toSorted((a, b) => a - b).map((member) => this.of(member).member);
  }

  /** Begins a round: those who are to be decided again. Null: there is none, or no further round. */
  begin(): string[] | null {
    if (this.moved.size === 0 || this.round === ROUNDS_MAX) return null;
    this.round += 1;
    return this.unsettled;
  }

  /** Ends a round: gives out anew. */
  end(): void {
    this.walk();
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

  /** What was really left to each of its decisions. */
  leftTo(member: string): Told {
    let slot = this.slots[this.places.get(member) ?? -1] ?? 0;
    return toldBy(this.demandOf(member), (row) =>
      row.asks.flatMap(({ of }) => of.map(({ name }) => [name, this.left[slot++] ?? 0] as const)),
    );
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
      const counters = own.map((key) => this.counters.get(key) ?? new SharedCounter(budget));
      const periods = own.map((key, place) => {
        const { given, ...outcome } = (counters[place] ?? new SharedCounter(budget)).outcome();
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

  private walk(): void {
    this.counters = new Map();
    this.moved = new Set();
    const turns = this.listTurns();
    for (const [turn, { member, from, slot }] of turns.entries()) {
      const demand = this.of(member);
      const { row } = readRow(demand, from);
      if (this.give(row, demand.names, member, slot, turn)) this.moved.add(member);
    }
  }

  /** Every decision of everybody, in the order in which the past was committed; of one entry, as its member has them. */
  private listTurns(): readonly Turn[] {
    const turns: Turn[] = [];
    const slots: number[] = [];
    let slot = 0;
    for (const [member, demand] of this.demand.entries()) {
      slots.push(slot);
      for (const { atMs, lane, q, place, from, asks } of readRows(demand)) {
        turns.push({ member, from, slot, atMs, lane, q, place });
        slot += asks.reduce((count, { of }) => count + of.length, 0);
      }
    }
    this.slots = slots;
    this.left = new Float64Array(slot);
    return turns.toSorted(compareTurns);
  }

  /** Answers one decision from what is left; says whether an answer is another one than it was decided on. */
  private give(row: DemandRow, names: readonly string[], member: number, slot: number, turn: number): boolean {
    const before = new Map<number, number>();
    let place = slot;
    let isMoved = false;
    const counterOf = (name: number): SharedCounter => this.counterOf(names[name] ?? '');
    for (const { of, wanted, allowed, takes } of row.asks) {
      let amount = wanted;
      for (const { name } of of) {
        const counter = counterOf(name);
        const left = before.get(name) ?? counter.left;
        before.set(name, left);
        this.left[place++] = left;
        if (amount <= 0) continue;
        const granted = counter.allow(amount, counter.left);
        if (takes) counter.noteAsk(amount, granted, member, row.day, turn);
        amount = granted;
      }
      if (amount !== allowed) isMoved = true;
      if (takes && amount > 0) for (const { name } of of) counterOf(name).take(amount, row.day);
    }
    for (const { name, amount } of row.other) counterOf(name).giveBack(-amount);
    return isMoved;
  }

  private counterOf(key: string): SharedCounter {
    const known = this.counters.get(key);
    if (known !== undefined) return known;
    const budget = this.budgets.get(key.slice(0, key.indexOf('@')));
    if (budget === undefined) throw new Error(`The draft has no budget ${key}.`);
    const counter = new SharedCounter(budget);
    this.counters.set(key, counter);
    return counter;
  }
}

function compareTurns(a: Turn, b: Turn): number {
  return (
    a.atMs - b.atMs ||
    compare(a.lane, b.lane) ||
    a.q - b.q ||
    a.place - b.place ||
    a.member - b.member ||
    a.from - b.from
  );
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
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
