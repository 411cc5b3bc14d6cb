import type { CurrencyTermsWords } from './currency-terms.es.js';

/** What a currency is and allows besides its expiry, in English. */
export const en: CurrencyTermsWords = {
  kinds: { spendable: 'can be used', status: 'only counts' },
  transfer: (p) => `up to ${p.gift} a gift and ${p.day} a day`,
  notice: (p) => `${p.days} before`,
  onReversal: {
    withinBalance: 'they are taken from those that are left, and the rest is forgiven',
    negative: 'they are taken from those that are left, and the rest from what you earn next',
    pendingOnly: 'only those that were still pending are taken',
  },
  terms: {
    status: 'They cannot be used: they only count.',
    transfer: (p) => `You can give away ${p.transfer}.`,
    notice: (p) => `We tell you ${p.notice} they expire.`,
    onReversal: (p) => `If you return something and had already used its points, ${p.how}.`,
  },
};
