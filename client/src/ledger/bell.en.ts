import type { BellWords } from './bell.es.js';

/** What the bell says when it is open, in English. */
export const en: BellWords = {
  fresh: 'New',
  emptyTitle: 'No notices yet',
  emptyText:
    'What you achieve stays here, each with its receipt, and you will see who mentions or answers you in the forum.',
  receipt: 'See the receipt',
  receiptOf: (p) => `See the receipt: ${p.what}`,
  wallet: 'See the whole wallet',
  notice: {
    someone: 'Somebody',
    who: (p, f) =>
      p.others === 0 ? `${p.by}` : f.count(p.others, { one: `${p.by} and 1 more`, other: `${p.by} and # more` }),
    mention: (p) => `${p.who} mentioned you in “${p.title}”`,
    answer: (p) => `${p.who} answered you in “${p.title}”`,
    quote: (p) => `${p.who} quoted you in “${p.title}”`,
    watched: (p) => `${p.who} replied in “${p.title}”`,
    removed: (p) => `Your post in “${p.title}” was taken away`,
    why: (p) => `Reason: ${p.reason}`,
    opened: (p, f) =>
      f.count(p.count, {
        one: `${p.who} opened the thread “${p.title}”`,
        other: `${p.who} opened # threads, the latest “${p.title}”`,
      }),
  },
};
