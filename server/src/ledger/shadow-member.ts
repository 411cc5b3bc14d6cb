import type { EffectType } from '@verbena/shared/ledger/effect.js';
import type { Receipt } from '@verbena/shared/ledger/receipt.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { BudgetSource } from './group-budgets.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';
import { type ClosedJournals, NO_CLOSED } from './merged-past.js';
import { MemberReplay, type ReplayPlan, type Replayed, replayMember } from './replay-member.js';
import { readsPast } from './reversal.js';
import { type Demand, ShadowBudgets, type Told, ToldBudgets } from './shadow-budgets.js';

/** A member's journal, and those of accounts that were joined to it. */
export interface ShadowedPast {
  readonly entries: readonly JournalEntry[];
  readonly closed?: ClosedJournals;
}

/** A member's past under other rules, and what it asked there of what all share. */
export type Shadowed = Replayed & { readonly demand: readonly Demand[] };

/**
 * A member's past under other rules, as if they had always been in force; the clock runs on until `untilMs`. `told`: what is left
 * to its entries of what all share; nothing is limited of which it does not speak.
 */
export function shadowMember(
  { entries, closed }: ShadowedPast,
  program: CompiledProgram,
  untilMs: number,
  told: Told = new Map(),
): Shadowed {
  const budgets = new ShadowBudgets(new ToldBudgets(told));
  const replayed = replayMember(entries, { programOf: () => program, isSame: false, untilMs, budgets }, closed);
  return { ...replayed, demand: program.budgets.size === 0 ? [] : budgets.demandOf(entries, replayed.entries) };
}

/** One recorded entry of a member, to be decided again when its turn comes among those of others. */
export interface ShadowStep {
  readonly atMs: number;
  readonly lane: string;
  readonly q: number;
  readonly place: number;
  /** @throws what deciding throws; the member is then not to be decided. */
  readonly decide: () => void;
}

/**
 * The same past entry by entry, side by side with those of others, on what `budgets` then says is left. Lean, since many stand
 * side by side: of an entry it keeps what counts at the end, and all of it only where a return or a closing reads the past.
 */
export class ShadowMember {
  private readonly replay: MemberReplay;
  private readonly budgets: ShadowBudgets;
  private readonly plan: ReplayPlan;
  private readonly recorded: JournalEntry[];
  private readonly readsPast: boolean;

  constructor(
    { entries, closed = NO_CLOSED }: ShadowedPast,
    private readonly program: CompiledProgram,
    private readonly untilMs: number,
    budgets: BudgetSource,
  ) {
    this.recorded = entries.map((entry) => ({ ...entry, lines: [], effects: [], receipt: NO_RECEIPT }));
    this.readsPast = closed.size > 0 || entries.some(({ activity }) => readsPast(activity));
    this.budgets = new ShadowBudgets(budgets);
    this.replay = new MemberReplay(this.recorded, this.budgets, closed);
    this.plan = { programOf: () => program, isSame: false, untilMs };
  }

  /** In its own order; the last one lets the clock run on. */
  steps(): ShadowStep[] {
    const steps = this.recorded.map((entry, place) => stepOf(entry, Date.parse(entry.at), () => this.decide(place)));
    const last = this.recorded.at(-1);
    if (last !== undefined && this.untilMs > Date.parse(last.at))
      steps.push(stepOf(last, this.untilMs, () => this.replay.runClock(last, this.program, this.untilMs)));
    return steps;
  }

  /** What became of it, once every step was taken. */
  finish(): Shadowed {
    const { entries, ledger, skipped } = this.replay;
    return { entries, ledger, skipped, demand: this.budgets.demandOf(this.recorded, entries) };
  }

  private decide(place: number): void {
    const entry = this.recorded[place];
    if (entry === undefined) return;
    const { entries } = this.replay;
    const before = entries.length;
    this.replay.decide(entry, this.plan);
    if (this.readsPast) return;
    this.recorded[place] = { ...entry, activity: NO_ACTIVITY };
    for (let at = before; at < entries.length; at += 1) {
      const decided = entries[at];
      if (decided !== undefined) entries[at] = leanOf(decided);
    }
  }
}

const NO_RECEIPT: Receipt = { fired: [], missed: [] };
const NO_ACTIVITY: RecordedActivity = {
  type: '',
  key: '',
  source: 'clock',
  occurredAt: '',
  receivedAt: '',
  channel: 'system',
  attributes: {},
  depth: 0,
};
const COUNTED: ReadonlySet<EffectType> = new Set([
  'budget.used',
  'mission.completed',
  'mission.reverted',
  'badge.granted',
  'badge.revoked',
]);

/** What is counted of an entry at the end. */
function leanOf(entry: JournalEntry): JournalEntry {
  const { calendar } = entry.facts;
  return {
    ...entry,
    activity: NO_ACTIVITY,
    facts: { calendar },
    lines: entry.lines.filter(({ kind }) => kind === 'earn' || kind === 'reverse'),
    effects: entry.effects.filter(({ type }) => COUNTED.has(type)),
    receipt: NO_RECEIPT,
    salt: '',
    hash: '',
  };
}

function stepOf({ lane, q, place = 0 }: JournalEntry, atMs: number, decide: () => void): ShadowStep {
  return { atMs, lane, q, place, decide };
}
