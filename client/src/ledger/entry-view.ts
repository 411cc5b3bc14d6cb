import type { EntryRecorded } from '@verbena/shared/ledger/entry-recorded.js';

type Moving = Pick<EntryRecorded, 'lines'>;
type Pocket = EntryRecorded['lines'][number]['pocket'];

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
