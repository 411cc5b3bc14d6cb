import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ThreadChanged } from '@verbena/shared/forums/forum-pushes.js';
import { CATCH_UP_MAX, type PushEnvelope, type StreamName } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { PresenceService } from '#realtime/presence.service.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { type OpenStream, ServesStream, type StreamSource, type StreamSubject } from '#realtime/stream-source.port.js';
import { type WatchedStream, WatchedStreams } from '#realtime/watched-streams.port.js';
import type { AuthorLines } from './author-lines.js';
import { Authors } from './authors.service.js';
import { ForumAccess } from './forum-access.service.js';
import { ForumChanges } from './forum-changes.service.js';
import type { CategoryDocument, PostDocument, ThreadDocument } from './forums.schema.js';
import { PostsRepository } from './posts.repository.js';
import type { Signatures } from './signatures.js';
import { postOf, threadOf } from './thread-views.js';
import { ThreadsRepository } from './threads.repository.js';
import { authorsOf, ThreadsService } from './threads.service.js';

/** So often is asked what other nodes changed. What this one changes is pushed at once. */
const TICK_MS = 500;

/** A thread that somebody here has open: as it was when what had changed was pushed last. */
interface Watched extends WatchedStream {
  thread: ThreadDocument;
  /** What is pushed at present; those of one thread follow one another. */
  pushing: Promise<void>;
}

/** What changed of a thread, to be shown to whoever it may be. */
interface Changes {
  readonly thread: ThreadDocument;
  readonly posts: readonly PostDocument[];
  readonly lines: AuthorLines;
  /** Of whose names the thread shows. */
  readonly signatures: Signatures;
  readonly category: Pick<CategoryDocument, 'slug' | 'reactions'>;
}

/**
 * The streams `thread:<id>`: what changes in a thread, to those who have it open. A push is read from the thread itself, as a
 * catch-up is, so the two say the same; each number is pushed, and one whose post changed again since says nothing.
 */
@Injectable()
@ServesStream()
export class ThreadStreams implements StreamSource, OnApplicationBootstrap, OnModuleDestroy {
  readonly kind = 'thread';
  readonly hasCursor = false;
  readonly hasPast = true;
  private readonly logger = new Logger('Forum');
  private readonly watched: WatchedStreams<Watched>;
  private endTicks: () => void = () => undefined;

  constructor(
    private readonly access: ForumAccess,
    private readonly threads: ThreadsService,
    private readonly repository: ThreadsRepository,
    private readonly posts: PostsRepository,
    private readonly authors: Authors,
    private readonly changes: ForumChanges,
    private readonly realtime: RealtimeService,
    private readonly presence: PresenceService,
    private readonly clock: Clock,
  ) {
    this.watched = new WatchedStreams(realtime);
  }

  onApplicationBootstrap(): void {
    this.changes.listen(({ program, thread }) => {
      const found = this.watched.find(program, streamOf(thread));
      found?.then((one) => this.push(one)).catch(() => undefined);
    });
    this.endTicks = this.clock.every(TICK_MS, () => this.tick());
  }

  onModuleDestroy(): void {
    this.endTicks();
  }

  async head(subject: StreamSubject, stream: StreamName): Promise<number> {
    const scope = scopeOf(subject.program);
    const reader = await this.access.readerOf(scope, subject.member, subject.role);
    const { thread } = await this.threads.find(reader, idOf(stream)).catch((error: unknown) => {
      throw error instanceof Refusal && error.code === 'thread.notFound' ? new Refusal('stream.unknown') : error;
    });
    const begin = () => Promise.resolve({ program: subject.program, stream, thread, pushing: Promise.resolve() });
    const watched = await this.watched.open(subject.program, stream, begin);
    // A catch-up may have brought what is pushed only now.
    return Math.max(watched.thread.changes, thread.changes);
  }

  async read(
    subject: StreamSubject,
    since: number,
    limit: number,
    stream: StreamName,
  ): Promise<readonly PushEnvelope[]> {
    const scope = scopeOf(subject.program);
    const thread = await this.repository.find(scope, idOf(stream));
    if (thread === null || thread.changes <= since) return [];
    const changes = await this.changesOf(thread, since, limit);
    const numbers = changes.posts.map(({ change }) => change);
    const shown = numbers.at(-1) === thread.changes || numbers.length >= limit ? numbers : [...numbers, thread.changes];
    return shown.map((q) => this.envelope(stream, q, changes, subject.member));
  }

  async lost(open: readonly OpenStream[]): Promise<ReadonlySet<OpenStream>> {
    const lost = new Set<OpenStream>();
    await Promise.all(
      open.map(async (one) => {
        const { subject, stream } = one;
        const watched = await this.watched.find(subject.program, stream);
        if (watched !== undefined && !(await this.threads.mayFollow(subject, watched.thread))) lost.add(one);
      }),
    );
    return lost;
  }

  async signaturesOf(program: string, members: readonly string[]): Promise<readonly (string | null)[]> {
    const signatures = await this.authors.signaturesIn(scopeOf(program), members);
    return members.map((member) => signatures.of(member).alias);
  }

  private async tick(): Promise<void> {
    if (this.watched.isEmpty) return;
    try {
      const live = await this.watched.live();
      const heads = await this.repository.changesOf(live.map(({ thread }) => thread._id));
      await Promise.all(
        live.filter(({ thread }) => (heads.get(thread._id) ?? 0) > thread.changes).map((one) => this.push(one)),
      );
    } catch (error) {
      // Clients ask once a minute by themselves.
      this.logger.debug(String(error));
    }
  }

  /** Pushes what changed since the last time. */
  private push(one: Watched): Promise<void> {
    one.pushing = one.pushing.then(() => this.pushNow(one)).catch((error: unknown) => this.logger.debug(String(error)));
    return one.pushing;
  }

  private async pushNow(one: Watched): Promise<void> {
    const thread = await this.repository.find(scopeOf(one.program), one.thread._id);
    const since = one.thread.changes;
    if (thread === null || thread.changes <= since) return;
    // Whoever misses more than a page has to read the thread anew: a gap tells so.
    const first = Math.max(since + 1, thread.changes - CATCH_UP_MAX);
    const changes = await this.changesOf(thread, first - 1, CATCH_UP_MAX);
    for (const { number, author } of changes.posts)
      if (number > one.thread.posts) void this.presence.stopTyping(one.program, one.stream, author);
    await this.take(one, thread);
    for (let q = first; q <= thread.changes; q += 1)
      this.realtime.publish(one.program, one.stream, (member) => this.envelope(one.stream, q, changes, member));
  }

  /** The thread as it is now counts from here on; who may not read it where it went, or any more, is told before anything is pushed. */
  private async take(one: Watched, thread: ThreadDocument): Promise<void> {
    const before = one.thread;
    one.thread = thread;
    if (thread.category === before.category && thread.isDeleted === before.isDeleted) return;
    try {
      await this.realtime.closeLost(this, one.stream);
    } catch (error) {
      one.thread = before;
      throw error;
    }
  }

  private async changesOf(thread: ThreadDocument, since: number, limit: number): Promise<Changes> {
    const scope = scopeOf(thread.program);
    const posts = await this.posts.listChanged(thread, since, limit);
    const [lines, signatures, categories] = await Promise.all([
      this.authors.linesIn(scope, posts),
      this.authors.signaturesIn(scope, authorsOf(thread)),
      this.access.categoriesOf(scope),
    ]);
    const category = categories.find(({ _id }) => _id === thread.category);
    return { thread, posts, lines, signatures, category: category ?? { slug: '', reactions: [] } };
  }

  private envelope(stream: StreamName, q: number, changes: Changes, member: string) {
    const { thread, posts, category } = changes;
    const envelope = { stream, q, id: `${stream}|${q}`, v: 1, at: new Date(this.clock.now()).toISOString() } as const;
    const post = posts.find(({ change }) => change === q);
    const isLast = q === thread.changes;
    if (post === undefined && !isLast) return envelope;
    const rights = new Set<never>();
    const context = { rights, lines: changes.lines.for(member), isLocked: true, reactions: new Map<never, never>() };
    const nowMs = this.clock.now();
    // What differs from reader to reader each knows by itself.
    const {
      can: _can,
      lastRead: _read,
      ...now
    } = threadOf(thread, category, rights, changes.signatures.for(member), nowMs, 0);
    const data: ThreadChanged = {
      ...(isLast ? { thread: now } : {}),
      ...(post === undefined ? {} : { post: postOf(post, context) }),
    };
    return { ...envelope, name: 'thread.changed', data } as const;
  }
}

function streamOf(thread: string): StreamName {
  return `thread:${thread}`;
}

function idOf(stream: StreamName): string {
  return stream.slice('thread:'.length);
}
