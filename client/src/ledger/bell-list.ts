import type { Showable } from '#lib/live/what-to-show.js';

/** Behind what the bell lists a few more are kept, so that the count of what is new can go beyond it. */
const KEPT_MAX = 100;

/** Adds to what the bell holds: newest first, each once. */
export function listInBell<A extends Showable>(items: readonly A[], more: readonly A[]): readonly A[] {
  const byNumber = new Map([...items, ...more].map((item) => [item.q, item]));
  return [...byNumber.values()].sort((a, b) => b.q - a.q).slice(0, KEPT_MAX);
}

export function countUnread(items: readonly Showable[], read: number): number {
  return items.filter((item) => item.q > read).length;
}
