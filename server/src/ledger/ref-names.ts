import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { JournalEntry, RecordedActivity } from './journal-entry.js';

/** Attributes by which activities of the house name pending points, holds and gifts of the member itself. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  'points.activated': ['pending'],
  'points.rescheduled': ['pending'],
  'points.cancelled': ['pending'],
  'points.captured': ['hold'],
  'points.released': ['hold'],
  'transfer.settled': ['transfer'],
  'transfer.returned': ['transfer'],
};
/** Names nothing: no entry has the number 0. */
export const NOWHERE = '0-0';

/**
 * Pending points, holds and gifts are named after the entry that made them. Where a journal is decided again its entries may have
 * other numbers: this knows both names of each.
 */
export class RefNames {
  private readonly replayOf = new Map<string, string>();
  private readonly recordedOf = new Map<string, string>();

  /**
   * Learns the names that an entry made, from what each is about, in their order. `corrected`: the entry as earlier undos left it, with
   * the names that it got only then.
   */
  learn(recorded: JournalEntry, replayed: JournalEntry, corrected: readonly Pick<JournalEntry, 'lines'>[] = []): void {
    const left = madeIn(replayed);
    for (const { what, ref } of [...madeIn(recorded), ...corrected.flatMap(({ lines }) => madeOf(lines))]) {
      if (this.replayOf.has(ref)) continue;
      const place = left.findIndex((one) => one.what === what);
      const found = left[place];
      if (found === undefined) continue;
      left.splice(place, 1);
      this.replayOf.set(ref, found.ref);
      this.recordedOf.set(found.ref, ref);
    }
  }

  /** An activity with the names that the replay has for what it is about. */
  inReplay(activity: RecordedActivity): RecordedActivity {
    return inNames(activity, (ref) => this.replayOf.get(ref) ?? NOWHERE);
  }

  /** The way back, once all is known; what was never recorded is named after the entry `seq`. */
  closed(seq: number): RecordedNames {
    return new RecordedNames(this.recordedOf, seq);
  }
}

/** Names as they were recorded, of what a replay made. */
export class RecordedNames {
  private readonly fresh = new Map<string, string>();

  constructor(
    private readonly recordedOf: ReadonlyMap<string, string>,
    private readonly seq: number,
  ) {}

  of(ref: string): string {
    const known = this.recordedOf.get(ref) ?? this.fresh.get(ref);
    if (known !== undefined) return known;
    const name = `${this.seq}-${this.fresh.size + 1}`;
    this.fresh.set(ref, name);
    return name;
  }

  ofState(state: MemberState): MemberState {
    const renamed = { ...state };
    for (const part of ['pending', 'holds', 'transit'] as const) this.rename(renamed, part);
    return renamed;
  }

  private rename<K extends 'pending' | 'holds' | 'transit'>(state: MemberState, part: K): void {
    const held = state[part];
    if (held === undefined) return;
    state[part] = Object.fromEntries(
      Object.entries(held).map(([ref, value]) => [this.of(ref), value]),
    ) as MemberState[K];
  }
}

/** An activity of the house with other names for the pending points, the hold or the gift that it is about. */
export function inNames(activity: RecordedActivity, nameOf: (ref: string) => string): RecordedActivity {
  const names = NAMING[activity.type];
  if (names === undefined) return activity;
  const attributes = { ...activity.attributes };
  for (const name of names) {
    const ref = attributes[name];
    if (typeof ref === 'string') attributes[name] = nameOf(ref);
  }
  return { ...activity, attributes };
}

/** An entry with the names as they were recorded. */
export function renamed(entry: JournalEntry, names: RecordedNames): JournalEntry {
  return {
    ...entry,
    lines: entry.lines.map((line) => (line.ref === undefined ? line : { ...line, ref: names.of(line.ref) })),
    effects: entry.effects.map((effect) => {
      if (effect.type === 'pending.set') return { ...effect, pending: names.of(effect.pending) };
      if (effect.type === 'hold.set') return { ...effect, hold: names.of(effect.hold) };
      if (effect.type === 'budget.used' && effect.ref !== undefined) return { ...effect, ref: names.of(effect.ref) };
      return effect.type === 'transfer.sent' ? { ...effect, transfer: names.of(effect.transfer) } : effect;
    }),
  };
}

/** The names that an entry itself made, with what each is about. */
function madeIn({ seq, lines }: JournalEntry): { what: string; ref: string }[] {
  return madeOf(lines.filter(({ ref }) => ref?.startsWith(`${seq}-`) === true));
}

/** The names of what these lines set aside. */
function madeOf(lines: readonly PointsLine[]): { what: string; ref: string }[] {
  const made = new Map<string, string>();
  for (const line of lines)
    if (line.ref !== undefined && line.pocket !== undefined && line.amount > 0) made.set(line.ref, whatOf(line));
  return [...made].map(([ref, what]) => ({ ref, what }));
}

function whatOf({ pocket, currency, by }: PointsLine): string {
  return [pocket, currency, by.kind, by.id, by.step].join(' ');
}
