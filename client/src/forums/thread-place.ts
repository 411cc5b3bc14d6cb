import { tick } from 'svelte';
import type { OpenThread } from './open-thread.js';
import type { ThreadWindow } from './thread-window.js';

/** What was on the screen: the first post of it, and how far its top was below the window's, in pixels. */
export interface Place {
  readonly number: number;
  readonly offset: number;
}

export function placeOnScreen(): Place | null {
  for (const post of document.querySelectorAll('article[data-post]')) {
    const { top, bottom } = post.getBoundingClientRect();
    if (bottom > 0) return { number: Number(post.id.slice(1)), offset: top };
  }
  return null;
}

/** Shows a thread where it was left, or where its reader stopped: at the first post that is new, or at the last one that was read. */
export async function showPlace(
  open: OpenThread,
  { thread: { lastRead, posts: last }, posts }: ThreadWindow,
  kept: Place | null,
  isOver: () => boolean,
): Promise<void> {
  if (kept === null && lastRead === 0) return;
  const number = Math.min(kept?.number ?? lastRead + 1, last);
  const isThere = number >= (posts[0]?.number ?? 1) && number <= (posts.at(-1)?.number ?? 0);
  if (!isThere) await open.reach(number).catch(() => undefined);
  await tick();
  // A new page first gives the focus to its heading.
  await new Promise((resolve) => setTimeout(resolve));
  if (isOver()) return;
  if (kept !== null) {
    const post = document.getElementById(`p${kept.number}`);
    if (post) scrollBy(0, post.getBoundingClientRect().top - kept.offset);
    return;
  }
  const divider = document.querySelector('[data-new]');
  if (divider === null) document.getElementById(`p${lastRead}`)?.scrollIntoView({ block: 'nearest' });
  divider?.parentElement?.querySelector('article')?.focus({ preventScroll: true });
  divider?.scrollIntoView({ block: 'start' });
}
