import type { CompiledProgram } from '#engine/compiled-program.js';
import type { JournalEntry, MemberLedger, OutboxRow } from './journal-entry.js';
import type { Portion, PortionAsk, PortionChange } from './portions.js';
import type { Submission } from './submission.js';

/** What stands on the lane's own document: who may commit (`epoch`), how far it came (`q`, `at`) and its chain (`head`). */
export interface LaneHead {
  readonly epoch: number;
  readonly q: number;
  readonly atMs: number;
  readonly head: string;
}

/** A group as it is written, in one transaction. `fence` is what the lane must still be for it to count. */
export interface GroupWrite {
  readonly lane: string;
  readonly fence: LaneHead;
  readonly next: LaneHead;
  readonly entries: readonly JournalEntry[];
  /** New states; `from` is the `seq` that the stored one must have (0: there is none yet). */
  readonly states: readonly { readonly from: number; readonly ledger: MemberLedger }[];
  readonly outbox: OutboxRow;
  /** What it took of the lane's portions and gave back to them. */
  readonly portions: readonly PortionChange[];
}

/**
 * How a group ended. `duplicate`: some key is in the journal already, nothing was written. `stale`: a state or the fence
 * moved, nothing was written. `unknown`: the answer to the commit was lost. `unavailable`: not written, try again.
 */
export type WriteResult = 'committed' | 'duplicate' | 'stale' | 'unknown' | 'unavailable';

/** Where groups go. A port, so that a simulation can be the store, and lose what a store may lose. */
export interface LedgerStore {
  readLane(lane: string): Promise<LaneHead>;
  readStates(members: readonly string[]): Promise<MemberLedger[]>;
  /** Entries by `_id`, for repeats. */
  readEntries(ids: readonly string[]): Promise<JournalEntry[]>;
  writeGroup(group: GroupWrite): Promise<WriteResult>;
  /** Has a lane's portion of what all members share hold what is asked, as far as there is any; null: to be tried again. */
  takePortion(lane: string, ask: PortionAsk): Promise<Portion | null>;
  /** Sets an activity aside that could not be decided, with the reason. */
  quarantine(submission: Submission, reason: string, at: Date): Promise<void>;
  /** All entries of one member in order, for what a new version wants to know of the past. */
  readJournal(member: string, afterSeq: number, limit: number): Promise<JournalEntry[]>;
}

/** Where the committer gets its chance from: the salts of entries. */
export interface Random {
  bytes(count: number): Buffer;
}

/** Who hears of a committed group on this node: pushes and the relay of what was caused. Never throws, never waits. */
export interface Transport {
  committed(row: OutboxRow, entries: readonly JournalEntry[]): void;
}

/** The versions that decisions use. */
export interface ProgramSource {
  /** The version in force at a moment, compiled. Remembered; a publication is seen between two groups. */
  inForce(program: string, atMs: number): Promise<CompiledProgram>;
  /** A version that entries record, compiled as it was: what is taken back in part is decided again under it. */
  atVersion(program: string, version: number): Promise<CompiledProgram>;
}

/** Time as the committer and the relay know it: milliseconds since 1970, waiting, and one turn of the event loop. */
export interface Timer {
  now(): number;
  pause(ms: number): Promise<void>;
  turn(): Promise<void>;
}

/** What the committer wants people to hear. */
export interface Alarms {
  quarantined(submission: Submission, error: unknown): void;
  steppedDown(lane: string, reason: string): void;
  stateIsLarge(member: string, bytes: number): void;
}
