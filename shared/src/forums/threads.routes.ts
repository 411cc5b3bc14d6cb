import * as z from 'zod/mini';
import { IdempotencyKey } from '#activities/idempotency-key.js';
import { Ulid } from '#platform/ids.js';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { typedLine, typedText } from '#platform/typed-text.js';
import { CategoryTile } from './categories.routes.js';
import { Right } from './category.js';
import { FollowLevel } from './follow.js';
import { PostAuthor, ShownAuthor } from './post-author.js';
import { Reaction, ReactionCount } from './reaction.js';

/** The id of a thread or a post, made of who wrote it and its key: the same twice is one. */
export const ForumId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
export type ForumId = z.infer<typeof ForumId>;

export const ThreadTitle = typedLine(3, 120);
/** CommonMark with tables, spoilers and code; HTML in it is shown as it was written. */
export const PostBody = typedText(1, 20_000);
const Reason = typedText(3, 500);
/** Posts that somebody has not read are counted up to this many. */
export const UNREAD_MAX = 100;

/** Where a thread stands before the others, until when: in its category, or in all of the forum. */
export const Pin = z.object({ in: z.enum(['category', 'forum']), until: z.nullable(Instant) });
export type Pin = z.infer<typeof Pin>;
export const PinDraft = z.strictObject(Pin.shape);
export type PinDraft = z.infer<typeof PinDraft>;

export const ThreadRow = z.object({
  id: ForumId,
  title: z.string(),
  /** The title as a part of an address, for people; only the id leads there. */
  slug: z.string(),
  category: Ulid,
  author: PostAuthor,
  createdAt: Instant,
  /** Answers that can be read. */
  replies: z.int(),
  /** The highest number; numbers have no gaps. */
  posts: z.int(),
  last: z.object({ author: PostAuthor, at: Instant }),
  pin: z.nullable(Pin),
  /** Nobody answers any more: closed by hand, or because its time was over. */
  isLocked: z.boolean(),
  /** An answer was accepted. */
  isSolved: z.boolean(),
  /** Taken away; only who moderates, and its author, still finds it. */
  isDeleted: z.boolean(),
  /** Posts of others that you have not read and can read, up to `UNREAD_MAX`. */
  unread: z.int(),
});
export type ThreadRow = z.infer<typeof ThreadRow>;

/** A thread that is open on a screen. */
export const Thread = z.object({
  ...z.omit(ThreadRow, { unread: true }).shape,
  /** The number of the last post that you have read; 0: you never opened it. */
  lastRead: z.int(),
  categorySlug: z.string(),
  can: z.array(Right),
  follow: FollowLevel,
  /** The post that was accepted as answer. */
  answer: z.nullable(z.object({ id: ForumId, number: z.int() })),
  /** When it closes by itself. */
  closesAt: z.nullable(Instant),
  /** So long each member waits between two answers; 0: not at all. */
  slowModeSeconds: z.int(),
  /** What there is to react with. */
  reactions: z.array(Reaction),
  /** Rises with each change of it and of its posts. */
  changes: z.int(),
});
export type Thread = z.infer<typeof Thread>;

/** Why a post is not there any more, in so far as the reader may know: its author and who moderates read the reason. */
export const Deletion = z.object({
  by: z.enum(['author', 'moderator']),
  at: Instant,
  reason: z.nullable(z.string()),
  /** Gone for ever. */
  isPurged: z.boolean(),
});
export type Deletion = z.infer<typeof Deletion>;

export const PostAction = z.enum(['edit', 'delete', 'restore', 'purge', 'history']);
export type PostAction = z.infer<typeof PostAction>;

export const Post = z.object({
  id: ForumId,
  number: z.int(),
  author: ShownAuthor,
  createdAt: Instant,
  /** Safe to show; empty where the reader may not read what was taken away. */
  html: z.string(),
  /** When its words were last changed after the first minutes. */
  editedAt: z.nullable(Instant),
  /** Rises with each change of its words. */
  version: z.int(),
  replyTo: z.nullable(z.object({ id: ForumId, number: z.int(), author: PostAuthor })),
  deletion: z.nullable(Deletion),
  /** Badges that its author holds for this post, and shows. */
  badges: z.array(z.string()),
  reactions: z.array(ReactionCount),
  /** One’s own; in what is pushed it is null. */
  myReaction: z.nullable(Reaction),
  can: z.array(PostAction),
});
export type Post = z.infer<typeof Post>;

/** A post as it was written, to quote it or to change it. */
export const PostSource = z.object({
  id: ForumId,
  thread: ForumId,
  slug: z.string(),
  number: z.int(),
  author: PostAuthor,
  body: z.string(),
  version: z.int(),
});
export type PostSource = z.infer<typeof PostSource>;

/** Words that a post had: `by` who wrote this version. The newest is what stands there now. */
export const PostVersion = z.object({ version: z.int(), body: z.string(), at: Instant, by: PostAuthor });
export type PostVersion = z.infer<typeof PostVersion>;

/** `key` is what the writer's device chose before it sent, the same at each repeat: a double click, a second tab, a retry. */
export const ThreadDraft = z.strictObject({
  key: IdempotencyKey,
  category: Ulid,
  title: ThreadTitle,
  body: PostBody,
});
export type ThreadDraft = z.infer<typeof ThreadDraft>;

export const PostDraft = z.strictObject({ key: IdempotencyKey, body: PostBody, replyTo: z.optional(ForumId) });
export type PostDraft = z.infer<typeof PostDraft>;

/** `version` is the one that was changed: if somebody else was faster, nothing is lost and `post.changed` is answered. */
export const PostChange = z.strictObject({ body: PostBody, version: z.int(), reason: z.optional(Reason) });
export type PostChange = z.infer<typeof PostChange>;

/** What is left out stays as it is. Its author may change the title, and accept an answer; the rest is for who moderates. */
export const ThreadChange = z.strictObject({
  title: z.optional(ThreadTitle),
  category: z.optional(Ulid),
  isLocked: z.optional(z.boolean()),
  pin: z.optional(z.nullable(PinDraft)),
  closesAt: z.optional(z.nullable(Instant)),
  slowModeSeconds: z.optional(z.int().check(z.gte(0), z.lte(86_400))),
  /** The post that is the answer; null: none is. */
  answer: z.optional(z.nullable(ForumId)),
});
export type ThreadChange = z.infer<typeof ThreadChange>;

/** Needed where the post is somebody else's. */
export const DeletionDraft = z.strictObject({ reason: z.optional(Reason) });
export type DeletionDraft = z.infer<typeof DeletionDraft>;

/** How far a thread was read: up to the post with this number. */
export const ThreadReading = z.strictObject({ number: z.int().check(z.gte(1)) });
export type ThreadReading = z.infer<typeof ThreadReading>;

const FORUM = '/programs/:program/forum';
const NOT_FOUND = ['program.notFound', 'thread.notFound'] as const;
const ON_POST = ['program.notFound', 'post.notFound', 'forum.notAllowed', 'thread.locked', 'post.changed'] as const;
const ON_DELETED = [...ON_POST, 'post.notDeleted', 'post.purged'] as const;

export const listThreads = route({
  method: 'GET',
  path: `${FORUM}/categories/:category/threads`,
  summary: 'The threads of a category, by its slug, pinned ones first; `before` goes on where the page ended',
  access: 'forum.read',
  query: z.strictObject({
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 50)),
  }),
  response: z.object({ category: CategoryTile, pinned: z.array(ThreadRow), ...page(ThreadRow).shape }),
  errors: ['program.notFound', 'forumCategory.notFound'],
});

export const createThread = route({
  method: 'POST',
  path: `${FORUM}/threads`,
  summary: 'Open a thread with its first post; the same `key` again answers with what it made',
  access: 'forum.read',
  body: ThreadDraft,
  response: Thread,
  status: 201,
  errors: [
    'program.notFound',
    'forumCategory.notFound',
    'forum.notAllowed',
    'forum.notMember',
    'forum.firstDay',
    'post.keyTaken',
  ],
});

export const getThread = route({
  method: 'GET',
  path: `${FORUM}/threads/:thread`,
  summary:
    'A thread and some of its posts: the first ones, those `before` or `after` a number, or those around one (`near`, `at=unread`), at most 41',
  access: 'forum.read',
  query: z.strictObject({
    before: z.optional(queryInteger(1, 1_000_000)),
    after: z.optional(queryInteger(0, 1_000_000)),
    near: z.optional(queryInteger(1, 1_000_000)),
    /** Around where you stopped reading; the first ones where you never began. */
    at: z.optional(z.literal('unread')),
  }),
  response: z.object({ thread: Thread, posts: z.array(Post) }),
  errors: NOT_FOUND,
});

export const markThreadRead = route({
  method: 'POST',
  path: `${FORUM}/threads/:thread/reading`,
  summary: 'Say how far you have read a thread; answers what stands then, since that only moves forward',
  access: 'forum.read',
  body: ThreadReading,
  response: z.object({ number: z.int() }),
  errors: [...NOT_FOUND, 'forum.notMember'],
});

export const markCategoryRead = route({
  method: 'POST',
  path: `${FORUM}/categories/:category/reading`,
  summary:
    'Everything that stands now in a category and in those below it counts as read by you; by its slug or its id',
  access: 'forum.read',
  response: z.object({ at: Instant }),
  errors: ['program.notFound', 'forumCategory.notFound', 'forum.notAllowed', 'forum.notMember'],
});

export const changeThread = route({
  method: 'PATCH',
  path: `${FORUM}/threads/:thread`,
  summary: 'Rename a thread, accept an answer, move it to another category, pin, lock or slow it down',
  access: 'forum.read',
  body: ThreadChange,
  response: Thread,
  errors: [...NOT_FOUND, 'forumCategory.notFound', 'forum.notAllowed', 'post.notFound'],
});

export const createPost = route({
  method: 'POST',
  path: `${FORUM}/threads/:thread/posts`,
  summary: 'Answer in a thread; the same `key` again answers with what it made',
  access: 'forum.read',
  body: PostDraft,
  response: Post,
  status: 201,
  errors: [
    ...NOT_FOUND,
    'forum.notAllowed',
    'forum.notMember',
    'thread.locked',
    'thread.slow',
    'forum.firstDay',
    'post.notFound',
    'post.keyTaken',
  ],
});

export const getPost = route({
  method: 'GET',
  path: `${FORUM}/posts/:post`,
  summary: 'Where a post stands today, and its words as they were written',
  access: 'forum.read',
  response: PostSource,
  errors: ['program.notFound', 'post.notFound'],
});

export const changePost = route({
  method: 'PATCH',
  path: `${FORUM}/posts/:post`,
  summary: 'Change the words of a post: one’s own, or, with a reason, as who moderates',
  access: 'forum.read',
  body: PostChange,
  response: Post,
  errors: [...ON_POST, 'post.deleted'],
});

export const listPostVersions = route({
  method: 'GET',
  path: `${FORUM}/posts/:post/versions`,
  summary: 'The words that a post had, newest first, for its author and who moderates',
  access: 'forum.read',
  response: z.object({ items: z.array(PostVersion) }),
  errors: ['program.notFound', 'post.notFound', 'forum.notAllowed'],
});

export const deletePost = route({
  method: 'POST',
  path: `${FORUM}/posts/:post/deletion`,
  summary: 'Take a post away, with the first one the thread: one’s own, or, with a reason, as who moderates',
  access: 'forum.read',
  body: DeletionDraft,
  response: Post,
  errors: [...ON_POST, 'post.deleted', 'thread.hasReplies'],
});

export const restorePost = route({
  method: 'POST',
  path: `${FORUM}/posts/:post/restoration`,
  summary: 'Put back what was taken away: what one took away oneself, or, as who moderates, all but what is purged',
  access: 'forum.read',
  response: Post,
  errors: ON_DELETED,
});

export const purgePost = route({
  method: 'POST',
  path: `${FORUM}/posts/:post/purge`,
  summary: 'Forget the words of a post that was taken away, for ever, as who moderates',
  access: 'forum.read',
  response: Post,
  errors: ON_DELETED,
});

export const reactToPost = route({
  method: 'PUT',
  path: `${FORUM}/posts/:post/reaction`,
  summary: 'React to somebody else’s post, in another way than before, or not any more (null): said twice it is one',
  access: 'forum.read',
  body: z.strictObject({ reaction: z.nullable(Reaction) }),
  response: Post,
  errors: [
    'program.notFound',
    'post.notFound',
    'forum.notAllowed',
    'forum.notMember',
    'post.deleted',
    'reaction.own',
    'reaction.tooMany',
  ],
});

/** Who reacted to a post, and how; the latest first, at most a hundred. */
export const listReactions = route({
  method: 'GET',
  path: `${FORUM}/posts/:post/reactions`,
  summary: 'Who reacted to a post, and how, the latest first',
  access: 'forum.read',
  response: z.object({ items: z.array(z.object({ author: PostAuthor, reaction: Reaction, at: Instant })) }),
  errors: ['program.notFound', 'post.notFound'],
});

export const previewPost = route({
  method: 'POST',
  path: `${FORUM}/preview`,
  summary: 'How a text will look as a post; nothing is kept',
  access: 'forum.read',
  body: z.strictObject({ body: PostBody }),
  response: z.object({ html: z.string() }),
  errors: ['program.notFound'],
});
