import { Injectable } from '@nestjs/common';
import type { CategoryTile } from '@verbena/shared/forums/categories.routes.js';
import type { Post, Thread, ThreadChange, ThreadDraft, ThreadRow } from '@verbena/shared/forums/threads.routes.js';
import { AuditService } from '#audit/audit.service.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { Actor } from '#platform/http/principal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { Authors } from './authors.service.js';
import { ForumAccess, type ForumReader, type OpenCategory } from './forum-access.service.js';
import type { PostDocument, ThreadDocument } from './forums.schema.js';
import { PostsRepository } from './posts.repository.js';
import { isLocked, pinOf, postOf, rowOf, threadOf } from './thread-views.js';
import { seesOnlyOwn, ThreadPages } from './thread-pages.service.js';
import { ThreadsRepository } from './threads.repository.js';
import { ForumTiles } from './forum-tiles.service.js';
import { PostWriter } from './post-writer.service.js';

const THREADS_PAGE = 20;
/** Posts on each side of the one that is asked for, and in a page before or after one. */
const POSTS_PAGE = 20;

/** Which posts of a thread are asked for, by number. */
export interface PostsAsked {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly near?: number | undefined;
}

/** Threads as readers find, open and change them. What a reader may not read is refused as if it were not there. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly access: ForumAccess,
    private readonly tiles: ForumTiles,
    private readonly pages: ThreadPages,
    private readonly threads: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly writer: PostWriter,
    private readonly authors: Authors,
    private readonly audit: AuditService,
    private readonly mongo: Mongo,
    private readonly clock: Clock,
  ) {}

  /**
   * The threads of a category, by its slug, in its order; of one that may only be seen none. `next` is what the following page begins
   * below. Refuses `forumCategory.notFound`.
   */
  async list(
    reader: ForumReader,
    slug: string,
    { before, limit = THREADS_PAGE }: { readonly before?: number | undefined; readonly limit?: number | undefined },
  ): Promise<{ category: CategoryTile; pinned: ThreadRow[]; items: ThreadRow[]; next?: number }> {
    const open = await this.access.require(reader, slug, 'see', 'forumCategory.notFound');
    const category = await this.tiles.tileOf(reader, open);
    if (!open.rights.has('read')) return { category, pinned: [], items: [] };
    const nowMs = this.clock.now();
    const found = await this.pages.page(reader, open, { order: open.category.order, before, limit });
    const above = await this.pinned(reader, open, nowMs);
    const pinned = before === undefined ? above : [];
    // Pinned ones stand once, above the first page.
    const rest = found.items.filter(({ _id }) => !above.some((one) => one._id === _id));
    const signatures = await this.authors.signaturesFor(reader, [...pinned, ...rest].flatMap(authorsOf));
    const row = (thread: ThreadDocument): ThreadRow => rowOf(thread, signatures, nowMs);
    return {
      category,
      pinned: pinned.map(row),
      items: rest.map(row),
      ...(found.next === undefined ? {} : { next: found.next }),
    };
  }

  /** A thread with some of its posts: at most 41. Refuses `thread.notFound`. */
  async read(reader: ForumReader, id: string, asked: PostsAsked): Promise<{ thread: Thread; posts: Post[] }> {
    const { thread, open } = await this.find(reader, id);
    const posts = await this.posts.list(thread, ...windowOf(asked, thread.posts));
    const nowMs = this.clock.now();
    const signatures = await this.authors.signaturesFor(reader, [
      ...authorsOf(thread),
      ...posts.flatMap(authorsOfPost),
    ]);
    const context = { rights: open.rights, signatures, isLocked: isLocked(thread, nowMs) };
    return {
      thread: threadOf(thread, open.category, open.rights, signatures, nowMs),
      posts: posts.map((post) => postOf(post, context)),
    };
  }

  /**
   * Opens a thread. Refuses `forumCategory.notFound`, `forum.notAllowed`, `forum.notMember`, and `post.keyTaken` where the key stands for
   * something else; the same again answers what it made.
   */
  async create(reader: ForumReader, draft: ThreadDraft): Promise<Thread> {
    const open = await this.access.require(reader, draft.category, 'read', 'forumCategory.notFound');
    if (!open.rights.has('create')) throw new Refusal('forum.notAllowed');
    const thread = await this.writer.openThread(reader, draft);
    const signatures = await this.authors.signaturesFor(reader, authorsOf(thread));
    return threadOf(thread, open.category, open.rights, signatures, this.clock.now());
  }

  /**
   * Changes a thread: its author the title and the accepted answer, who moderates everything. Refuses `thread.notFound`,
   * `forum.notAllowed`, `forumCategory.notFound` for where it shall go, and `post.notFound` for the answer.
   */
  async change(reader: ForumReader, id: string, change: ThreadChange, actor: Actor): Promise<Thread> {
    const { thread, open } = await this.find(reader, id);
    const moderates = open.rights.has('moderate');
    const signatures = await this.authors.signaturesFor(reader, authorsOf(thread));
    const { title: _, answer, ...rest } = change;
    const isOwn = signatures.isReader(thread.author) && open.rights.has('reply') && !isLocked(thread, this.clock.now());
    // What anybody may do with a thread of its own is no matter of the staff's log.
    const isModerating = !isOwn || Object.keys(rest).length > 0;
    if (isModerating && !moderates) throw new Refusal('forum.notAllowed');
    const target = change.category === undefined ? open : await this.targetOf(reader, change.category);
    const set = { ...this.settingsOf(thread, change), ...(await this.answerOf(reader, thread, answer)) };
    const after = await this.mongo.transact(async (session) => {
      const changed = await this.threads.change(reader.scope, id, { set }, session);
      if (changed === null) throw new Refusal('thread.notFound');
      if (isModerating)
        await this.audit.record(session, reader.scope, {
          actor,
          action: 'forumThread.changed',
          subject: { kind: 'forumThread', id },
          before: pick(thread, set),
          after: pick(changed, set),
        });
      return changed;
    });
    const all = await this.authors.signaturesFor(reader, authorsOf(after));
    return threadOf(after, target.category, target.rights, all, this.clock.now());
  }

  /** A thread that a reader may read, with what it may do there; one that was taken away only for who moderates, and its author. */
  async find(reader: ForumReader, id: string): Promise<{ thread: ThreadDocument; open: OpenCategory }> {
    const thread = await this.threads.find(reader.scope, id);
    if (thread === null) throw new Refusal('thread.notFound');
    const open = await this.access.require(reader, thread.category, 'read', 'thread.notFound');
    const needsOwn = seesOnlyOwn(open) || (thread.isDeleted && !open.rights.has('moderate'));
    if (needsOwn && !(await this.authors.signaturesFor(reader, [thread.author])).isReader(thread.author))
      throw new Refusal('thread.notFound');
    return { thread, open };
  }

  /** What is pinned in all of the forum only where its own category may be read. */
  private async pinned(reader: ForumReader, open: OpenCategory, nowMs: number): Promise<ThreadDocument[]> {
    const readable = new Set(
      (await this.access.seenBy(reader)).flatMap((seen) =>
        seen.rights.has('read') && !seesOnlyOwn(seen) ? [seen.category._id] : [],
      ),
    );
    const found = await this.threads.listPinned(reader.scope, open.category._id);
    return found.filter((thread) => pinOf(thread, nowMs) !== null && readable.has(thread.category));
  }

  private async targetOf(reader: ForumReader, category: string): Promise<OpenCategory> {
    const target = await this.access.require(reader, category, 'read', 'forumCategory.notFound');
    if (!target.rights.has('moderate')) throw new Refusal('forum.notAllowed');
    return target;
  }

  private settingsOf(
    { lockedAt }: ThreadDocument,
    { title, category, isLocked: locks, pin, closesAt, slowModeSeconds }: ThreadChange,
  ): Partial<ThreadDocument> {
    return {
      ...(title === undefined ? {} : { title }),
      ...(category === undefined ? {} : { category }),
      ...(locks === undefined ? {} : { lockedAt: locks ? (lockedAt ?? new Date(this.clock.now())) : null }),
      ...(pin === undefined ? {} : { pin: pin?.in ?? null, pinUntil: pin?.until == null ? null : new Date(pin.until) }),
      ...(closesAt === undefined ? {} : { closesAt: closesAt === null ? null : new Date(closesAt) }),
      ...(slowModeSeconds === undefined ? {} : { slowModeSeconds }),
    };
  }

  private async answerOf(
    { scope }: ForumReader,
    thread: ThreadDocument,
    answer: ThreadChange['answer'],
  ): Promise<Partial<ThreadDocument>> {
    if (answer === undefined) return {};
    if (answer === null) return { answer: null };
    const post = await this.posts.find(scope, answer);
    if (post === null || post.thread !== thread._id || post.number === 1 || post.deletion !== null)
      throw new Refusal('post.notFound', {}, [{ path: ['answer'], code: 'invalid' }]);
    return { answer: { post: post._id, number: post.number } };
  }
}

/** Everybody whose name a thread's row shows. */
function authorsOf({ author, last }: ThreadDocument): string[] {
  return [author, last.author];
}

/** Everybody whose name a post shows. */
export function authorsOfPost({ author, replyTo }: PostDocument): string[] {
  return replyTo === null ? [author] : [author, replyTo.author];
}

/** The first and the last number of what is asked for. */
function windowOf({ before, after, near }: PostsAsked, last: number): [first: number, last: number] {
  if (near !== undefined) {
    const middle = Math.min(near, last);
    return [middle - POSTS_PAGE, middle + POSTS_PAGE];
  }
  if (before !== undefined) return [before - POSTS_PAGE, before - 1];
  const first = (after ?? 0) + 1;
  return [first, first + POSTS_PAGE - 1];
}

/** Of a thread the fields that a change sets. */
function pick(thread: ThreadDocument, set: Partial<ThreadDocument>): Partial<ThreadDocument> {
  return Object.fromEntries(Object.keys(set).map((key) => [key, thread[key as keyof ThreadDocument]]));
}
