import type { TierTermsWords } from './tier-terms.es.js';

/** How a tier is reached, kept and lost besides its minimum, in English. */
export const en: TierTermsWords = {
  or: 'or',
  earned: (p) => `${p.points} earned`,
  count: (p, f) => `“${p.name}” ${f.count(p.count, { one: '# time', other: '# times' })}${p.where}`,
  sum: (p) => `${p.amount} of “${p.label}” with “${p.name}”${p.where}`,
  memberDays: (p) => `${p.days} in the program`,
  periods: {
    year: 'the calendar year',
    rolling: (p, f) => f.count(p.count, { one: 'the last month', other: 'the last # months' }),
    anniversary: 'each year since joining',
    anniversaryOf: (p) => `each year since “${p.name}”`,
  },
  downgrades: {
    oneStep: 'one step',
    reassess: 'to what the period earned',
    never: 'never',
  },
  kept: 'for ever',
  expiry: {
    never: 'they never expire',
    months: (p, f) => f.count(p.count, { one: '# month', other: '# months' }),
    own: 'that of the currency',
  },
  terms: {
    also: (p) => `It also takes ${p.also}.`,
    period: (p) => `What counts is ${p.period}.`,
    keep: 'Whoever reaches it keeps it for ever.',
    onReversal: {
      takeBack: 'If what took you there is taken back, you return to the tier that you would have without it.',
      keep: 'You keep it until it ends, even if what took you there is taken back.',
    },
    downgrade: {
      reassess: 'If you miss the minimum at the end, you move to the tier of what you earned.',
      never: 'Nobody goes down.',
    },
    graceDays: (p) => `When it ends, you keep it for ${p.days} more.`,
    noticeDays: (p) => `We tell you ${p.days} before you would lose it.`,
    expiryNever: 'Points that you earn in it never expire.',
    expiryMonths: (p) => `Points that you earn in it last ${p.months}.`,
    benefits: (p) => `Benefits: ${p.benefits}.`,
  },
};
