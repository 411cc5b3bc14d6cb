import type { TierWords } from './tiers.es.js';

/** What tiers say, in English. */
export const en: TierWords = {
  title: 'Tiers',
  lead: 'The more you earn in a year, the more each purchase earns. You move up at once.',
  here: 'Your tier',
  from: (p) => `From ${p.points} earned in a year`,
  fromStart: 'From the first day',
  benefits: 'What it gives you',
  benefitsNone: 'Everything of the one before.',
  earned: (p) => `In ${p.year} you have earned ${p.points}`,
  missing: (p) => `${p.points} to go`,
  reached: 'What you earned this year is enough',
  until: (p) => `It is yours until ${p.day}.`,
  keep: (p) =>
    `If you earn ${p.points} in ${p.year}, you stay ${p.tier} for another year. If not, you move to ${p.below}: one step only. Your points do not change.`,
  forever: 'It does not end.',
  noneTitle: 'This program has no tiers',
  noneText: 'Your points count for everything else all the same.',
  dialog: {
    title: (p) => `You have reached ${p.tier}`,
    until: (p) => `It is yours until ${p.day}.`,
    benefits: 'What opens now',
    missions: 'See my missions',
    close: 'Go on',
  },
};
