import type { Right } from '@verbena/shared/forums/category.js';
import type { Deletion, Post, PostAction, Thread, ThreadRow } from '@verbena/shared/forums/threads.routes.js';
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

export function rowOf(thread: ThreadDocument, signatures: Signatures, nowMs: number): ThreadRow {
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
  category: Pick<CategoryDocument, 'slug'>,
  rights: ReadonlySet<Right>,
  signatures: Signatures,
  nowMs: number,
): Thread {
  const { answer, closesAt, slowModeSeconds, changes } = thread;
  return {
    ...rowOf(thread, signatures, nowMs),
    categorySlug: category.slug,
    can: [...rights],
    answer: answer === null ? null : { id: answer.post, number: answer.number },
    closesAt: closesAt?.toISOString() ?? null,
    slowModeSeconds,
    changes,
  };
}

/** What a reader may do with a post, and see of it. */
export interface PostContext {
  readonly rights: ReadonlySet<Right>;
  readonly signatures: Signatures;
  readonly isLocked: boolean;
}

/** A post as one reader sees it: what was taken away only who moderates reads, and its author until it is gone for ever. */
export function postOf(post: PostDocument, { rights, signatures, isLocked: isClosed }: PostContext): Post {
  const { deletion, replyTo } = post;
  const isOwn = signatures.isReader(post.author);
  const moderates = rights.has('moderate');
  const mayRead = deletion === null || isOwn || moderates;
  return {
    id: post._id,
    number: post.number,
    author: signatures.of(post.author),
    createdAt: post.createdAt.toISOString(),
    html: mayRead ? post.html : '',
    editedAt: post.editedAt?.toISOString() ?? null,
    version: post.version,
    replyTo:
      replyTo === null ? null : { id: replyTo.post, number: replyTo.number, author: signatures.of(replyTo.author) },
    deletion: deletion === null ? null : deletionOf(deletion, isOwn || moderates),
    can: actionsOn(post, { isOwn, moderates, mayWrite: rights.has('reply') && !isClosed }),
  };
}

function deletionOf(
  { by, at, reason, isPurged }: NonNullable<PostDocument['deletion']>,
  mayKnowWhy: boolean,
): Deletion {
  return { by, at: at.toISOString(), reason: mayKnowWhy ? reason : null, isPurged };
}

/** Whose post it is, and what else the rules of actions ask. */
export interface ActionContext {
  readonly isOwn: boolean;
  readonly moderates: boolean;
  /** The reader could answer in the thread now. */
  readonly mayWrite: boolean;
}

/** What somebody may do with a post: the buttons on a screen, and what the server lets through. */
export function actionsOn(
  { deletion }: Pick<PostDocument, 'deletion'>,
  { isOwn, moderates, mayWrite }: ActionContext,
): PostAction[] {
  const writes = moderates || (isOwn && mayWrite);
  const history: PostAction[] = (isOwn || moderates) && deletion?.isPurged !== true ? ['history'] : [];
  if (deletion === null) return writes ? ['edit', 'delete', ...history] : history;
  if (deletion.isPurged) return [];
  // What a moderator took away its author does not put back.
  if (moderates) return ['restore', 'purge', ...history];
  return isOwn && mayWrite && deletion.by === 'author' ? ['restore', ...history] : history;
}
