import { Injectable } from '@nestjs/common';
import type { CategoryTile } from '@verbena/shared/forums/categories.routes.js';
import type { Post, Thread, ThreadRow } from '@verbena/shared/forums/threads.routes.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { StreamSubject } from '#realtime/stream-source.port.js';
import { Authors } from './authors.service.js';
import { ForumAccess, type ForumReader, type OpenCategory } from './forum-access.service.js';
import type { ThreadDocument } from './forums.schema.js';
import { PostsRepository } from './posts.repository.js';
import { ReactionsRepository } from './reactions.repository.js';
import { isLocked, pinOf, postOf, rowOf, threadOf } from './thread-views.js';
import { seesOnlyOwn, ThreadPages } from './thread-pages.service.js';
import { ThreadsRepository } from './threads.repository.js';
import { ForumTiles } from './forum-tiles.service.js';
import { type Marks, ReadsService } from './reads.service.js';

const THREADS_PAGE = 20;
/** Posts on each side of the one that is asked for, and in a page before or after one. */
const POSTS_PAGE = 20;

/** Which posts of a thread are asked for, by number. */
export interface PostsAsked {
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly near?: number | undefined;
  /** Around where the reader stopped. */
  readonly at?: 'unread' | undefined;
}

/** Threads as readers find and read them. What a reader may not read is refused as if it were not there. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly access: ForumAccess,
    private readonly tiles: ForumTiles,
    private readonly pages: ThreadPages,
    private readonly threads: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly reactions: ReactionsRepository,
    private readonly reads: ReadsService,
    private readonly authors: Authors,
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
    const unread = await this.reads.unreadIn(reader, [...pinned, ...rest]);
    const row = (thread: ThreadDocument): ThreadRow => ({
      ...rowOf(thread, signatures, nowMs),
      unread: unread.get(thread._id) ?? 0,
    });
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
    const marking = this.reads.marksOn(reader, thread);
    const reading = marking.then((marks) => this.reads.lastReadOf(thread, marks));
    // Where its reader stopped has to be known before the posts around it are asked for; otherwise both are read at once.
    const stopped = asked.at === 'unread' ? await reading : 0;
    const [posts, marks, lastRead] = await Promise.all([
      this.posts.list(thread, ...windowOf(asked, thread.posts, stopped)),
      marking,
      reading,
    ]);
    const [lines, reactions] = await Promise.all([
      this.authors.linesFor(reader, posts),
      this.reactions.ofReader(reader, posts),
    ]);
    const context = { rights: open.rights, lines, isLocked: isLocked(thread, this.clock.now()), reactions };
    return {
      thread: await this.view(reader, thread, open, marks, lastRead),
      posts: posts.map((post) => postOf(post, context)),
    };
  }

  /** A thread that a reader may read, with what it may do there; one that was taken away only for who moderates, and its author. */
  async find(reader: ForumReader, id: string): Promise<{ thread: ThreadDocument; open: OpenCategory }> {
    const thread = await this.threads.find(reader.scope, id);
    if (thread === null) throw new Refusal('thread.notFound');
    const open = await this.openOf(reader, thread);
    if (open === null) throw new Refusal('thread.notFound');
    return { thread, open };
  }

  /** What a reader may do with a thread; null where it may not read it. */
  async openOf(reader: ForumReader, thread: ThreadDocument): Promise<OpenCategory | null> {
    const open = await this.access.find(reader, thread.category, 'read');
    return open !== null && (await this.isFor(reader, open, thread)) ? open : null;
  }

  /** Whether somebody with a socket may still read a thread that it follows: as `openOf`, without reading what need not be known. */
  async mayFollow(subject: StreamSubject, thread: ThreadDocument): Promise<boolean> {
    const open = await this.access.openTo(subject, thread.category, thread.isDeleted);
    const reader = { scope: scopeOf(subject.program), member: subject.member };
    return open?.rights.has('read') === true && (await this.isFor(reader, open, thread));
  }

  /** Of a category that somebody may read: what is only for who opened it, and for who moderates. */
  private async isFor(
    { scope, member }: Pick<ForumReader, 'scope' | 'member'>,
    open: OpenCategory,
    { author, isDeleted }: ThreadDocument,
  ): Promise<boolean> {
    const needsOwn = seesOnlyOwn(open) || (isDeleted && !open.rights.has('moderate'));
    return !needsOwn || (await this.authors.signaturesIn(scope, [author])).for(member).isReader(author);
  }

  /** A thread as a reader sees it. */
  async view(
    reader: ForumReader,
    thread: ThreadDocument,
    { category, rights }: OpenCategory,
    marks: Marks,
    lastRead: number,
  ): Promise<Thread> {
    const signatures = await this.authors.signaturesFor(reader, authorsOf(thread));
    const follow = marks.get(thread._id)?.level ?? (signatures.isReader(thread.author) ? 'watch' : 'normal');
    return { ...threadOf(thread, category, rights, signatures, this.clock.now(), lastRead), follow };
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
}

/** Everybody whose name a thread's row shows. */
export function authorsOf({ author, last }: ThreadDocument): string[] {
  return [author, last.author];
}

/** The first and the last number of what is asked for. */
function windowOf(
  { before, after, at, ...asked }: PostsAsked,
  last: number,
  lastRead: number,
): [first: number, last: number] {
  const near = at === 'unread' && lastRead > 0 ? lastRead + 1 : asked.near;
  if (near !== undefined) {
    const middle = Math.min(near, last);
    return [middle - POSTS_PAGE, middle + POSTS_PAGE];
  }
  if (before !== undefined) return [before - POSTS_PAGE, before - 1];
  const first = (after ?? 0) + 1;
  return [first, first + POSTS_PAGE - 1];
}
