import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '#engine/fold.js';
import { hashOf } from '#platform/crypto/hash.js';
import { entryHash, type JournalEntry, type MemberLedger } from './journal-entry.js';

/** What is wrong with one member's books. `seq` is the entry at which it shows, 0 for the state itself. */
export interface Finding {
  readonly member: string;
  readonly seq: number;
  readonly kind: 'gap' | 'hash' | 'fold' | 'balance' | 'negative' | 'state' | 'missingState' | 'head';
  readonly text: string;
}

/** Goes through one member's journal in order, folding and checking as it goes; pages may be fed one after another. */
export class MemberVerifier {
  readonly findings: Finding[] = [];
  private state: MemberState;
  private hash = '';
  private isBroken = false;

  constructor(
    private readonly member: string,
    initial: MemberState,
  ) {
    this.state = initial;
  }

  read(entry: JournalEntry): void {
    if (this.isBroken) return;
    if (entry.seq !== this.state.seq + 1) {
      this.find(entry.seq, 'gap', `entry ${entry.seq} follows ${this.state.seq}`);
      this.isBroken = true;
      return;
    }
    if (entryHash(this.hash, entry) !== entry.hash)
      this.find(entry.seq, 'hash', 'the entry or one before it was changed');
    this.hash = entry.hash;
    try {
      this.state = fold(this.state, entry);
    } catch (error) {
      this.find(entry.seq, 'fold', String(error));
      this.isBroken = true;
      return;
    }
    if (hashOf(this.state.balances) !== hashOf(entry.balances))
      this.find(entry.seq, 'balance', 'the balances written beside the entry are not those of its lines');
    if (Object.values(this.state.balances).some((balance) => balance < 0))
      this.find(entry.seq, 'negative', 'a balance lies below zero');
    for (const [currency, lots] of Object.entries(this.state.lots)) {
      const sum = lots.reduce((total, { amount }) => total + amount, 0);
      if (sum !== (this.state.balances[currency] ?? 0))
        this.find(entry.seq, 'balance', `the lots of ${currency} do not add up to its balance`);
    }
  }

  /** Compares with the stored state after the last entry; answers the state that the journal gives. */
  finish(stored: MemberLedger | null): MemberState {
    if (this.isBroken) return this.state;
    if (stored === null) {
      if (this.state.seq > 0) this.find(0, 'missingState', 'there are entries and no state');
    } else if (stored.seq !== this.state.seq || stored.hash !== this.hash) {
      this.find(0, 'head', `the state stands at entry ${stored.seq}, the journal at ${this.state.seq}`);
    } else if (hashOf(stored.state) !== hashOf(this.state)) {
      this.find(0, 'state', 'the stored state is not the fold of the journal');
    }
    return this.state;
  }

  private find(seq: number, kind: Finding['kind'], text: string): void {
    this.findings.push({ member: this.member, seq, kind, text });
  }
}
