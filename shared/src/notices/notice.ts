import * as z from 'zod/mini';
import { Instant } from '#platform/time.js';

/**
 * Why somebody is told: named in the author's own words, answered, quoted, something new in a thread that is watched, or a thread in a
 * category that is; or that a moderator took away what it wrote. The strongest first: of several reasons for one post a member is told the first.
 */
export const NOTICE_REASONS = ['mention', 'answer', 'quote', 'watched', 'opened', 'removed'] as const;
export const NoticeReason = z.enum(NOTICE_REASONS);
export type NoticeReason = z.infer<typeof NoticeReason>;

/** What happened for one reason in one place: “Ana and 3 more”. */
export const Notice = z.object({
  /** The number of the latest of them in the member's `inbox`. */
  q: z.int(),
  at: Instant,
  reason: NoticeReason,
  /** How many they are. */
  count: z.int(),
  /** Who did the latest; null: somebody without an alias. */
  by: z.nullable(z.string()),
  /** How many other people did one. */
  others: z.int(),
  title: z.string(),
  /** What was said of it: why it was taken away. */
  detail: z.optional(z.string()),
  /** Where the latest stands, below the program's address: `forum/p/…`. */
  path: z.string(),
});
export type Notice = z.infer<typeof Notice>;

/** One came: the notice that it stands in now, and how many are not read. */
export const NoticeAdded = z.object({ notice: Notice, unread: z.int() });
export type NoticeAdded = z.infer<typeof NoticeAdded>;
