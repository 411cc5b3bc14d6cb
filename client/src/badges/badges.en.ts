import type { BadgeWords } from './badges.es.js';

/** What the badges' page says, in English. */
export const en: BadgeWords = {
  title: 'Badges',
  lead: 'Each badge is earned once and stays with you.',
  count: (p, f) => `You have ${f.number(p.held)} of ${f.number(p.total)}`,
  held: 'The ones you have',
  heldNone: 'None yet. The first is nearer than it looks.',
  missing: 'The ones you can earn',
  missingNone: 'You have them all.',
  on: (p) => `Since ${p.day}`,
  toGo: (p, f) => f.count(p.count, { one: '# to go', other: '# to go' }),
  counted: (p, f) => f.count(p.target, { one: `With # “${p.what}”`, other: `With # times “${p.what}”` }),
  byMission: (p) => `Earned with the mission ${p.mission}`,
  noneTitle: 'This program has no badges yet',
  noneText: 'When there are some, you will see here how to earn them.',
};
