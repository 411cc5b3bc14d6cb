import type { BacktestReport } from '@verbena/shared/backtests/backtests.routes.js';
import type { Decision } from '@verbena/shared/ledger/decision.js';
import { budgetKey } from '@verbena/shared/programs/budget.js';
import { dayOf } from '@verbena/server/engine/calendar.js';
import { periodOfBudget } from '@verbena/server/engine/decide-budget.js';
import type { BudgetSource } from '@verbena/server/ledger/group-budgets.js';
import { MemberReplay } from '@verbena/server/ledger/replay-member.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { SettledTally } from '@verbena/server/backtests/settled-tally.js';
import { Settlement } from '@verbena/server/backtests/settlement.js';
import { countShadow, type CountedPast, shadow } from '@verbena/server/backtests/shadow-outcome.js';
import { mergeTallies, newTally, type PartTally, reportOf, tallyMember } from '@verbena/server/backtests/tally.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import type { Shadowed } from '@verbena/server/ledger/replay.service.js';
import type { MemoryStore } from './memory-store.js';

/** A backtest over pasts in memory: one part, then the settling, as the child processes do it. */
export interface ShadowRun {
  readonly settlement: Settlement;
  /** By member, as decided last; those whom no round was enough for too. */
  readonly shadows: ReadonlyMap<string, Shadowed>;
  readonly tally: PartTally;
}

export function runShadow(
  pasts: readonly CountedPast[],
  program: CompiledProgram,
  untilMs: number,
  { blockMax = Infinity, roundsMax }: { readonly blockMax?: number; readonly roundsMax?: number } = {},
): ShadowRun {
  const rules = { program, currency: 'puntos', untilMs };
  const part = newTally();
  const asked = pasts.map((past) => {
    const shadowed = shadow(past, rules);
    return countShadow(part, past, shadowed, rules, { isRanked: shadowed.demand.length === 0 });
  });
  const settlement = new Settlement(
    asked.filter(({ figures }) => figures.length > 0),
    program.budgets,
    roundsMax,
  );
  const settled = new SettledTally(settlement, rules);
  const pastOf = new Map(pasts.map((past) => [past.member, past]));
  const each = (members: readonly string[], act: (past: CountedPast) => unknown) => {
    for (const member of members) act(pastOf.get(member) ?? fail(member));
  };
  for (let again = settlement.begin(); again !== null; again = settlement.begin()) {
    for (let first = 0; first < again.length; first += blockMax) {
      const block = settled.block();
      each(again.slice(first, first + blockMax), (past) => block.add(past));
      for (const done of block.decide()) expect(done).toBeGreaterThanOrEqual(0);
    }
    settlement.end();
  }
  each(settled.undecided, (past) => settled.leaveOut(past));
  const asking = new Set(settlement.all().map(({ member }) => member));
  const shadows = new Map(
    pasts.map((past) => [
      past.member,
      shadow(past, rules, asking.has(past.member) ? settlement.toldTo(past.member) : undefined),
    ]),
  );
  return { settlement, shadows, tally: mergeTallies([part, settled.finish()]) };
}

/**
 * What a backtest must come to, worked out the plain way: everything that everybody did, one after another in the order in which
 * it was committed, with one counter for each budget and period.
 */
export function decideInTurn(
  pasts: readonly CountedPast[],
  program: CompiledProgram,
  untilMs: number,
): ReadonlyMap<string, MemberReplay> {
  const budgets = new PlainCounters();
  const plan = { programOf: () => program, isSame: false, untilMs };
  const replays = new Map(pasts.map(({ member, entries }) => [member, new MemberReplay(entries, budgets)]));
  const order = pasts
    .flatMap(({ entries }) => entries)
    .toSorted(
      (a, b) =>
        Date.parse(a.at) - Date.parse(b.at) || compare(a.lane, b.lane) || a.q - b.q || (a.place ?? 0) - (b.place ?? 0),
    );
  for (const entry of order) replays.get(entry.member)?.decide(entry, plan);
  for (const { member, entries } of pasts) {
    const last = entries.at(-1);
    if (last !== undefined) replays.get(member)?.runClock(last, program, untilMs);
  }
  return replays;
}

class PlainCounters implements BudgetSource {
  private used = new Map<string, number>();

  leftFor(_entry: string, _program: string, compiled: CompiledProgram, date: string): Record<string, number> {
    const keyed = [...compiled.budgets.values()].map((budget) => {
      const key = budgetKey(budget.id, periodOfBudget(budget, { program: dayOf(date) }));
      return [key, budget.limit - (this.used.get(key) ?? 0)] as const;
    });
    return Object.fromEntries(keyed);
  }

  note(_program: string, _compiled: CompiledProgram, { effects }: Decision): void {
    for (const effect of effects) {
      if (effect.type !== 'budget.used') continue;
      const key = budgetKey(effect.budget, effect.period);
      this.used.set(key, (this.used.get(key) ?? 0) + effect.amount);
    }
  }

  mark(): ReadonlyMap<string, number> {
    return new Map(this.used);
  }

  restore(mark: ReadonlyMap<string, number>): void {
    this.used = new Map(mark);
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The report of those whom a backtest decided, counted once and plainly from what became of them. */
export function reportPlainly(pasts: readonly CountedPast[], { shadows, settlement }: ShadowRun): BacktestReport {
  const tally = newTally();
  for (const { member, entries, holds } of pasts) {
    const shadowed = shadows.get(member);
    if (shadowed === undefined || settlement.unsettled.includes(member)) continue;
    const draft = { entries: shadowed.entries, state: shadowed.ledger?.state ?? null };
    tallyMember(tally, 'puntos', { member, live: { entries, state: holds }, draft, skipped: shadowed.skipped });
  }
  return reportOf([tally], FRAME);
}

/** The report of a run as it is made, but for whom it names as undecided. */
export function reportAsMade({ tally }: ShadowRun): BacktestReport {
  return reportOf([{ ...tally, undecided: [], undecidedCount: 0 }], FRAME);
}

const FRAME = { currency: 'puntos', seconds: 0, memoryMb: 0, missions: [], badges: [], tiers: [] };

/** What a store holds, member by member. */
export function pastsOf(store: MemoryStore): CountedPast[] {
  return [...store.states].map(([member, { state }]) => ({ member, entries: store.journalOf(member), holds: state }));
}

/** What an entry came to, without what only its place in a journal says. */
export function comesTo({ _id, outcome, lines, effects }: JournalEntry) {
  return { _id, outcome, lines, effects };
}

function fail(member: string): never {
  throw new Error(`There is no past of ${member}.`);
}
