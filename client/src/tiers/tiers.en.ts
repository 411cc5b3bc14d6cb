import type { TierWords } from './tiers.es.js';

/** What tiers say, in English. */
export const en: TierWords = {
  dialog: {
    title: (p) => `You have reached ${p.tier}`,
    until: (p) => `It is yours until ${p.day}.`,
    benefits: 'What opens now',
    missions: 'See my missions',
    close: 'Go on',
  },
};
