import type { BellWords } from './bell.es.js';

/** What the bell says when it is open, in English. */
export const en: BellWords = {
  fresh: 'New',
  emptyTitle: 'No notices yet',
  emptyText: 'What you achieve stays here: points, missions, badges and tiers, each with its receipt.',
  receipt: 'See the receipt',
  receiptOf: (p) => `See the receipt: ${p.what}`,
  wallet: 'See the whole wallet',
};
