import type { Undone } from '@verbena/shared/ledger/facts.js';
import type { JournalEntry } from './journal-entry.js';

/** Which version is left out, for which decisions, and what stands in its place. */
export type Replacement = Pick<Undone, 'version' | 'instead' | 'without' | 'from' | 'until'>;

/** Whether an entry was decided by what is left out. */
export function isWithin({ version, from, until }: Replacement, entry: Pick<JournalEntry, 'version' | 'at'>): boolean {
  return entry.version === version && entry.at >= from && entry.at < until;
}
