import { en as told } from '@verbena/shared/segments/audience.en.js';
import type { AudienceWords } from './audience.es.js';

/** What the form says that asks whom something is for, in English. */
export const en: AudienceWords = {
  told,
  everybody: 'Everybody',
  some: 'Only those who…',
  who: 'For whom',
  join: 'How many conditions have to be met',
  joins: { all: 'All', any: 'Any one' },
  row: (p, f) => `Condition ${f.number(p.number)}`,
  kind: 'What is looked at',
  kinds: { tier: 'Tier', badge: 'Badge', segment: 'Segment', role: 'Staff', member: 'Member detail' },
  of: 'Which',
  test: 'How',
  value: 'Value',
  choose: 'Choose',
  tests: {
    tier: {
      atLeast: ['That one or a higher one', 'A lower one'],
      is: ['Exactly that one', 'Any other one'],
    },
    badge: ['They hold it', 'They do not hold it'],
    segment: ['They belong to it', 'They do not belong to it'],
    role: ['They are', 'They are not'],
    member: {
      eq: ['Is', 'Is not, or not known'],
      gte: ['Is at least', 'Is less than, or not known'],
      lte: ['Is at most', 'Is more than, or not known'],
      exists: ['Is known', 'Is not known'],
    },
  },
  roles: {
    member: 'Of the program',
    moderator: 'Moderators, or on the staff',
    manager: 'On the staff',
    owner: 'In charge',
  },
  yes: 'Yes',
  no: 'No',
  add: 'Add a condition',
  remove: 'Remove',
  removeRow: (p, f) => `Remove condition ${f.number(p.number)}`,
  missing: 'Choose or type what is missing.',
  sentence: (p) => `For whom this is so: ${p.who}.`,
  sentenceAll: 'For everybody.',
  tooDeep: 'This says more than can be changed here, and stays as it is until you start anew.',
  anew: 'Start anew',
};
