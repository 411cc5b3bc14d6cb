import type { ThreadRowNow } from '@verbena/shared/forums/forum-pushes.js';
import { type ThreadRow, UNREAD_MAX } from '@verbena/shared/forums/threads.routes.js';

/** What is on the screen of a list of threads. */
interface ThreadPage {
  readonly pinned: readonly ThreadRow[];
  readonly items: readonly ThreadRow[];
}

/**
 * The pages with rows as they are now, each where it stands, so that nothing moves under who reads; and the threads that would stand
 * elsewhere if the list were read now: new ones, and those in which somebody wrote since.
 */
export function withRows<P extends ThreadPage>(
  pages: readonly P[],
  rows: readonly (ThreadRowNow & Partial<Pick<ThreadRow, 'unread'>>)[],
  gone: readonly string[],
): { pages: P[]; moved: string[] } {
  const now = new Map(rows.map((row) => [row.id, row]));
  const put = (list: readonly ThreadRow[]) =>
    list.flatMap((row) =>
      gone.includes(row.id) ? [] : [{ ...row, unread: unreadOf(row, now.get(row.id)), ...now.get(row.id) }],
    );
  const shown = pages.flatMap(({ pinned, items }) => [...pinned, ...items]);
  const first = pages[0]?.items[0]?.id;
  const isMoved = ({ id, last }: ThreadRowNow): boolean => {
    const before = shown.find((row) => row.id === id);
    return before === undefined || (before.last.at !== last.at && id !== first && before.pin === null);
  };
  return {
    pages: pages.map((page) => ({ ...page, pinned: put(page.pinned), items: put(page.items) })),
    moved: rows.filter(isMoved).map(({ id }) => id),
  };
}

/** What is pushed to all does not say what is unread to one: what others wrote since is. */
function unreadOf(row: ThreadRow, now: ThreadRowNow | undefined): number {
  const more = now === undefined || now.last.author.isMe ? 0 : now.posts - row.posts;
  return Math.min(row.unread + Math.max(0, more), UNREAD_MAX);
}
