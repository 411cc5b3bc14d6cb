import type { HomeWords } from './home.es.js';

/** What the home screen says, in English. */
export const en: HomeWords = {
  greeting: (p) => `Hello, ${p.name}`,
  greetingNoName: 'Hello',
  yourTier: 'Your tier',
  tierProgress: (p, f) => `${f.number(p.earned)} of ${f.number(p.threshold)} ${p.unit} for ${p.tier}`,
  missing: () => 'You need',
  missingFor: 'more for',
  tierTop: (p) => `You hold the highest tier: ${p.tier}`,
  tierUntil: (p) => `Your tier is yours until ${p.day}`,
  streak: (p, f) => `Streak: ${f.count(p.weeks, { one: '# week', other: '# weeks' })}`,
  streakUntil: (p) => `lasts until ${p.day}`,
  streakNone: 'Shop this week and start your streak',
  missedSum: (p) => `You earned ${p.points}`,
  missedDismiss: 'Got it',
  moreMissions: 'Also within reach',
  allMissions: 'See all missions',
  allDoneTitle: 'You have completed every mission',
  allDoneText: 'There will be more when the next period starts. Your purchases go on earning points.',
  badges: 'Your badges',
  badgesNone: 'Your first badge comes with your first purchase.',
  badgeOn: (p) => `Since ${p.day}`,
  lastEntries: 'Latest activity',
  seeWallet: 'See the wallet',
  startTitle: 'How your verbena begins',
  startText: 'Nothing has happened yet. Three steps, and you will see the first lantern light up.',
  startSteps: [
    'Say who you are when you pay, in any shop of the program.',
    'Watch the points arrive here, each with its reason.',
    'Complete a mission and earn your first reward.',
  ],
};
