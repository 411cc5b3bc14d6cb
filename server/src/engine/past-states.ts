import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { dayOf } from './calendar.js';
import type { CompiledProgram } from './compiled-program.js';
import { findTier } from './decision-run.js';
import { fold } from './fold.js';
import { initialState } from './initial-state.js';
import type { PastEntry } from './past-entry.js';
import type { Seen } from './seen.js';

interface Around {
  readonly before: MemberState;
  readonly after: MemberState;
}

/** The states around each entry of a journal: folded once, and only when the first one is asked for. */
export class PastStates {
  /** By seq. */
  private states: ReadonlyMap<number, Around> | null = null;

  /** `recorded`: the entries as they were recorded, not as undos left them; states are their fold. */
  constructor(
    private readonly program: CompiledProgram,
    private readonly recorded: readonly PastEntry[],
  ) {}

  /** The state on which an entry was decided. */
  before(entry: PastEntry): MemberState {
    return this.around(entry).before;
  }

  /** The state that an entry left. */
  after(entry: PastEntry): MemberState {
    return this.around(entry).after;
  }

  /** What conditions saw when an entry was decided, or would have seen, had it had these attributes. */
  seenOf(entry: PastEntry, attributes: Seen['attributes']): Seen {
    const { calendar } = entry.facts;
    const { before, after } = this.around(entry);
    const { program, member } = calendar.occurred;
    return {
      attributes,
      day: { program: dayOf(program), member: dayOf(member) },
      time: calendar.time,
      before,
      tier: findTier(this.program, before.tier),
      counters: after.counters,
    };
  }

  private around({ seq }: PastEntry): Around {
    this.states ??= foldAll(this.program, this.recorded);
    const found = this.states.get(seq);
    if (found === undefined) throw new Error(`The journal has no entry ${seq}.`);
    return found;
  }
}

/** Each journal by itself: within its own it has the number that follows. */
function foldAll(program: CompiledProgram, entries: readonly PastEntry[]): ReadonlyMap<number, Around> {
  const states = new Map<number, Around>();
  const present = new Map<string, MemberState>();
  for (const entry of entries) {
    const { member = '' } = entry;
    const before = present.get(member) ?? initialState(program);
    const after = fold(before, { ...entry, seq: before.seq + 1 });
    states.set(entry.seq, { before, after });
    present.set(member, after);
  }
  return states;
}
