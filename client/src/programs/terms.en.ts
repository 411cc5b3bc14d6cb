import type { TermsPageWords } from './terms.es.js';

export const en: TermsPageWords = {
  title: 'Rules',
  lead: 'Everything that gives points, with the exact conditions, and what has changed.',
  upcoming: 'What is going to change',
  upcomingFrom: (p) => `From ${p.day}`,
  inForce: 'Today’s rules',
  since: (p) => `Version ${p.version}, in force since ${p.day}.`,
  notice: (p, f) =>
    f.count(p.days, {
      one: 'What is not purely in your favour is announced here # day ahead or more.',
      other: 'What is not purely in your favour is announced here # days ahead or more.',
    }),
  started: 'What you have started you finish under the rules with which you started.',
  kinds: {
    activityTypes: 'Activities',
    currencies: 'Your points',
    rules: 'How to earn',
    missions: 'Missions',
    badges: 'Badges',
    tiers: 'Tiers',
    boards: 'Boards',
    referrals: 'Invitations',
  },
  log: 'Changes',
  logEmpty: 'The rules have not changed since the program began.',
  logEntry: (p) => `From ${p.day}`,
  correction: (p) => `We corrected a mistake: ${p.reason}`,
};
