import * as z from 'zod/mini';
import { ForumId, Post, Thread, ThreadRow } from './threads.routes.js';

/** A thread as everybody who may read it finds it: what one may do there, each device knows from when it was read. */
export const ThreadNow = z.omit(Thread, { can: true, lastRead: true, follow: true });
export type ThreadNow = z.infer<typeof ThreadNow>;

/**
 * A change of a thread. `post` is the one that was written, changed, taken away or put back; its `can` is empty, and of one that was taken
 * away only its author gets the words. `thread` is the thread then; while several changes are brought at once only the last has it.
 */
export const ThreadChanged = z.object({ thread: z.optional(ThreadNow), post: z.optional(Post) });
export type ThreadChanged = z.infer<typeof ThreadChanged>;

/** A row of a list as everybody who may read it finds it. */
export const ThreadRowNow = z.omit(ThreadRow, { unread: true });
export type ThreadRowNow = z.infer<typeof ThreadRowNow>;

/** What changed in the list of a category: rows as they are now, new ones too, and those that stand there no longer. At most four times a second. */
export const ThreadsMoved = z.object({ rows: z.array(ThreadRowNow), gone: z.array(ForumId) });
export type ThreadsMoved = z.infer<typeof ThreadsMoved>;
