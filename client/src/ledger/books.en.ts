import type { BooksWords } from './books.es.js';

/** The same in English. */
export const en: BooksWords = {
  aside: {
    title: 'Set aside for somebody to look at',
    text: 'It could not be taken in, and is not lost. Whoever runs this server takes it in again with “npm run verify -- --repair”, or gives it up.',
    what: 'What',
    member: 'Whose',
    open: 'See the member',
    reason: 'Why',
    at: 'Since when',
  },
  title: 'The books',
  text: 'Each night every balance is made anew from its journal, and chains, signatures and leaderboards are compared. It only looks: nothing is changed.',
  never: 'They have not been verified yet.',
  running: 'They are being verified now.',
  clean: (p) => `On ${p.when} everything was right.`,
  found: (p, f) =>
    `On ${p.when} ${f.count(p.count, { one: '# thing was not right', other: '# things were not right' })}. Nothing was changed.`,
  looked: (p, f) =>
    `${f.list([
      f.count(p.members, { one: '# member', other: '# members' }),
      f.count(p.entries, { one: '# entry', other: '# entries' }),
      f.count(p.groups, { one: '# group', other: '# groups' }),
      f.count(p.roots, { one: '# signed root', other: '# signed roots' }),
    ])}.`,
  start: 'Verify now',
  started: 'The verification has begun.',
  more: (p, f) =>
    f.count(p.count, { one: 'And # more, which is not kept here.', other: 'And # more, which are not kept here.' }),
  caption: 'What is not right',
  columnWhere: 'Where',
  columnWhat: 'What',
  columnProposal: 'Proposal',
  where: {
    entry: (p) => `Entry ${p.seq}`,
    state: () => 'State of the member',
    standing: () => 'Leaderboard',
    budget: () => 'Budget',
    snapshot: (p) => `Copy at entry ${p.seq}`,
    lane: (p) => `Chain ${p.place}`,
    root: (p) => `Root of ${p.place}`,
  },
  what: {
    entry: 'It is not what was written, or one is missing.',
    state: 'It is not what its journal gives.',
    standing: 'It is not what its entries give.',
    budget: 'What was used and what is left do not make its limit.',
    snapshot: 'It is not what its journal gives. It is not used.',
    lane: 'Its groups do not follow one another.',
    root: 'It is not what was signed.',
  },
  fields: (p) => `Fields: ${p.fields}`,
  proposals: {
    repairState: 'Put the state right by an entry: npm run verify -- --repair',
    rebuildBoards: 'Count the leaderboards anew.',
    dropSnapshot: 'Nothing: it is made anew by itself.',
    restoreBackup: 'Restore a backup, and see who had access to the database.',
  },
};
