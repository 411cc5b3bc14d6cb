import type { JournalEntry } from './journal-entry.js';

/** Views follow within a few groups; whoever lags further reads the store. */
const GROUPS_MAX = 8;

/**
 * The last groups that this node committed, by lane and number: every view reads them a moment after their commit, and reading
 * them back from the store costs as much as deciding them. A committed group never changes, so nothing here grows stale.
 */
export class RecentGroups {
  private readonly lanes = new Map<string, Map<number, readonly JournalEntry[]>>();

  /** Only what is known to be committed: the fence lets no two nodes write the same number of a lane. */
  note(lane: string, q: number, entries: readonly JournalEntry[]): void {
    const groups = this.lanes.get(lane) ?? new Map<number, readonly JournalEntry[]>();
    this.lanes.set(lane, groups);
    groups.set(q, entries);
    if (groups.size <= GROUPS_MAX) return;
    const oldest = groups.keys().next();
    if (oldest.done !== true) groups.delete(oldest.value);
  }

  /** The entries of the groups after one number up to another, in order of `q` and `seq`; null where one is not held. */
  read(lane: string, afterQ: number, throughQ: number): JournalEntry[] | null {
    const groups = this.lanes.get(lane);
    const found: JournalEntry[] = [];
    for (let q = afterQ + 1; q <= throughQ; q += 1) {
      const entries = groups?.get(q);
      if (entries === undefined) return null;
      found.push(...entries.toSorted((a, b) => a.seq - b.seq));
    }
    return found;
  }
}
