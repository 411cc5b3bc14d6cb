import type { Demand } from '#ledger/replay.service.js';

const DAY_MS = 86_400_000;
/** Nothing was said of what is left. */
const UNTOLD = -1;

/**
 * All that one member asked of what everybody shares, as compact as memory and database want it, with what the tally of its
 * outcome needs: points earned of the told currency, in fact and under the draft, and what it held in fact.
 */
export interface MemberDemand {
  readonly member: string;
  /** The last entry that was read of it: what comes while the backtest runs is not part of it. */
  readonly seq: number;
  readonly live: number;
  readonly draft: number;
  readonly balance: number;
  readonly tier: string | null;
  /** Lanes and `budgetKey`s; the figures name them by their place here. */
  readonly names: readonly string[];
  /** The ids of the entries, in order. */
  readonly entries: readonly string[];
  /** One row after another, see `readRow`. */
  readonly figures: readonly number[];
}

export type DemandFigures = Pick<MemberDemand, 'names' | 'entries' | 'figures'>;

/** One budget that a question was put to; `name` stands in `names`. `told` is null where nothing was said of what is left. */
export interface AskedBudget {
  readonly name: number;
  readonly told: number | null;
}

export interface AskRow {
  readonly wanted: number;
  readonly allowed: number;
  readonly takes: boolean;
  readonly of: readonly AskedBudget[];
}

export interface DemandRow {
  readonly atMs: number;
  readonly lane: string;
  readonly q: number;
  readonly place: number;
  readonly day: string;
  readonly asks: readonly AskRow[];
  /** What it used beside its questions; below 0: gave back. */
  readonly other: readonly { readonly name: number; readonly amount: number }[];
}

/** Packs what a member asked, in the order of its entries. */
export function packDemand(demand: readonly Demand[]): DemandFigures {
  const names = new Map<string, number>();
  const nameOf = (name: string): number => {
    const place = names.get(name) ?? names.size;
    names.set(name, place);
    return place;
  };
  const figures: number[] = [];
  for (const { atMs, lane, q, place, day, asks, told, other } of demand) {
    figures.push(atMs, nameOf(lane), q, place, Date.parse(day) / DAY_MS, asks.length);
    for (const { wanted, allowed, takes, of } of asks) {
      figures.push(wanted, allowed, takes ? 1 : 0, of.length);
      for (const { key } of of) figures.push(nameOf(key), told[key] ?? UNTOLD);
    }
    figures.push(other.length);
    for (const [key, amount] of other) figures.push(nameOf(key), amount);
  }
  return { names: [...names.keys()], entries: demand.map(({ entry }) => entry), figures };
}

/** The row that begins at a figure, and where the next one does. */
export function readRow({ names, figures }: DemandFigures, from: number): { row: DemandRow; next: number } {
  let at = from;
  const read = (): number => {
    const figure = figures[at];
    if (figure === undefined) throw new Error('A row of demand ends too soon.');
    at += 1;
    return figure;
  };
  const times = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);
  const atMs = read();
  const lane = names[read()] ?? '';
  const q = read();
  const place = read();
  const day = new Date(read() * DAY_MS).toISOString().slice(0, 10);
  const asks = times(read(), () => {
    const wanted = read();
    const allowed = read();
    const takes = read() === 1;
    const of = times(read(), () => {
      const name = read();
      const told = read();
      return { name, told: told === UNTOLD ? null : told };
    });
    return { wanted, allowed, takes, of };
  });
  const other = times(read(), () => ({ name: read(), amount: read() }));
  return { row: { atMs, lane, q, place, day, asks, other }, next: at };
}

/** All rows, in order. */
export function* readRows(
  demand: DemandFigures,
): Generator<DemandRow & { readonly entry: string; readonly from: number }> {
  let from = 0;
  for (const entry of demand.entries) {
    const { row, next } = readRow(demand, from);
    yield { ...row, entry, from };
    from = next;
  }
}
