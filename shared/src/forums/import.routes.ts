import * as z from 'zod/mini';
import { IdempotencyKey } from '#activities/idempotency-key.js';
import { MemberRef, Slug } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';
import { Reaction } from './reaction.js';
import { PinDraft, PostBody, Thread, ThreadTitle } from './threads.routes.js';

const ImportedPost = z.strictObject({
  author: MemberRef,
  at: Instant,
  body: PostBody,
  /** The number of the post that it answers to. */
  replyTo: z.optional(z.int().check(z.gte(1))),
  /** Who reacted to it, each once, and when. */
  reactions: z.optional(
    z.array(z.strictObject({ member: MemberRef, reaction: Reaction, at: Instant })).check(z.maxLength(1_000)),
  ),
});

/** A thread that was written elsewhere, with all of its posts, the first one first. */
export const ThreadImport = z.strictObject({
  /** The same again changes nothing. */
  key: IdempotencyKey,
  category: Slug,
  title: ThreadTitle,
  posts: z.array(ImportedPost).check(z.minLength(1), z.maxLength(1_000)),
  /** The number of the accepted answer. */
  answer: z.optional(z.int().check(z.gte(2))),
  isLocked: z.optional(z.boolean()),
  pin: z.optional(PinDraft),
  /** Its authors earn by it what they would have earned by writing it here, dated as it was written; by the answer, when the last post was. */
  earns: z.optional(z.boolean()),
});
export type ThreadImport = z.infer<typeof ThreadImport>;

export const importThread = route({
  method: 'POST',
  path: '/programs/:program/forum/import',
  summary: 'Take over a thread that was written elsewhere, under the names and at the times of those who wrote it',
  access: 'local',
  body: ThreadImport,
  response: Thread,
  status: 201,
  errors: ['program.notFound', 'forumCategory.notFound', 'member.notFound'],
});
