import type { SetOff } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';
import { type ClosedJournals, NO_CLOSED } from './merged-past.js';
import { MemberReplay } from './replay-member.js';
import { renamed, RefNames } from './ref-names.js';
import { isWithin, type Replacement } from './undo-scope.js';

/** The rules of a replay in which versions are left out. */
export interface RulesWithout {
  /** What is left out now. */
  readonly leftOut: Replacement;
  readonly atVersion: (version: number) => CompiledProgram;
  /** What stands in the place of a version that is left out. */
  readonly insteadOf: (leftOut: Replacement) => CompiledProgram;
  /** The version in force now, whose counters the books have at the end. */
  readonly current: CompiledProgram;
  /** What is missing where points went out of the member's hands: left to it, or lent. */
  readonly shortage: 'forgive' | 'owe';
}

/** What a member's past is without a version. Refs are those that were recorded, also where the replay numbers otherwise. */
export interface PastWithout {
  /** By the id of the recorded entry; what is not here would not be there. */
  readonly entries: ReadonlyMap<string, JournalEntry>;
  readonly lines: readonly PointsLine[];
  /** Null before the first entry. */
  readonly state: MemberState | null;
  /** Ids of what entries caused for others and would not have. */
  readonly gone: readonly { readonly id: string; readonly member: string }[];
}

/**
 * Decides a member's journal again with a version left out, and what earlier undos left out. Each other entry is decided under
 * its own. What went out of the member's hands (gifts that did not come back, holds that were not let go) stays: the points that it lacks then are
 * forgiven or lent. `removed`: entries that others' undone decisions had caused.
 */
export function replayWithout(
  recorded: readonly JournalEntry[],
  rules: RulesWithout,
  removed: ReadonlySet<string> = new Set(),
  closed: ClosedJournals = NO_CLOSED,
): PastWithout {
  const run = new RunWithout(recorded, rules, removed, closed);
  for (const entry of recorded) run.decide(entry);
  return run.finish();
}

/** The types by which points leave the balance towards somebody else; they set nothing off and go by the version recorded. */
const LEAVES: ReadonlySet<string> = new Set(['transfer.sent', 'points.held', 'points.captured']);
/** Refused once, these stay refused: nobody got anything, and whoever asked was told so. */
const STAYS_REFUSED: ReadonlySet<string> = new Set([...LEAVES, 'points.adjusted']);
/** What other members' books say in return stays, with the gift that it is about. */
const STAYS = /^transfer\./;

class RunWithout {
  private readonly replay: MemberReplay;
  private readonly entries = new Map<string, JournalEntry>();
  private readonly gone: { id: string; member: string }[] = [];
  private readonly names = new RefNames();
  private readonly byId: ReadonlyMap<string, JournalEntry>;
  private readonly cameBack: ReadonlySet<string>;
  /** What others' undone decisions had caused, and what of that kind went with earlier undos. */
  private readonly removed: ReadonlySet<string>;
  /** By seq: what earlier undos left of an entry. */
  private readonly corrected = new Map<number, SetOff[]>();
  /** A version had brought a tier within reach that the books do not reach here: a later one may. */
  private isOwed = false;
  private readonly earlier: readonly { readonly seq: number; readonly leftOut: Replacement }[];

  constructor(
    private readonly recorded: readonly JournalEntry[],
    private readonly rules: RulesWithout,
    removed: ReadonlySet<string>,
    closed: ClosedJournals,
  ) {
    this.replay = new MemberReplay(recorded, undefined, closed);
    this.byId = new Map(recorded.map((entry) => [entry._id, entry]));
    this.cameBack = cameBackIn(recorded);
    const gone = new Set(recorded.flatMap(({ facts }) => facts.undone?.gone ?? []));
    const caused = recorded.filter(({ seq, activity }) => gone.has(seq) && activity.source === 'cause');
    this.removed = new Set([...removed, ...caused.map(({ _id }) => _id)]);
    for (const one of recorded.flatMap(({ facts }) => facts.undone?.entries ?? []))
      this.corrected.set(one.seq, [...(this.corrected.get(one.seq) ?? []), one]);
    this.earlier = recorded.flatMap(({ facts: { undone } }) =>
      undone === undefined ? [] : [{ seq: undone.seq, leftOut: undone }],
    );
  }

  decide(entry: JournalEntry): void {
    const { type, source } = entry.activity;
    if (type === 'undo.applied') return this.passOver(entry);
    if (type === 'state.extended' || type === 'state.repaired') return;
    if (this.isOwed && type !== 'tier.assessed') this.assess(entry, this.programOf(entry));
    const again = this.removed.has(entry._id) ? null : this.decideAgain(entry, source === 'clock');
    if (again !== null && again._id === entry._id) {
      this.entries.set(entry._id, again);
      this.names.learn(entry, again, this.corrected.get(entry.seq));
    }
    if (!STAYS.test(type)) this.noteGone(entry, again);
  }

  finish(): PastWithout {
    const last = this.recorded.at(-1);
    if (last !== undefined && this.isOwed) this.assess(last, this.rules.current);
    if (last !== undefined) this.replay.extend(last, this.rules.current);
    const names = this.names.closed((last?.seq ?? 0) + 1);
    const seqs = new Map(this.recorded.map(({ _id, seq }) => [_id, seq]));
    const entries = [...this.entries].map(([id, entry]): [string, JournalEntry] => [
      id,
      { ...renamed(entry, names), effects: renamed(entry, names).effects.map((effect) => numbered(effect, seqs)) },
    ]);
    const { ledger } = this.replay;
    return {
      entries: new Map(entries),
      lines: this.replay.entries.flatMap((entry) => renamed(entry, names).lines),
      state: ledger === null ? null : names.ofState(ledger.state),
      gone: this.gone,
    };
  }

  private decideAgain(entry: JournalEntry, isClock: boolean): JournalEntry | null {
    const { replay } = this;
    const program = this.programOf(entry);
    if (entry.activity.type === 'tier.assessed') return this.assess(entry, program);
    // Where time goes by the activities, the clock strikes with the one that follows, not by itself.
    if (isClock && (program.time === 'activities' || replay.ledger === null)) return null;
    const asked = { ...entry, activity: this.names.inReplay(entry.activity) };
    if (entry.outcome === 'refused' && STAYS_REFUSED.has(entry.activity.type)) {
      this.refuseAgain(asked, program);
      return null;
    }
    if (!this.leaves(entry)) {
      replay.extend(entry, program);
      return this.submit(asked, program);
    }
    this.settle(asked, program);
    const own = this.rules.atVersion(entry.version);
    const before = { entries: replay.entries.length, ledger: replay.ledger };
    const again = this.submit(asked, own);
    if (again?.refusal !== 'points.notEnough') return again;
    replay.rewind(before);
    this.makeUp(asked, own);
    return this.submit(asked, own);
  }

  private assess(entry: JournalEntry, program: CompiledProgram): JournalEntry | null {
    this.replay.extend(entry, program);
    const again = this.replay.assess(entry, program);
    this.isOwed = again === null;
    return again;
  }

  private submit(entry: JournalEntry, program: CompiledProgram): JournalEntry | null {
    // It asks with an entry of its own, which has the number and the version that it got here.
    return this.replay.submit(entry, program, (one) => this.programOf(this.byId.get(one._id) ?? one));
  }

  private programOf(entry: JournalEntry): CompiledProgram {
    const { leftOut, atVersion, insteadOf } = this.rules;
    if (isWithin(leftOut, entry)) return insteadOf(leftOut);
    const earlier = this.earlier.findLast((one) => entry.seq <= one.seq && isWithin(one.leftOut, entry));
    return earlier === undefined ? atVersion(entry.version) : insteadOf(earlier.leftOut);
  }

  /** Whether points went out of the member's hands with this for good. */
  private leaves({ activity, outcome, seq }: JournalEntry): boolean {
    return outcome === 'accepted' && LEAVES.has(activity.type) && !this.cameBack.has(`${seq}-1`);
  }

  /** What falls due before such an entry falls due under the version that stands, not under the one that recorded it. */
  private settle(entry: JournalEntry, program: CompiledProgram): void {
    if (program.time !== 'wall' || this.replay.ledger === null) return;
    const clock: RecordedActivity = { ...entry.activity, type: 'clock.struck', source: 'clock', attributes: {} };
    this.submit({ ...entry, activity: clock }, program);
  }

  /** Gives the points that are missing for what went out, on the day on which it did. */
  private makeUp(entry: JournalEntry, program: CompiledProgram): void {
    const { currency, amount } = entry.activity.attributes;
    if (typeof currency !== 'string' || typeof amount !== 'number') return;
    const missing = amount - (this.replay.ledger?.state.balances[currency] ?? 0);
    if (missing <= 0) return;
    const line: PointsLine = {
      currency,
      amount: missing,
      kind: this.rules.shortage,
      by: { kind: 'currency', id: currency, rev: program.currencies.get(currency)?.definition.rev ?? 1 },
      lot: { activated: entry.facts.calendar.now.program, expires: null },
    };
    this.replay.book(entry, this.rules.shortage === 'owe' ? [line, { ...line, pocket: 'owed' }] : [line]);
  }

  /** Of an earlier undo only its day counts: what was too old by then was forgotten. */
  private passOver(entry: JournalEntry): void {
    const { calendar } = entry.facts;
    if (this.replay.ledger !== null) this.replay.book({ ...entry, facts: { calendar } }, []);
  }

  /** Leaves a refusal as it was: it only moves the member's time on. */
  private refuseAgain(entry: JournalEntry, program: CompiledProgram): void {
    if (this.replay.ledger === null) return;
    this.replay.extend(entry, program);
    this.settle(entry, program);
    this.replay.book(entry, []);
  }

  /** What this entry caused and does not any more: by whom it was caused for and what it was, as keys may be others. */
  private noteGone({ caused = [] }: JournalEntry, again: JournalEntry | null): void {
    const left = (again?.caused ?? []).map(({ member, type }) => `${type} ${member}`);
    for (const { id, member, type } of caused) {
      const place = left.indexOf(`${type} ${member}`);
      if (place >= 0) left.splice(place, 1);
      else this.gone.push({ id, member });
    }
  }
}

/** Holds that were let go, or whose captures were cancelled, and gifts that came back in full: nothing of those points went out. */
function cameBackIn(recorded: readonly JournalEntry[]): Set<string> {
  const gone = new Map<string, number>();
  const open = new Map<string, number>();
  for (const { lines } of recorded)
    for (const { pocket, kind, ref = '', amount } of lines) {
      if (pocket !== 'held' && pocket !== 'transit') continue;
      if (kind === 'capture' || kind === 'settle') gone.set(ref, (gone.get(ref) ?? 0) + amount);
      open.set(ref, (open.get(ref) ?? 0) + amount);
    }
  return new Set([...open].flatMap(([ref, left]) => (left === 0 && (gone.get(ref) ?? 0) === 0 ? [ref] : [])));
}

/** A reversal names the entry that it took back by its place, which in the replay may be another. */
function numbered(effect: JournalEntry['effects'][number], seqs: ReadonlyMap<string, number>): typeof effect {
  return effect.type === 'activity.reversed' ? { ...effect, seq: seqs.get(effect.of) ?? effect.seq } : effect;
}
