import type { Decision } from '@verbena/shared/ledger/decision.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { fold } from '#engine/fold.js';
import { hashOf } from '#platform/crypto/hash.js';
import { checkEntry, type Flaw, narrowByDecision } from './check-entry.js';
import { entryHash, type JournalEntry, type MemberLedger } from './journal-entry.js';

/**
 * What is wrong with one member's books. `seq` is the entry at which it shows, 0 for the state itself; `fields` those of its
 * document that can be to blame, one where that is certain.
 */
export interface Finding {
  readonly member: string;
  readonly seq: number;
  readonly kind:
    | 'gap'
    | 'hash'
    | 'seal'
    | 'unreadable'
    | 'fold'
    | 'balance'
    | 'negative'
    | 'state'
    | 'missingState'
    | 'head'
    | 'snapshot'
    | 'standing'
    | 'budget'
    | 'replay'
    | 'noMember';
  readonly text: string;
  readonly fields?: readonly string[];
}

/** Decides an entry again on the state before it; null where that is not to be had. */
export type DecideAgain = (state: MemberState, entry: JournalEntry) => Decision | null;

/** Goes through one member's journal in order, folding and checking as it goes; pages may be fed one after another. */
export class MemberVerifier {
  readonly findings: Finding[] = [];
  private state: MemberState;
  private hash = '';
  /** What the hash before should have been where it was found wrong: if the next entry goes on from that, only it was changed. */
  private suspected: { readonly hash: string; readonly seq: number; readonly place: number } | null = null;
  private isBroken = false;
  /** Something that the fold reads was changed: what follows from it is not reported over and over. */
  private isAdrift = false;

  constructor(
    private readonly member: string,
    initial: MemberState,
    private readonly decideAgain: DecideAgain = () => null,
  ) {
    this.state = initial;
  }

  /** The fold so far, and the hash of the last entry. */
  get present(): { readonly state: MemberState; readonly hash: string; readonly isSound: boolean } {
    return { state: this.state, hash: this.hash, isSound: this.findings.length === 0 };
  }

  read(entry: JournalEntry): void {
    if (this.isBroken) return;
    if (entry.seq !== this.state.seq + 1) {
      this.find(entry.seq, 'gap', `entry ${String(entry.seq)} follows ${this.state.seq}`);
      this.isBroken = true;
      return;
    }
    this.check(entry);
    this.hash = entry.hash;
    const before = this.state;
    try {
      this.state = fold(before, entry);
      if (!this.isAdrift) this.compare(entry);
    } catch (error) {
      if (!this.isAdrift) this.find(entry.seq, 'fold', String(error));
      this.isAdrift = true;
      // Only the place in the chain counts from here on.
      this.state = { ...before, seq: entry.seq };
    }
  }

  /** Compares with the stored state after the last entry; answers the state that the journal gives. */
  finish(stored: MemberLedger | null): MemberState {
    if (this.isBroken) return this.state;
    if (stored === null) {
      if (this.state.seq > 0) this.find(0, 'missingState', 'there are entries and no state');
    } else if (stored.seq !== this.state.seq || stored.hash !== this.hash) {
      const isSuspect = this.suspected !== null && stored.hash === this.suspected.hash;
      if (isSuspect && stored.seq === this.state.seq) this.clearSuspect('hash');
      else this.find(0, 'head', `the state stands at entry ${stored.seq}, the journal at ${this.state.seq}`);
    } else if (!this.isAdrift && hashOf(stored.state) !== hashOf(this.state)) {
      this.find(0, 'state', 'the stored state is not the fold of the journal');
    }
    return this.state;
  }

  private check(entry: JournalEntry): void {
    const { suspected } = this;
    const flaws = checkEntry(this.hash, entry);
    this.suspected = null;
    if (flaws.length > 0 && suspected !== null && checkEntry(suspected.hash, entry).length === 0) {
      this.suspected = suspected;
      this.clearSuspect('hash');
      this.suspected = null;
      return;
    }
    for (const flaw of flaws) this.report(entry, flaw);
    if (flaws.some(({ kind }) => kind === 'hash')) {
      this.suspected = { hash: entryHash(this.hash, entry), seq: entry.seq, place: this.findings.length - 1 };
      this.isAdrift ||= flaws.some(({ fields }) => fields.includes('lines') || fields.includes('effects'));
    }
  }

  private report(entry: JournalEntry, flaw: Flaw): void {
    let narrowed = flaw;
    if (!this.isAdrift && flaw.fields.length > 1) {
      try {
        const again = this.decideAgain(this.state, entry);
        narrowed = narrowByDecision(flaw, entry, again === null ? null : { ...again, balances: again.state.balances });
      } catch {
        // What was changed may be what the decision reads.
      }
    }
    this.find(entry.seq, narrowed.kind, narrowed.text, narrowed.fields);
  }

  private clearSuspect(field: string): void {
    const at = this.suspected?.place ?? -1;
    const found = this.findings[at];
    if (found !== undefined)
      this.findings[at] = { ...found, text: `its ${field} is not what was written`, fields: [field] };
  }

  private compare(entry: JournalEntry): void {
    if (hashOf(this.state.balances) !== hashOf(entry.balances))
      this.find(entry.seq, 'balance', 'the balances written beside the entry are not those of its lines', ['balances']);
    if (Object.values(this.state.balances).some((balance) => balance < 0))
      this.find(entry.seq, 'negative', 'a balance lies below zero');
    for (const [currency, lots] of Object.entries(this.state.lots)) {
      const sum = lots.reduce((total, { amount }) => total + amount, 0);
      if (sum !== (this.state.balances[currency] ?? 0))
        this.find(entry.seq, 'balance', `the lots of ${currency} do not add up to its balance`);
    }
  }

  private find(seq: number, kind: Finding['kind'], text: string, fields?: readonly string[]): void {
    this.findings.push({ member: this.member, seq, kind, text, ...(fields === undefined ? {} : { fields }) });
  }
}
