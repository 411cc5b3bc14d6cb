import type { JournalEntry } from './journal-entry.js';

/** Points by currency, each above 0. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * What an entry moves that somebody's hand counts for, by currency: what the member has more of afterwards, in whichever pocket, with
 * what a debt fell by; what became usable that was pending; what went to another member; and what an adjustment took.
 */
export function givenBy({ lines, effects }: Pick<JournalEntry, 'lines' | 'effects'>): Amounts {
  const sums = netOf(lines);
  for (const [currency, sum] of Object.entries(sums)) sums[currency] = Math.max(0, sum);
  const add = (currency: string, amount: number): void => {
    sums[currency] = (sums[currency] ?? 0) + amount;
  };
  for (const { kind, currency, amount } of lines) if (kind === 'activate') add(currency, -amount);
  for (const effect of effects) {
    if (effect.type === 'transfer.sent') add(effect.currency, effect.amount);
    if (effect.type === 'points.adjusted' && effect.amount < 0) add(effect.currency, -effect.amount);
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount > 0));
}

/**
 * What a reversal took, by currency: not what was left to the member because it was spent, nor what it owes instead, since that is paid out of
 * what it earns and not out of the next gift.
 */
export function takenBy({ lines }: Pick<JournalEntry, 'lines'>): Amounts {
  const sums = Object.entries(netOf(lines.filter(({ pocket }) => pocket !== 'owed'))).map(
    ([currency, sum]) => [currency, -sum] as const,
  );
  return Object.fromEntries(sums.filter(([, amount]) => amount > 0));
}

/** By how much all pockets of a currency rise; what is owed counts against it. */
function netOf(lines: JournalEntry['lines']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount, pocket } of lines)
    sums[currency] = (sums[currency] ?? 0) + (pocket === 'owed' ? -amount : amount);
  return sums;
}
