import type { LegalConsoleWords } from './legal-console.es.js';

/** The same in English. */
export const en: LegalConsoleWords = {
  title: 'Legal texts',
  lead: 'The terms and the privacy notice that people read and accept when they join, and the consents that you ask for besides.',
  none: 'This program has neither terms nor a privacy notice yet. Nobody should open it to the public like this: people leave their name, their e-mail address and what they buy.',
  noneAction: 'Write them',
  advice:
    'Verbena does not write them for you: they depend on your company and on what you do with the data. Have your lawyer read them before you publish.',
  inForce: (p) => `In force: version ${p.version}, since ${p.day}.`,
  language: 'Language',
  languages: { es: 'Spanish', en: 'English' },
  terms: 'Terms',
  termsHint: 'Who can join, how points are earned and expire, what happens if something changes, and how to leave.',
  privacy: 'Privacy notice',
  privacyHint:
    'Who is responsible, which data are kept, what for, how long, who sees them and how to exercise one’s rights.',
  markdown:
    'Written in Markdown: ## for a heading, - for a list, **like this** for bold, [text](https://…) for a link.',
  preview: 'See how it looks',
  edit: 'Go on writing',
  age: 'Minimal age',
  ageHint: 'People declare it when they join, without a date of birth. Leave it empty if it does not matter.',
  ageBad: 'Write a number from 1 to 99, or leave it empty.',
  purposes: 'Consents that you ask for besides',
  purposesHint:
    'One for each use that is not needed to keep the account. They begin as not given. If you change the sentence, it is asked again.',
  purposeId: 'Name for your systems',
  purposeIdHint: 'Lower-case letters, digits and hyphens: offers-by-mail.',
  purposeEs: 'The sentence in Spanish',
  purposeEn: 'The sentence in English',
  purposeAdd: 'Add a consent',
  purposeRemove: 'Remove',
  purposeRemoveOf: (p) => `Remove the consent ${p.id}`,
  mustAccept: 'Something important changes: members have to accept it',
  mustAcceptHint:
    'Until they do, they see everything and what they buy counts, but they cannot give points away. Without the tick they are only told.',
  publish: 'Publish',
  publishTitle: (p) => `Publish version ${p.version}?`,
  publishMust:
    'It counts from now on. Who joins accepts it, and members are asked to. It cannot be deleted; you can publish another one later.',
  publishTold:
    'It counts from now on for who joins. Members are only told. It cannot be deleted; you can publish another one later.',
  published: (p) => `Version ${p.version} is published.`,
  versions: 'Published versions',
  versionOf: (p) => `Version ${p.version}, of ${p.day}`,
  mustMark: 'had to be accepted',
  nothing: 'There is none yet.',
  member: {
    title: 'Terms, consents and data',
    accepted: (p) => `Accepted version ${p.version} on ${p.day}.`,
    never: 'Has not accepted any.',
    must: 'Still has to accept the present terms.',
    given: 'Given',
    notGiven: 'Not given',
    withdraw: 'Withdraw',
    withdrawOf: (p) => `Withdraw the consent “${p.purpose}”`,
    withdrawTitle: 'Withdraw this consent?',
    withdrawText: (p) =>
      `Do it if ${p.name} asked you to: “${p.purpose}”. It stays in the change log, and only that person can give it again.`,
    withdrawn: 'Consent withdrawn.',
    copy: 'Download their data',
    copyHint: 'To give to that person if they ask for them. It stays in the change log.',
    copyDone: 'The file is in your downloads.',
    file: (p) => `member-data-${p.program}.json`,
  },
};
