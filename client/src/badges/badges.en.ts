import type { BadgeWords } from './badges.es.js';

/** What the badges' page says, in English. */
export const en: BadgeWords = {
  title: 'Badges',
  lead: 'What you do here, in sight. Those that expire say so.',
  count: (p, f) => `You have ${f.number(p.held)} of ${f.number(p.total)}`,
  held: 'The ones you have',
  heldNone: 'None yet. The first is nearer than it looks.',
  missing: 'The ones you can earn',
  missingNone: 'You have them all.',
  on: (p) => `Since ${p.day}`,
  until: (p) => `until ${p.day}`,
  lasts: (p, f) => f.count(p.days, { one: 'It lasts # day', other: 'It lasts # days' }),
  level: (p, f) => `Level ${f.number(p.level)} of ${f.number(p.levels)}`,
  heldBy: (p, f) => f.count(p.count, { one: '# person holds it', other: '# people hold it' }),
  toGo: (p, f) => f.count(p.count, { one: '# to go', other: '# to go' }),
  counted: (p, f) => f.count(p.target, { one: `With # “${p.what}”`, other: `With # times “${p.what}”` }),
  each: (p) => ` for each ${p.label}`,
  byMission: (p) => `Earned with the mission ${p.mission}`,
  noneTitle: 'This program has no badges yet',
  noneText: 'When there are some, you will see here how to earn them.',
};
