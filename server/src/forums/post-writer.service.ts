import { Injectable } from '@nestjs/common';
import type { Reaction } from '@verbena/shared/forums/reaction.js';
import type { PostDraft, ThreadDraft } from '@verbena/shared/forums/threads.routes.js';
import { entryIdOf, hashOf } from '#platform/crypto/hash.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Notices } from '#notices/notices.service.js';
import { isDuplicateKey, Mongo, type Session } from '#platform/mongo/mongo.js';
import type { Scope } from '#platform/mongo/scope.js';
import { Turns } from '#platform/mongo/turns.js';
import { announcePost, announceRemoval } from './announce-post.js';
import { DailyLimits } from './daily-limits.service.js';
import type { ForumReader } from './forum-access.service.js';
import type { DeletionRecord, PostDocument, ThreadDocument } from './forums.schema.js';
import { PostRenderer } from './post-renderer.service.js';
import { PostsRepository } from './posts.repository.js';
import { ReactionsRepository } from './reactions.repository.js';
import { isLocked } from './thread-views.js';
import { ThreadsRepository } from './threads.repository.js';
import { Told } from './told.service.js';

/** So long its author improves a post without leaving a trace. */
const GRACE_MS = 300_000;

/** A further step of the transaction of a change. */
type Along = (session: Session) => Promise<void>;

/**
 * Every change of posts, each with the thread that counts it, in one transaction: a number, a count or a last post is never ahead of
 * what stands there. Who may is decided before.
 */
@Injectable()
export class PostWriter {
  private readonly turns: Turns;

  constructor(
    private readonly threads: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly reactions: ReactionsRepository,
    private readonly renderer: PostRenderer,
    mongo: Mongo,
    private readonly clock: Clock,
    private readonly notices: Notices,
    private readonly told: Told,
    private readonly limits: DailyLimits,
  ) {
    this.turns = new Turns(mongo);
  }

  /** Opens a thread with its first post, once for a key. Refuses `forum.notMember`, `forum.firstDay` and `post.keyTaken`. */
  async openThread(
    { scope, member }: ForumReader,
    { key, category, title, body }: ThreadDraft,
    moderates: boolean,
  ): Promise<ThreadDocument> {
    const author = memberOf(member);
    const nowMs = this.clock.now();
    const id = entryIdOf(scope.program, `forum:${author}`, key);
    const thread: ThreadDocument = {
      _id: id,
      program: scope.program,
      category,
      author,
      title,
      openedAtMs: nowMs,
      bumpedAtMs: nowMs,
      posts: 1,
      replies: 0,
      last: { author, atMs: nowMs },
      pin: null,
      pinUntil: null,
      lockedAt: null,
      closesAt: null,
      slowModeSeconds: 0,
      answer: null,
      isDeleted: false,
      changes: 1,
    };
    const digest = hashOf(category, title, body);
    const post = await this.newPost(scope, {
      _id: id,
      thread: id,
      number: 1,
      author,
      digest,
      body,
      replyTo: null,
      change: 1,
    });
    return this.once(
      // Two threads of one member follow one another, so that both do not pass as its last one of the day.
      author,
      digest,
      async (session) => {
        await this.threads.insert(thread, session);
        await this.posts.insert(post, session);
        // Behind it, since whoever only sends the same again is not asked.
        if (!moderates) await this.limits.refuseNewcomer(scope, author, 'threads', session);
        await this.published(session, thread, post);
        return thread;
      },
      async () => ({ made: await this.threads.find(scope, id), of: await this.posts.find(scope, id) }),
    );
  }

  /**
   * Adds an answer, once for a key, behind all others. Refuses `thread.notFound` where the thread was taken away or moved meanwhile,
   * `thread.locked`, `thread.slow`, `forum.firstDay`, `post.notFound` for what it answers to, `forum.notMember` and `post.keyTaken`.
   */
  async reply(
    { scope, member }: ForumReader,
    thread: ThreadDocument,
    { key, body, replyTo }: PostDraft,
    moderates: boolean,
  ): Promise<PostDocument> {
    const author = memberOf(member);
    const id = entryIdOf(scope.program, `forum:${author}`, key);
    const digest = hashOf(thread._id, body, replyTo ?? null);
    const parent = replyTo === undefined ? null : await this.parentOf(scope, thread, replyTo);
    const draft = await this.newPost(scope, {
      ...{ _id: id, thread: thread._id, number: 0, author, digest, body, change: 0 },
      replyTo: parent === null ? null : { post: parent._id, number: parent.number, author: parent.author },
    });
    return this.once(
      thread._id,
      digest,
      async (session) => {
        const nowMs = this.clock.now();
        const after = await this.threads.change(
          scope,
          thread._id,
          { count: { posts: 1, replies: 1 }, set: { bumpedAtMs: nowMs, last: { author, atMs: nowMs } } },
          session,
        );
        if (after === null || after.isDeleted || after.category !== thread.category)
          throw new Refusal('thread.notFound');
        if (!moderates) {
          if (isLocked(after, nowMs)) throw new Refusal('thread.locked');
          await this.refuseTooSoon(after, author, nowMs, session);
        }
        const post = { ...draft, number: after.posts, change: after.changes };
        await this.posts.insert(post, session);
        if (!moderates) await this.limits.refuseNewcomer(scope, author, 'replies', session);
        await this.published(session, after, post);
        return post;
      },
      async () => {
        const made = await this.posts.find(scope, id);
        return { made, of: made };
      },
    );
  }

  /** Changes the words of a post that still has this version. Refuses `post.changed`. */
  async edit(
    { scope }: ForumReader,
    post: PostDocument,
    { body, version, by }: { readonly body: string; readonly version: number; readonly by: string },
    along: Along,
  ): Promise<PostDocument> {
    if (version !== post.version) throw new Refusal('post.changed');
    if (body === post.body) return post;
    const now = new Date(this.clock.now());
    const isGrace = by === post.writtenBy && now.getTime() - post.writtenAt.getTime() <= GRACE_MS;
    const html = await this.renderer.render(scope, body);
    return this.turns.transact(post.thread, async (session) => {
      const change = {
        ...{ body, ...html, version: version + 1, writtenBy: by },
        // The first minutes are counted from when it was written, not from each improvement.
        writtenAt: isGrace ? post.writtenAt : now,
        editedAt: isGrace ? post.editedAt : now,
      };
      const after = await this.apply(scope, post, change, session);
      if (!isGrace) await this.posts.keepVersion(post, session);
      await along(session);
      return after;
    });
  }

  /** Takes a post away, with the first one its thread; refuses `thread.hasReplies` where that needs a moderator, and `post.deleted`. */
  async remove(
    { scope }: ForumReader,
    post: PostDocument,
    { by, reason }: Pick<DeletionRecord, 'by' | 'reason'>,
    along: Along,
  ): Promise<PostDocument> {
    return this.turns.transact(post.thread, async (session) => {
      const thread = await this.threads.find(scope, post.thread, session);
      if (thread === null) throw new Refusal('post.notFound');
      if (post.number === 1 && by === 'author' && thread.replies > 0) throw new Refusal('thread.hasReplies');
      const wasAnswer = thread.answer?.post === post._id;
      const deletion = { by, reason, at: new Date(this.clock.now()), isPurged: false, wasAnswer };
      const after = await this.apply(scope, post, { deletion }, session, {
        isDeleted: post.number === 1 ? true : thread.isDeleted,
        answer: wasAnswer ? null : thread.answer,
      });
      await this.told.removed(session, post, reason);
      if (by === 'moderator') await announceRemoval(this.notices, session, post, deletion);
      await along(session);
      return after;
    });
  }

  /** Undoes exactly what taking it away did. */
  async restore({ scope }: ForumReader, post: PostDocument, along: Along): Promise<PostDocument> {
    return this.turns.transact(post.thread, async (session) => {
      const thread = await this.threads.find(scope, post.thread, session);
      if (thread === null) throw new Refusal('post.notFound');
      const isAnswer = post.deletion?.wasAnswer === true && thread.answer === null;
      const after = await this.apply(scope, post, { deletion: null }, session, {
        isDeleted: post.number === 1 ? false : thread.isDeleted,
        answer: isAnswer ? { post: post._id, number: post.number } : thread.answer,
      });
      await this.told.restored(session, post, isAnswer);
      await along(session);
      return after;
    });
  }

  /** What a member thinks of a post from now on. Refuses `post.deleted` and `reaction.tooMany`. */
  async react(
    scope: Scope,
    thread: ThreadDocument,
    { _id }: PostDocument,
    member: string,
    reaction: Reaction | null,
    moderates: boolean,
  ): Promise<PostDocument> {
    return this.turns.transact(thread._id, async (session) => {
      const post = await this.posts.find(scope, _id, session);
      if (post === null) throw new Refusal('post.notFound');
      if (post.deletion !== null) throw new Refusal('post.deleted');
      const before = await this.reactions.find(scope, _id, member, session);
      if (before === reaction) return post;
      // Another reaction in place of one is none more.
      if (before === null && !moderates) await this.limits.refuseReacting(scope, member, session);
      const given = { member, reaction, at: new Date(this.clock.now()) };
      await this.reactions.put(scope, { post: _id, ...given }, session);
      await this.told.reacted(session, thread, post, given);
      const counts = { ...post.reactions };
      if (before !== null) counts[before] = (counts[before] ?? 1) - 1;
      if (reaction !== null) counts[reaction] = (counts[reaction] ?? 0) + 1;
      return this.apply(scope, post, { reactions: counts }, session);
    });
  }

  /** Forgets the words of a post that was taken away, and of a thread its title, for ever. */
  async purge(
    { scope }: ForumReader,
    post: PostDocument & { readonly deletion: DeletionRecord },
    along: Along,
  ): Promise<PostDocument> {
    return this.turns.transact(post.thread, async (session) => {
      const deletion = { ...post.deletion, isPurged: true };
      const title = post.number === 1 ? { title: '' } : {};
      const nothing = { body: '', html: '', digest: '', reactions: {} };
      const after = await this.apply(scope, post, { deletion, ...nothing }, session, title);
      await this.posts.forgetVersions(scope, post._id, session);
      await this.reactions.forget(scope, post._id, session);
      await along(session);
      return after;
    });
  }

  /** Changes a post and the thread that it stands in: the count of what is there, and its last post. */
  private async apply(
    scope: ForumReader['scope'],
    post: PostDocument,
    change: Partial<PostDocument>,
    session: Session,
    set: Partial<ThreadDocument> = {},
  ): Promise<PostDocument> {
    const after = { ...post, ...change };
    const moved = Number(after.deletion === null) - Number(post.deletion === null);
    const replies = post.number === 1 ? 0 : moved;
    const thread = await this.threads.change(
      scope,
      post.thread,
      { set, ...(replies === 0 ? {} : { count: { replies } }) },
      session,
    );
    if (thread === null) throw new Refusal('post.notFound');
    // What was read before is compared inside: who was faster is not overwritten.
    const isSame = await this.posts.change(scope, post, { ...change, change: thread.changes }, session);
    if (!isSame) throw new Refusal('post.changed');
    if (moved !== 0) {
      const last = await this.posts.findLast(thread, null, session);
      if (last !== null) {
        const { author, createdAt, number } = last;
        await this.threads.setLast(scope, thread._id, { author, atMs: createdAt.getTime(), number }, session);
      }
    }
    return { ...after, change: thread.changes };
  }

  /** Everything that is told of a post hangs on this. */
  private async published(session: Session, thread: ThreadDocument, post: PostDocument): Promise<void> {
    await announcePost(this.notices, session, post, 'published');
    await this.told.wrote(session, thread, post);
  }

  private async newPost(
    scope: ForumReader['scope'],
    given: Pick<PostDocument, '_id' | 'thread' | 'number' | 'author' | 'digest' | 'body' | 'replyTo' | 'change'>,
  ): Promise<PostDocument> {
    const now = new Date(this.clock.now());
    return {
      ...given,
      ...(await this.renderer.render(scope, given.body)),
      program: scope.program,
      createdAt: now,
      version: 1,
      writtenAt: now,
      writtenBy: given.author,
      editedAt: null,
      deletion: null,
    };
  }

  private async parentOf(scope: ForumReader['scope'], thread: ThreadDocument, id: string): Promise<PostDocument> {
    const parent = await this.posts.find(scope, id);
    if (parent === null || parent.thread !== thread._id || parent.deletion !== null)
      throw new Refusal('post.notFound', {}, [{ path: ['replyTo'], code: 'invalid' }]);
    return parent;
  }

  private async refuseTooSoon(thread: ThreadDocument, author: string, nowMs: number, session: Session): Promise<void> {
    if (thread.slowModeSeconds === 0) return;
    const last = await this.posts.findLast(thread, author, session);
    const waitMs = (last?.createdAt.getTime() ?? 0) + thread.slowModeSeconds * 1_000 - nowMs;
    if (last !== null && waitMs > 0) throw new Refusal('thread.slow', { seconds: Math.ceil(waitMs / 1_000) });
  }

  /** Does something once for a key: whoever comes with the same again is answered what it made, with another text is refused. */
  private async once<T>(
    thread: string,
    digest: string,
    work: (session: Session) => Promise<T>,
    find: () => Promise<{ made: T | null; of: PostDocument | null }>,
  ): Promise<T> {
    try {
      return await this.turns.transact(thread, work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { made, of } = await find();
      if (made === null || of?.digest !== digest) throw new Refusal('post.keyTaken');
      return made;
    }
  }
}

/** Refuses `forum.notMember`. */
export function memberOf(member: string | null): string {
  if (member === null) throw new Refusal('forum.notMember');
  return member;
}
