import type { EntryWords } from './entry.es.js';

/** What a receipt’s page says, in English. */
export const en: EntryWords = {
  back: 'Back to the wallet',
  title: 'Receipt',
  decided: 'Recorded',
  channel: 'Channel',
  number: 'Entry',
  balance: 'Balance after it',
  why: 'Why?',
  whyNone: 'No rule applied this time.',
  whyNot: 'Why not?',
  whyNotThen: 'This is how things stood at that moment.',
  whyNotNone: 'Everything that could apply did apply.',
  cut: 'More rules did not apply; these are the first of them.',
  progressed: 'What came nearer',
  details: 'Details of the activity',
  expires: (p) => `They expire at the end of ${p.day}`,
  seal: 'Seal',
  sealText: 'This entry cannot be changed unnoticed: each one carries the seal of the one before.',
  channels: {
    shop: 'Shop',
    online: 'Online',
    app: 'App',
    event: 'Event',
    partner: 'Partner',
    import: 'Import',
    staff: 'Program staff',
    system: 'System',
  },
  refusedTitle: 'Not accepted',
};
