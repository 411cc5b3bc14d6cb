import type { TierWords } from './tiers.es.js';

/** What tiers say, in English. */
export const en: TierWords = {
  title: 'Tiers',
  lead: 'The more you earn in a year, the more each purchase earns. You move up at once.',
  here: 'Your tier',
  from: (p) => `From ${p.points} earned in a year`,
  fromStart: 'From the first day',
  fromMonths: (p, f) =>
    f.count(p.months, { one: `From ${p.points} in the last month`, other: `From ${p.points} in the last # months` }),
  fromAnniversary: (p) => `From ${p.points} between one anniversary and the next`,
  fromMore: 'It does not depend on points',
  also: {
    earned: (p) => `${p.points} earned in that time`,
    count: (p, f) => f.count(p.count, { one: `“${p.what}” # time`, other: `“${p.what}” # times` }),
    sum: (p) => `${p.amount} in “${p.field}”`,
    memberDays: (p, f) => f.count(p.days, { one: '# day in the program', other: '# days in the program' }),
    has: (p) => `a “${p.label}” that fits`,
    besides: (p) => `And ${p.what}`,
    or: ' or ',
    any: (p) => `One of these is enough: ${p.list}`,
    lacks: (p) => `You have the points; still to come: ${p.list}`,
    lacksAny: (p) => `You have the points; still to come is one of these: ${p.list}`,
  },
  drop: (p) => `On ${p.day} you move to ${p.tier}, unless you earn ${p.points} before.`,
  dropAnyway: (p) => `As things stand, you move to ${p.tier} on ${p.day}.`,
  earnedSince: (p) => `Since ${p.day} you have earned ${p.points}`,
  benefits: 'What it gives you',
  benefitsNone: 'Everything of the one before.',
  earned: (p) => `In ${p.year} you have earned ${p.points}`,
  missing: (p) => `${p.points} to go`,
  reached: 'You have the points that it asks for',
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
