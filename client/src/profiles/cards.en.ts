import type { CardWords } from './cards.es.js';

/** What the cards of members say, in English. */
export const en: CardWords = {
  title: (p) => `Card of ${p.alias}`,
  back: 'Back to the leaderboard',
  mine: 'This is how the others see you.',
  change: 'Change what you show',
  tier: 'Tier',
  earned: 'Points earned in total',
  joined: 'In the program since',
  badges: 'Badges',
  badgesNone: 'None so far.',
  badgeOn: (p) => `Since ${p.day}`,
  badgeCount: (p, f) => (p.count === 0 ? 'No badges so far' : f.count(p.count, { one: '# badge', other: '# badges' })),
  open: 'See the card',
  quiet: 'For now this member shows nothing but the alias.',
  noneTitle: 'Nobody here has that alias',
  noneText: 'It may have changed, or this person is no longer in the program.',
  noneAction: 'See the leaderboard',
};
