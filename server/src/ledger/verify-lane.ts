import { groupHead, type JournalEntry } from './journal-entry.js';
import { groupDigest, sealedHead } from './seal-group.js';

/** What is wrong with a lane's chain, at which group, and where it is known at which entry. */
export interface LaneFinding {
  readonly lane: string;
  readonly q: number;
  readonly text: string;
  readonly member?: string;
  readonly seq?: number;
}

/** What the chain of a lane reads of an entry. */
export type Link = Pick<
  JournalEntry,
  '_id' | 'program' | 'member' | 'seq' | 'lane' | 'q' | 'place' | 'link' | 'seal' | 'hash'
>;

/** What else says how a group ended: its outbox row, as long as that is kept. */
export interface GroupRow {
  readonly q: number;
  readonly head: string;
  readonly entries: readonly { readonly id: string }[];
}

/**
 * Goes through the groups of a lane in order. Where a group does not fit, the next one that says what came before it takes the
 * chain up again, so that one change is one finding.
 */
export class LaneVerifier {
  readonly findings: LaneFinding[] = [];
  groups = 0;
  private q = 0;
  /** Null: not known, as behind groups of before they were sealed whose rows are gone. */
  private head: string | null = '';
  /** The head that a signed root has for a group. */
  private readonly roots: ReadonlyMap<number, { readonly head: string; readonly root: string }>;

  constructor(
    private readonly lane: string,
    roots: ReadonlyMap<number, { readonly head: string; readonly root: string }> = new Map(),
  ) {
    this.roots = roots;
  }

  /** Takes the next group: its entries in any order, and its row while there is one. */
  read(q: number, entries: readonly Link[], row: GroupRow | null): void {
    this.groups += 1;
    if (q !== this.q + 1) {
      this.find(this.q + 1, q === this.q + 2 ? 'the group is missing' : `groups ${this.q + 1} to ${q - 1} are missing`);
      this.head = null;
    }
    const before = this.head;
    this.q = q;
    this.head = entries.some(({ seal }) => seal !== undefined)
      ? this.sealed(q, entries, before)
      : this.unsealed(entries, before, row);
    if (row !== null && this.head !== null && row.head !== this.head) {
      this.find(q, 'its entries are not those that its outbox row chains');
      this.head = row.head;
    }
    const root = this.roots.get(q);
    if (root !== undefined && this.head !== null && root.head !== this.head) {
      this.find(q, `the signed root of ${root.root} says otherwise`);
      this.head = root.head;
    }
  }

  /** Compares with where the lane itself stands. */
  finish(lane: { readonly q: number; readonly head: string }): void {
    for (const [q, { root }] of this.roots)
      if (q > Math.max(this.q, lane.q)) this.find(q, `the signed root of ${root} knows of groups that are not there`);
    if (this.q !== lane.q) this.find(lane.q, `the lane stands at ${lane.q}, its last group is ${this.q}`);
    else if (this.head !== null && this.head !== lane.head)
      this.find(lane.q, 'its last group is not what the lane says');
  }

  private sealed(q: number, entries: readonly Link[], before: string | null): string {
    const placed = entries.toSorted((a, b) => (a.place ?? -1) - (b.place ?? -1));
    const wrong = placed.find(({ place, seal }, index) => place !== index || seal === undefined);
    if (wrong !== undefined)
      this.find(q, 'an entry is missing, or one is there that was not', { member: wrong.member, seq: wrong.seq });
    const [first] = placed;
    const link = first?.link ?? '';
    if (before !== null && wrong === undefined && link !== before)
      if (q === 1) this.find(q, 'something came before the first group');
      else this.find(q - 1, 'its entries are not those that the next group follows on');
    return sealedHead(wrong === undefined ? link : (before ?? link), groupDigest(placed.map(({ seal }) => seal ?? '')));
  }

  private unsealed(entries: readonly Link[], before: string | null, row: GroupRow | null): string | null {
    // In which order they came stands in the row only.
    if (row === null || before === null) return row?.head ?? null;
    const hashes = new Map(entries.map(({ _id, hash }) => [_id, hash]));
    return groupHead(
      before,
      row.entries.map(({ id }) => hashes.get(id) ?? ''),
    );
  }

  private find(q: number, text: string, entry: { readonly member?: string; readonly seq?: number } = {}): void {
    this.findings.push({ lane: this.lane, q, text, ...entry });
  }
}
