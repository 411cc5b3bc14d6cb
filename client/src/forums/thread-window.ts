import type { ThreadChanged } from '@verbena/shared/forums/forum-pushes.js';
import { actionsOn } from '@verbena/shared/forums/post-actions.js';
import type { Post, Thread } from '@verbena/shared/forums/threads.routes.js';

/** A thread and the posts of it that are on the screen: without gaps, in their order. */
export interface ThreadWindow {
  readonly thread: Thread;
  readonly posts: readonly Post[];
}

/** A change as it was pushed: its number, and what it made. */
export interface NumberedChange {
  readonly q: number;
  readonly change: ThreadChanged;
}

/**
 * The window after a change. What it has heard of already changes nothing; a post that is not on the screen is not put there, unless it is
 * the next one and `appends`. What its reader may do with a post is worked out here, since all readers are pushed the same.
 */
export function withChange(window: ThreadWindow, { q, change }: NumberedChange, appends: boolean): ThreadWindow {
  if (q <= window.thread.changes) return window;
  const thread: Thread = { ...window.thread, ...change.thread, changes: q };
  const { post } = change;
  const isOther = thread.isLocked !== window.thread.isLocked;
  const known = isOther ? window.posts.map((one) => withActions(one, thread)) : window.posts;
  if (post === undefined) return { thread, posts: known };
  const isNext = post.number === (known.at(-1)?.number ?? 0) + 1;
  if (appends && isNext) return { thread, posts: [...known, withActions(post, thread)] };
  return {
    thread,
    posts: known.map((one) => (one.id === post.id ? withActions(withOwn(post, one, thread), thread) : one)),
  };
}

/**
 * With what is pushed to nobody: what its reader thinks of it, and the words of what was taken away, which who moderates goes on reading.
 */
function withOwn(post: Post, { html, myReaction }: Post, thread: Thread): Post {
  if (post.deletion === null) return { ...post, myReaction };
  const isKept = !post.deletion.isPurged && post.html === '' && thread.can.includes('moderate');
  return isKept ? { ...post, html } : post;
}

function withActions(post: Post, { can, isLocked }: Thread): Post {
  const context = {
    isOwn: post.author.isMe,
    moderates: can.includes('moderate'),
    mayWrite: can.includes('reply') && !isLocked,
  };
  return { ...post, can: actionsOn(post.deletion, context) };
}
