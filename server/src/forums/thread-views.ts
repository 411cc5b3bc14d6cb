import type { Right } from '@verbena/shared/forums/category.js';
import { actionsOn } from '@verbena/shared/forums/post-actions.js';
import { type Reaction, REACTIONS } from '@verbena/shared/forums/reaction.js';
import type { Deletion, Post, Thread, ThreadRow } from '@verbena/shared/forums/threads.routes.js';
import type { AuthorLines } from './author-lines.js';
import type { CategoryDocument, PostDocument, ThreadDocument } from './forums.schema.js';
import type { Signatures } from './signatures.js';
import { slugOfTitle } from './slug-of-title.js';

/** Whether nobody answers a thread any more: closed by hand, or its time is over. */
export function isLocked(
  { lockedAt, closesAt }: Pick<ThreadDocument, 'lockedAt' | 'closesAt'>,
  nowMs: number,
): boolean {
  return lockedAt !== null || (closesAt !== null && closesAt.getTime() <= nowMs);
}

/** Where a thread is pinned at a moment. */
export function pinOf({ pin, pinUntil }: Pick<ThreadDocument, 'pin' | 'pinUntil'>, nowMs: number): ThreadRow['pin'] {
  if (pin === null || (pinUntil !== null && pinUntil.getTime() <= nowMs)) return null;
  return { in: pin, until: pinUntil?.toISOString() ?? null };
}

export function rowOf(thread: ThreadDocument, signatures: Signatures, nowMs: number): Omit<ThreadRow, 'unread'> {
  return {
    id: thread._id,
    title: thread.title,
    slug: slugOfTitle(thread.title),
    category: thread.category,
    author: signatures.of(thread.author),
    createdAt: new Date(thread.openedAtMs).toISOString(),
    replies: thread.replies,
    posts: thread.posts,
    last: { author: signatures.of(thread.last.author), at: new Date(thread.last.atMs).toISOString() },
    pin: pinOf(thread, nowMs),
    isLocked: isLocked(thread, nowMs),
    isSolved: thread.answer !== null,
    isDeleted: thread.isDeleted,
  };
}

export function threadOf(
  thread: ThreadDocument,
  category: Pick<CategoryDocument, 'slug' | 'reactions'>,
  rights: ReadonlySet<Right>,
  signatures: Signatures,
  nowMs: number,
  lastRead: number,
): Omit<Thread, 'follow'> {
  const { answer, closesAt, slowModeSeconds, changes } = thread;
  return {
    ...rowOf(thread, signatures, nowMs),
    lastRead,
    categorySlug: category.slug,
    can: [...rights],
    answer: answer === null ? null : { id: answer.post, number: answer.number },
    closesAt: closesAt?.toISOString() ?? null,
    slowModeSeconds,
    reactions: category.reactions,
    changes,
  };
}

/** What a reader may do with a post, and see of it. */
export interface PostContext {
  readonly rights: ReadonlySet<Right>;
  readonly lines: AuthorLines;
  readonly isLocked: boolean;
  /** What the reader thinks of posts, by post. */
  readonly reactions: ReadonlyMap<string, Reaction>;
}

/** A post as one reader sees it: what was taken away only who moderates reads, and its author until it is gone for ever. */
export function postOf(post: PostDocument, { rights, lines, isLocked: isClosed, reactions }: PostContext): Post {
  const { deletion, replyTo } = post;
  const { signatures } = lines;
  const isOwn = signatures.isReader(post.author);
  const moderates = rights.has('moderate');
  const mayRead = deletion === null || isOwn || moderates;
  return {
    id: post._id,
    number: post.number,
    author: lines.of(post),
    createdAt: post.createdAt.toISOString(),
    html: mayRead ? post.html : '',
    editedAt: post.editedAt?.toISOString() ?? null,
    version: post.version,
    replyTo:
      replyTo === null ? null : { id: replyTo.post, number: replyTo.number, author: signatures.of(replyTo.author) },
    deletion: deletion === null ? null : deletionOf(deletion, isOwn || moderates),
    badges: deletion === null ? lines.badgesOf(post) : [],
    reactions: REACTIONS.flatMap((reaction) => {
      const count = post.reactions?.[reaction] ?? 0;
      return deletion === null && count > 0 ? [{ reaction, count }] : [];
    }),
    myReaction: deletion === null ? (reactions.get(post._id) ?? null) : null,
    can: actionsOn(deletion, { isOwn, moderates, mayWrite: rights.has('reply') && !isClosed }),
  };
}

function deletionOf(
  { by, at, reason, isPurged }: NonNullable<PostDocument['deletion']>,
  mayKnowWhy: boolean,
): Deletion {
  return { by, at: at.toISOString(), reason: mayKnowWhy ? reason : null, isPurged };
}
