import type { TermsTeller } from '#programs/tell-terms.js';
import type { Currency } from './currency.js';

/** `hasta 50 puntos por regalo y 80 puntos al día`; empty where members give one another nothing. */
export function tellTransfer({ id, transfer }: Currency, teller: TermsTeller): string {
  if (transfer === undefined) return '';
  const [gift, day] = [teller.points(id, transfer.perGift), teller.points(id, transfer.perDay)];
  return teller.words.currency.transfer({ gift, day });
}

/** `30 días antes`; empty where nobody is told. */
export function tellNotice({ notice }: Currency, { words, format }: TermsTeller): string {
  return notice === undefined ? '' : words.currency.notice({ days: words.days({ count: notice }, format) });
}

/** What a currency is and allows besides its expiry, a sentence each. */
export function tellCurrencyMore(currency: Currency, teller: TermsTeller): readonly string[] {
  const { terms, onReversal } = teller.words.currency;
  const how = currency.onReversal;
  return [
    ...(currency.kind === 'status' ? [terms.status] : []),
    ...(currency.notice === undefined ? [] : [terms.notice({ notice: tellNotice(currency, teller) })]),
    ...(currency.transfer === undefined ? [] : [terms.transfer({ transfer: tellTransfer(currency, teller) })]),
    ...(how === undefined ? [] : [terms.onReversal({ how: onReversal[how] })]),
  ];
}
