import type { ThreadToolsWords } from './thread-tools.es.js';

/** What those read who change a thread as a whole, in English. */
export const en: ThreadToolsWords = {
  title: 'Moderate the thread',
  renameTitle: 'Change the title',
  name: 'Title',
  category: 'Category',
  locked: 'Closed',
  lockedHint: 'It can be read, but nobody answers or changes anything.',
  closes: 'Closes by itself',
  closesHint: 'Day and time; empty: never.',
  pin: 'Pinned at the top',
  pins: { none: 'No', category: 'In its category', forum: 'In all of the forum' },
  pinUntil: 'Until when it stays pinned',
  pinUntilHint: 'Day and time; empty: until somebody lets it go.',
  notTime: 'Give the day and the time.',
  slow: 'Wait between two answers of the same person',
  slowNone: 'None',
  save: 'Save',
  saved: 'Thread saved',
  purgeTitle: 'Erase for ever',
  purgeText: 'What this post said is forgotten for ever. Nobody will be able to put it back.',
  purgeConfirm: 'Yes, erase it for ever',
  purged: 'Post erased for ever',
};
