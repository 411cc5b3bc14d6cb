import type { MemberLedger } from './journal-entry.js';

const MEMBERS_MAX = 20_000;

/**
 * The committed states that a lane remembers, least recently used out first. It belongs to the lane's epoch: cleared on step-down
 * and on a failed compare-and-set, changed only after a commit.
 */
export class StateCache {
  /** A member that is known to have no state yet stands as null. */
  private readonly ledgers = new Map<string, MemberLedger | null>();

  constructor(private readonly membersMax = MEMBERS_MAX) {}

  missing(members: readonly string[]): string[] {
    return [...new Set(members)].filter((member) => !this.ledgers.has(member));
  }

  put(ledger: MemberLedger): void {
    this.ledgers.delete(ledger._id);
    this.ledgers.set(ledger._id, ledger);
    if (this.ledgers.size <= this.membersMax) return;
    const oldest = this.ledgers.keys().next();
    if (oldest.done !== true) this.ledgers.delete(oldest.value);
  }

  /** Remembers that those of these members that were not found have no state. */
  noteAbsent(members: readonly string[]): void {
    for (const member of members) if (!this.ledgers.has(member)) this.ledgers.set(member, null);
  }

  /** A working copy of the map (states themselves are never changed) with the members that have a state. */
  pick(members: readonly string[]): Map<string, MemberLedger> {
    const picked = new Map<string, MemberLedger>();
    for (const member of members) {
      const ledger = this.ledgers.get(member);
      if (ledger) picked.set(member, ledger);
    }
    return picked;
  }

  /** The committed `seq`; 0 where there is no state. */
  seqOf(member: string): number {
    return this.ledgers.get(member)?.seq ?? 0;
  }

  clear(): void {
    this.ledgers.clear();
  }
}
