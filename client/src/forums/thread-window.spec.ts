import type { ThreadChanged, ThreadNow } from '@verbena/shared/forums/forum-pushes.js';
import type { Post, Thread } from '@verbena/shared/forums/threads.routes.js';
import { type ThreadWindow, withChange } from './thread-window.js';

const at = '2026-11-30T10:00:00.000Z';
const ana = { alias: 'Ana', isMe: false, tier: null, badges: [] };
const me = { alias: 'Beto', isMe: true, tier: null, badges: [] };

function post(number: number, given: Partial<Post> = {}): Post {
  return {
    ...{
      id: `p${number}`,
      number,
      author: ana,
      createdAt: at,
      html: `<p>${number}</p>`,
      editedAt: null,
      version: 1,
    },
    ...{ replyTo: null, deletion: null, badges: [], reactions: [], myReaction: null, can: [] },
    ...given,
  };
}

function facts(changes: number, posts: number, given: Partial<ThreadNow> = {}): ThreadNow {
  return {
    ...{
      id: 't',
      title: 'Un hilo',
      slug: 'un-hilo',
      category: 'c',
      author: ana,
      createdAt: at,
      replies: posts - 1,
      posts,
    },
    ...{
      last: { author: ana, at },
      pin: null,
      isLocked: false,
      isSolved: false,
      isDeleted: false,
      categorySlug: 'charla',
    },
    ...{ answer: null, closesAt: null, slowModeSeconds: 0, reactions: [], changes },
    ...given,
  };
}

/** A thread of thirty posts, of which the last ten are on the screen. */
function window(can: Thread['can'] = ['see', 'read', 'reply']): ThreadWindow {
  const posts = Array.from({ length: 10 }, (_, place) => post(21 + place, place === 0 ? { author: me } : {}));
  return { thread: { ...facts(30, 30), can, lastRead: 7, follow: 'normal' }, posts };
}

const numbers = ({ posts }: ThreadWindow) => posts.map(({ number }) => number);
const shown = Array.from({ length: 10 }, (_, place) => 21 + place);
const apply = (before: ThreadWindow, q: number, change: ThreadChanged, appends = true) =>
  withChange(before, { q, change }, appends);

test('#55 the next post is put on the screen only where its reader is at the end', () => {
  const change = { thread: facts(31, 31), post: post(31) };
  expect(numbers(apply(window(), 31, change))).toEqual([...shown, 31]);
  const held = apply(window(), 31, change, false);
  expect([numbers(held), held.thread.posts]).toEqual([shown, 31]);
});

test('#55 a post behind what is not on the screen never stands behind what is', () => {
  const behind = apply(window(), 31, { thread: facts(31, 31), post: post(31) }, false);
  expect(numbers(apply(behind, 32, { thread: facts(32, 32), post: post(32) }))).toEqual(shown);
});

test('FB3 what concerns a post outside of the window moves the cursor and puts nothing on the screen', () => {
  const changes = [
    post(12, { version: 2 }),
    post(15),
    post(20, { deletion: { by: 'author', at, reason: null, isPurged: false } }),
  ];
  const after = changes.reduce(
    (before, one, place) => apply(before, 31 + place, { thread: facts(31 + place, 30), post: one }),
    window(),
  );
  expect([numbers(after), after.thread.changes, after.posts]).toEqual([shown, 33, window().posts]);
});

test('#56 new words, and what was heard of already changes nothing', () => {
  const after = apply(window(), 31, { thread: facts(31, 30), post: post(25, { html: '<p>otra</p>', version: 2 }) });
  expect(after.posts[4]).toMatchObject({ number: 25, html: '<p>otra</p>', version: 2 });
  expect(apply(after, 31, { post: post(25) })).toBe(after);
  expect(apply(after, 30, { post: post(25) })).toBe(after);
});

test('FB4 the same post twice, by answer and by push, stands there once', () => {
  const own = post(31, { author: me });
  const once = apply(window(), 31, { thread: facts(31, 31), post: own });
  const twice = apply({ ...once, thread: { ...once.thread, changes: 30 } }, 31, { thread: facts(31, 31), post: own });
  expect(numbers(twice)).toEqual([...shown, 31]);
});

test('#56 what its reader may do is worked out here: with one’s own posts, as who moderates, and when the thread is closed', () => {
  const own = post(31, { author: me });
  expect(apply(window(), 31, { post: own }).posts.at(-1)?.can).toEqual(['edit', 'delete', 'history']);
  expect(apply(window(), 31, { post: post(31) }).posts.at(-1)?.can).toEqual([]);
  const moderated = apply(window(['see', 'read', 'moderate']), 31, { post: post(31) });
  expect(moderated.posts.at(-1)?.can).toEqual(['edit', 'delete', 'history']);
  const closed = apply(apply(window(), 31, { post: own }), 32, { thread: facts(32, 31, { isLocked: true }) });
  expect(closed.posts.at(-1)?.can).toEqual(['history']);
  expect(closed.thread.can).toEqual(['see', 'read', 'reply']);
});

test('#18 who moderates goes on reading what was taken away, the others do not, and of what is gone for ever nobody does', () => {
  const taken = (isPurged: boolean) =>
    post(25, { html: '', deletion: { by: 'moderator', at, reason: null, isPurged } });
  const words = (before: ThreadWindow, isPurged: boolean) =>
    apply(before, 31, { post: taken(isPurged) }).posts[4]?.html;
  expect(words(window(), false)).toBe('');
  expect(words(window(['read', 'moderate']), false)).toBe('<p>25</p>');
  expect(words(window(['read', 'moderate']), true)).toBe('');
});
