import type { SystemActivityType } from '@verbena/shared/activities/activity-type.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { fold } from '#engine/fold.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { Random } from './committer.ports.js';
import { assessInto, mayRise } from './assess-member.js';
import { decideInto } from './decide-group.js';
import { extendInto, needsExtension } from './extend-state.js';
import type { GroupDraft } from './group-draft.js';
import { type BudgetSource, RecordedBudgets } from './group-budgets.js';
import { type ClosedJournals, NO_CLOSED, withAbsorbed } from './merged-past.js';
import { reversedEntryOf, versionOf } from './reversal.js';
import type { JournalEntry, MemberLedger } from './journal-entry.js';

/** What a member's past becomes when it is decided again. */
export interface Replayed {
  /** In order; the clock's own entries stand where they fall due now. */
  readonly entries: readonly JournalEntry[];
  /** The books at the end; null where nothing was recorded. */
  readonly ledger: MemberLedger | null;
  /** Recorded activities that found nothing to do here, such as a reversal of what was never given. */
  readonly skipped: number;
}

/** How to decide again. */
export interface ReplayPlan {
  /** The version that decides an entry: the recorded one, a draft for all, one left out for a while. */
  readonly programOf: (recorded: JournalEntry) => CompiledProgram;
  /**
   * Whether the past is repeated as it was: entries that belong to a version (counters that it filled, repairs, what of it was
   * undone) are then part of it. Under other rules they are left out, because there the counters stood from the start.
   */
  readonly isSame: boolean;
  /** Until when the clock runs on after the last entry, on program time `wall`; null: not at all. */
  readonly untilMs: number | null;
  /** What is left of what all share; absent: what each entry saw then. */
  readonly budgets?: BudgetSource;
}

/**
 * Decides one member's journal again, entry by entry, on the very path of the committer, without writing anything. Pure: the
 * same journal and plan give the same result, and under the recorded versions the same hashes, salts included. What accounts
 * that were joined to the member brought it is as it was recorded; `closed` are their journals, which returns read.
 */
export function replayMember(
  recorded: readonly JournalEntry[],
  plan: ReplayPlan,
  closed: ClosedJournals = NO_CLOSED,
): Replayed {
  const replay = new MemberReplay(recorded, plan.budgets, closed);
  for (const entry of recorded) replay.decide(entry, plan);
  const last = recorded.at(-1);
  if (last !== undefined && plan.untilMs !== null) replay.runClock(last, plan.programOf(last), plan.untilMs);
  return { entries: replay.entries, ledger: replay.ledger, skipped: replay.skipped };
}

/** The first recorded entry that came out differently; null where the whole past is the same, to the last hash. */
export function findDifference(recorded: readonly JournalEntry[], { entries }: Replayed): number | null {
  const length = Math.max(recorded.length, entries.length);
  for (let place = 0; place < length; place += 1)
    if (recorded[place]?.hash !== entries[place]?.hash) return recorded[place]?.seq ?? length;
  return null;
}

/** Entries that there are only because rules changed on the way, or books were put right. */
const OF_A_VERSION: ReadonlySet<string> = new Set([
  'state.extended',
  'state.repaired',
  'undo.applied',
  'tier.assessed',
] satisfies SystemActivityType[]);

/** A member's journal as it grows while it is decided again. */
export class MemberReplay {
  readonly entries: JournalEntry[] = [];
  ledger: MemberLedger | null = null;
  skipped = 0;
  private readonly salts: Salts;

  constructor(
    recorded: readonly JournalEntry[],
    private readonly budgets: BudgetSource = new RecordedBudgets(recorded),
    private readonly closed: ClosedJournals = NO_CLOSED,
  ) {
    this.salts = new Salts(recorded, () => this.entries.length);
  }

  decide(entry: JournalEntry, { programOf, isSame }: ReplayPlan): void {
    const program = programOf(entry);
    const { type, source } = entry.activity;
    if (OF_A_VERSION.has(type)) {
      if (!isSame) return;
      if (type === 'state.extended') return this.extend(entry, program);
      if (type === 'tier.assessed') return void this.assess(entry, program);
    }
    // Where time goes by the activities, the clock strikes with the one that follows, not by itself.
    if (source === 'clock' && program.time === 'activities') return;
    if (source === 'clock' && this.ledger === null) return;
    // What a return is of stands under what an undo put in the place of its version.
    this.submit(entry, program, (of) => programOf({ ...of, version: versionOf(of, this.past) }));
  }

  /** Settles what falls due until a moment, as the sweep would have. */
  runClock(entry: JournalEntry, program: CompiledProgram, untilMs: number): void {
    if (program.time !== 'wall' || this.ledger === null || untilMs <= Date.parse(entry.at)) return;
    const activity = { ...entry.activity, type: 'clock.struck', source: 'clock' as const, attributes: {} };
    this.submit({ ...entry, at: new Date(untilMs).toISOString(), activity }, program, () => program);
  }

  /** Fills the counters that a version declares and the books do not have yet, as before the entry that comes next. */
  extend(entry: JournalEntry, program: CompiledProgram): void {
    if (this.ledger === null || !needsExtension(this.ledger, program)) return;
    const draft = this.draftOf(entry);
    extendInto(draft, this.ledger, program, this.salts, this.past);
    this.keep(draft);
  }

  /** Gives the tier that a version lets the books reach, as of an entry; null where they reach none above the one that they have. */
  assess(entry: JournalEntry, program: CompiledProgram): JournalEntry | null {
    if (this.ledger === null || !mayRise(this.ledger, program, Date.parse(entry.at))) return null;
    const draft = this.draftOf(entry);
    assessInto(draft, this.ledger, program, this.salts);
    this.keep(draft);
    return draft.entries.at(-1) ?? null;
  }

  /** Decides an entry again, after the clock where that is due; null where it is refused before it comes to a decision. */
  submit(entry: JournalEntry, program: CompiledProgram, programOf: ReplayPlan['programOf']): JournalEntry | null {
    const draft = this.draftOf(entry);
    const submission = {
      scope: scopeOf(entry.program),
      member: entry.member,
      shard: entry.shard,
      entryId: entry._id,
      fingerprint: entry.fingerprint,
      activity: entry.activity,
      ...(entry.facts.undone === undefined ? {} : { undone: entry.facts.undone }),
    };
    try {
      // A return in part is decided again under the version of what it takes from.
      const { past } = this;
      const reversed = reversedEntryOf(entry.activity, past);
      const under = reversed === undefined ? program : programOf(reversed);
      decideInto(draft, submission, program, this.salts, { entries: past, under });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.skipped += 1;
      return null;
    }
    this.keep(draft);
    return draft.entries.at(-1) ?? null;
  }

  /** Books lines that nothing decided, in an entry of their own after the last. */
  book(entry: JournalEntry, lines: readonly PointsLine[]): void {
    if (this.ledger === null) throw new Error('There are no books yet to book in.');
    const seq = this.ledger.seq + 1;
    const booked: JournalEntry = {
      ...entry,
      _id: `${entry._id}:${seq}`,
      seq,
      activity: { ...entry.activity, type: 'undo.applied', attributes: {} },
      lines,
      effects: [],
    };
    this.entries.push(booked);
    this.ledger = { ...this.ledger, seq, state: fold(this.ledger.state, booked) };
  }

  /** Goes back to what was before something was tried. */
  rewind({ entries, ledger }: { readonly entries: number; readonly ledger: MemberLedger | null }): void {
    this.entries.length = entries;
    this.ledger = ledger;
  }

  /** What was decided up to now, with the journals of accounts that were joined to this one by then. */
  private get past(): readonly JournalEntry[] {
    return this.closed.size === 0 ? this.entries : withAbsorbed(this.entries, this.closed);
  }

  private draftOf({ lane, q, at, member }: JournalEntry): GroupDraft {
    const ledgers = new Map(this.ledger === null ? [] : [[member, this.ledger]]);
    return { lane, q, atMs: Date.parse(at), entries: [], ledgers, caused: [], budgets: this.budgets };
  }

  private keep(draft: GroupDraft): void {
    this.entries.push(...draft.entries);
    for (const ledger of draft.ledgers.values()) this.ledger = ledger;
  }
}

/** The recorded salts in their order, so that the same past has the same hashes; where there are more entries now, zeros. */
class Salts implements Random {
  private given = 0;
  private at = -1;

  constructor(
    private readonly recorded: readonly JournalEntry[],
    private readonly kept: () => number,
  ) {}

  bytes(count: number): Buffer {
    // A decision that failed has drawn salts and kept none of them.
    if (this.at !== this.kept()) [this.at, this.given] = [this.kept(), 0];
    const salt = this.recorded[this.at + this.given]?.salt;
    this.given += 1;
    return salt === undefined ? Buffer.alloc(count) : Buffer.from(salt, 'base64url');
  }
}
