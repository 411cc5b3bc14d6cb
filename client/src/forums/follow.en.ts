import type { FollowWords } from './follow.es.js';

/** How somebody follows a thread or a category, and whom it may have told, in English. */
export const en: FollowWords = {
  thread: {
    label: (p) => `How you follow this thread: ${p.now}`,
    watch: { name: 'Watching', hint: 'You are told of each answer.' },
    normal: { name: 'Normal', hint: 'You are told when somebody mentions, answers or quotes you.' },
    mute: { name: 'Muted', hint: 'You are told of nothing in this thread, even if you are mentioned.' },
  },
  category: {
    label: (p) => `How you follow this category: ${p.now}`,
    watch: { name: 'Watching', hint: 'You are told of each new thread.' },
    normal: { name: 'Normal', hint: 'You are told when somebody mentions, answers or quotes you.' },
    mute: { name: 'Muted', hint: 'You are told of nothing here but of the threads that you watch.' },
  },
  people: {
    label: 'Whom you mention',
    found: (p, f) => `${f.count(p.count, { one: '# person', other: '# people' })}: choose with the arrows and Enter`,
  },
};
