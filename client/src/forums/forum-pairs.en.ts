import type { ForumPairsWords } from './forum-pairs.es.js';

/** Who gives one another in the forum, as staff find it, in English. */
export const en: ForumPairsWords = {
  back: 'Back to the forum',
  title: 'Reciprocal pairs',
  lead: 'Members who react to one another, and accept answers of one another, more than of anybody else.',
  listed: 'Pairs, those who exchanged most first',
  unnamed: (p) => `Member …${p.id}`,
  gave: (p, f) => `${p.name} gave ${p.to} ${f.count(p.times, { one: 'one', other: '#' })}`,
  share: (p, f) => `That is ${f.number(p.percent)}% of what the two received.`,
  onDay: (p) => `All of it on ${p.day}.`,
  between: (p) => `From ${p.first} to ${p.last}.`,
  isCut: (p) => `There is so much going on that only what was given since ${p.when} was looked at.`,
  emptyTitle: 'No pair stands out',
  emptyText: (p) => `In the last ${p.days} days reactions and accepted answers went round among many.`,
  notCounted:
    'This program does not count reactions or accepted answers yet: they are looked at once its definitions name them.',
  meaningTitle: 'What it means to be here',
  who: (p) =>
    `In the last ${p.days} days each gave the other ${p.times} or more reactions or accepted answers, and what they exchanged is at least a third of all that both received. Two people whom half of the forum applauds are not listed, even if they applaud each other too.`,
  proves:
    'It proves nothing. It may be a deal to earn points, and it may be two friends, or somebody who asks a lot and somebody who always answers. Read what they write before you decide.',
  follows:
    'Nothing is taken from anybody for being listed here, and nobody is told. If you think that they cheat, open both members: there you can take points by hand, with a reason that the member reads.',
};
