import type { HealthWords } from './health.es.js';

/** What the page about the state of the installation says, in English. */
export const en: HealthWords = {
  title: 'Health',
  whole: {
    ok: 'Everything works.',
    degraded: 'Something works only in part, but points are still recorded.',
    down: 'Nothing can be recorded right now. What the tills send is not lost if they try again.',
  },
  live: 'Checked every five seconds.',
  pause: 'Pause',
  resume: 'Go on checking',
  paused: (p) => `Paused since ${p.time}.`,
  ms: (p, f) => `Answers in ${f.number(p.ms)} ms.`,
  lagMs: (p, f) =>
    `The oldest has waited ${f.count(Math.round(p.ms / 1000), { one: '# second', other: '# seconds' })}.`,
  states: { ok: 'Fine', degraded: 'In part', down: 'Stopped' },
  parts: {
    database: {
      name: 'Database',
      ok: 'It stores and answers.',
      degraded: 'It answers slowly.',
      down: 'It does not answer. Without it nothing can be recorded or shown.',
      works: 'Screens that are open keep showing what they last read.',
    },
    redis: {
      name: 'Redis',
      ok: 'It carries notices, queues and leaderboards.',
      degraded: 'It answers slowly.',
      down: 'It does not answer. Live notices and leaderboards wait.',
      works: 'Points are still recorded and nothing is lost: everything catches up by itself when it is back.',
    },
    queues: {
      name: 'Work queues',
      ok: 'Scheduled work runs on time.',
      degraded: 'Some work has stood still for a while.',
      down: 'No work runs: mails, changes of date and background jobs wait.',
      works: 'Points are still recorded. The work runs as soon as the queues are back.',
    },
    outbox: {
      name: 'Delivery',
      ok: 'What is recorded reaches the screens at once.',
      degraded: 'What is recorded reaches the screens late.',
      down: 'What is recorded does not reach the screens.',
      works: 'Everything is recorded. On reload each member sees their points up to date.',
    },
    lanes: {
      name: 'Recording',
      ok: 'This server records what comes in.',
      degraded: 'This server records only a part; another does the rest.',
      down: 'This server does not record now. Another takes over within seconds.',
      works: 'Everything can be looked up. Tills are told to try again in a moment and lose nothing.',
    },
    mail: {
      name: 'Mail',
      ok: 'Messages leave.',
      degraded: 'Some messages do not leave; they are tried again.',
      down: 'The mail server does not answer. Messages wait.',
      works: 'Everything else works. Messages can be read on the mail page.',
    },
    books: {
      name: 'Books',
      ok: 'When they were last verified, everything was right.',
      degraded: 'When they were last verified, something was not right. Below is what, and what is proposed.',
      down: 'Nobody knows how the books are.',
      works: 'Points are still recorded. Nothing is put right by itself.',
    },
  },
  codes: {
    'mail.kept': 'This installation has no outgoing mail: messages stay on the mail page.',
    'outbox.quarantine':
      'What is recorded reaches the screens. Something of this program could not be taken in: you find it below.',
    'books.never': 'They have not been verified yet; it is done each night.',
    'books.old': 'They have not been verified for more than a day. See that jobs run.',
  },
  lookedAt: (p) => `Verified on ${p.when}.`,
  otherPart: {
    ok: 'It works.',
    degraded: 'It works in part.',
    down: 'It does not answer.',
    works: 'The rest goes on.',
  },
  warnings: 'Notices of the installation',
  warningsText: 'The server writes them for whoever maintains it.',
  version: (p) => `Verbena ${p.version}`,
  code: (p) => `For whoever maintains the installation: ${p.code}`,
};
