import type { MailWords } from './mail.es.js';

/** What the mail page of the staff says, in English. */
export const en: MailWords = {
  title: 'Mail',
  lead: 'The messages that the program wrote, newest first.',
  noServer:
    'This server has no outgoing mail: messages stay here. Open one and pass the link on to whoever waits for it.',
  caption: 'Messages of the program',
  columnSubject: 'Subject',
  columnTo: 'To',
  columnStatus: 'Status',
  columnWhen: 'Written',
  statuses: { waiting: 'Waiting', sent: 'Sent', kept: 'Stays here', failed: 'Not delivered' },
  open: (p) => `Open “${p.subject}”, to ${p.to}`,
  to: (p) => `To ${p.to}`,
  written: (p) => `Written on ${p.when}`,
  sent: (p) => `Sent on ${p.when}`,
  tries: (p, f) => f.count(p.count, { one: '# try', other: '# tries' }),
  error: 'What the mail server answered',
  hiddenSent: 'The text is not shown: it was sent, and concerns only who receives it.',
  hiddenStaff: 'The text is not shown: it holds a link that opens the account of somebody on the staff.',
  emptyTitle: 'There are no messages yet',
  emptyText: 'When somebody joins or asks for a new password, the message appears here.',
  close: 'Close',
};
