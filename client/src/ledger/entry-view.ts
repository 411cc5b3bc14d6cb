import type { Entry, EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';

type Moving = Pick<EntryRecorded, 'lines'>;
type Pocket = EntryRecorded['lines'][number]['pocket'];

/** Somebody on the staff did this, and said why. */
export function isByStaff({ note, cause }: Pick<Entry, 'note' | 'cause'>): boolean {
  return note !== null && (cause.source === 'staff' || cause.source === 'house');
}

/** What an entry changed of a currency's available balance, net. */
export function netOf(entry: Moving, currency: string): number {
  return sumIn(entry, currency, undefined);
}

/** What an entry changed of a currency's points that are not usable yet, net. */
export function pendingOf(entry: Moving, currency: string): number {
  return sumIn(entry, currency, 'pending');
}

function sumIn({ lines }: Moving, currency: string, pocket: Pocket): number {
  return lines.reduce(
    (sum, line) => (line.currency === currency && line.pocket === pocket ? sum + line.amount : sum),
    0,
  );
}
