import type { ApprovalsWords } from './approvals.es.js';

/** The same in English. */
export const en: ApprovalsWords = {
  approvalsTitle: 'Approvals',
  approvalsLead: 'What would give more points than one person may by hand in a day: one person asks, another decides.',
  noOthers:
    'You are the only person on the staff right now: what you ask for beyond your daily limit goes on waiting. Ask whoever runs this server to add another person.',
  waiting: 'To decide',
  decided: 'Decided',
  show: 'What is shown',
  alsoGives: (p) => `And ${p.points} besides.`,
  decidedAnew: 'This is what it would give now; when it is approved it is worked out anew.',
  isForOwn: 'It is for your own account: another person decides.',
  asksFor: (p) => `${p.points} for ${p.name}`,
  noName: 'A member without a name',
  command: 'a program of this server',
  askedBy: (p) => `Asked for by ${p.name}, ${p.when}`,
  approvedBy: (p) => `Approved by ${p.name}, ${p.when}`,
  refusedBy: (p) => `Refused by ${p.name}, ${p.when}: ${p.reason}`,
  own: 'You asked for it: another person decides.',
  approve: 'Approve',
  refuse: 'Refuse',
  approved: 'Approved: it is recorded.',
  refused: 'Refused.',
  refuseTitle: 'Refuse the request',
  refuseHint: 'Whoever asked reads it.',
  noneWaitingTitle: 'Nothing to decide',
  noneWaitingText: 'When somebody wants to give more by hand than they may in a day, it shows here.',
  noneDecidedTitle: 'None has been decided yet',
  noneDecidedText: 'Here stays who asked for it, and who decided.',
};
