import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import { netOf, pendingOf } from './entry-view.js';

/** What an entry moved of one currency, net: usable at once, and usable later where that did not just become usable. */
export interface Moved {
  readonly currency: string;
  readonly net: number;
  readonly pending: number;
}

/** What an entry moved of each currency; those that came out even are missing. */
export function movedOf(entry: Pick<Entry, 'lines'>): Moved[] {
  return [...new Set(entry.lines.map(({ currency }) => currency))].flatMap((currency) => {
    const [net, waits] = [netOf(entry, currency), pendingOf(entry, currency)];
    const pending = net === -waits ? 0 : waits;
    return net === 0 && pending === 0 ? [] : [{ currency, net, pending }];
  });
}

/** Whose balance is shown beside an entry: the main currency's, unless it moved only others. */
export function balanceShownOf(entry: Pick<Entry, 'lines'>, main: string): string {
  const moved = movedOf(entry).map(({ currency }) => currency);
  return moved.includes(main) ? main : (moved[0] ?? main);
}

/** The balance after an entry, beside what it moved: what is not of the main currency says what it is of. */
export function tellBalance(entry: Pick<Entry, 'lines' | 'balances'>, names: Names, format: Format): string {
  const shown = balanceShownOf(entry, names.mainCurrency);
  const count = entry.balances[shown] ?? 0;
  return shown === names.mainCurrency ? format.number(count) : names.points(shown, count);
}
