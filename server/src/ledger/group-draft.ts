import type { BudgetSource } from './group-budgets.js';
import type { JournalEntry, MemberLedger, OutboxCause } from './journal-entry.js';

/** One group being decided: nothing in it is visible to anybody until it is committed. */
export interface GroupDraft {
  readonly lane: string;
  readonly q: number;
  readonly atMs: number;
  readonly entries: JournalEntry[];
  /** The working state of each member that the group touches. */
  readonly ledgers: Map<string, MemberLedger>;
  readonly caused: OutboxCause[];
  /** What is left of what all members share; absent: nothing is limited. */
  readonly budgets?: BudgetSource;
}
