import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';

/** What an entry changed of a currency's available balance, net. */
export function netOf(entry: Pick<EntryRecorded, 'lines'>, currency: string): number {
  return entry.lines.reduce(
    (sum, line) => (line.currency === currency && line.pocket === undefined ? sum + line.amount : sum),
    0,
  );
}
