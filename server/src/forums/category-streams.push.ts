import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { StreamName } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { type OpenStream, ServesStream, type StreamSource, type StreamSubject } from '#realtime/stream-source.port.js';
import { type WatchedStream, WatchedStreams } from '#realtime/watched-streams.port.js';
import { Authors } from './authors.service.js';
import { ForumAccess } from './forum-access.service.js';
import { ForumChanges } from './forum-changes.service.js';
import type { ThreadDocument } from './forums.schema.js';
import { rowOf } from './thread-views.js';
import { seesOnlyOwn } from './thread-pages.service.js';
import { ThreadsRepository } from './threads.repository.js';
import { authorsOf } from './threads.service.js';

const TICK_MS = 250;
/** So often is looked for what other nodes changed. */
const LOOK_MS = 1_000;
/** So many threads at the top of a list are looked at for that. */
const TOP = 20;

/** A category that somebody here has open. */
interface Watched extends WatchedStream {
  readonly category: string;
  q: number;
  /** The threads that were pushed or seen at the top, and their `changes` then. */
  known: Map<string, number>;
  /** Those that changed since, on this node. */
  changed: Set<string>;
  lookedAtMs: number;
}

/**
 * The streams `category:<id>`: rows of its list that changed, at most four times a second, to those who have it open. Where each sees only
 * their own threads there is none but for those who moderate. `q` counts this node's pushes, so a gap shows.
 */
@Injectable()
@ServesStream()
export class CategoryStreams implements StreamSource, OnApplicationBootstrap, OnModuleDestroy {
  readonly kind = 'category';
  readonly hasCursor = false;
  readonly hasPast = false;
  private readonly logger = new Logger('Forum');
  private readonly watched: WatchedStreams<Watched>;
  private endTicks: () => void = () => undefined;

  constructor(
    private readonly access: ForumAccess,
    private readonly threads: ThreadsRepository,
    private readonly authors: Authors,
    private readonly changes: ForumChanges,
    private readonly realtime: RealtimeService,
    private readonly clock: Clock,
  ) {
    this.watched = new WatchedStreams(realtime);
  }

  onApplicationBootstrap(): void {
    // A thread that was moved is told to where it stood, too: whoever knows it there looks.
    this.changes.listen(({ program, thread, category }) => void this.note(program, thread, category));
    this.endTicks = this.clock.every(TICK_MS, () => this.tick());
  }

  onModuleDestroy(): void {
    this.endTicks();
  }

  async head(subject: StreamSubject, stream: StreamName): Promise<number> {
    const category = stream.slice('category:'.length);
    if (!(await this.mayFollow(subject, category))) throw new Refusal('stream.unknown');
    return (await this.watched.open(subject.program, stream, () => this.watch(subject.program, stream, category))).q;
  }

  read(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  async lost(open: readonly OpenStream[]): Promise<ReadonlySet<OpenStream>> {
    const allowed = await Promise.all(
      open.map(({ subject, stream }) => this.mayFollow(subject, stream.slice('category:'.length))),
    );
    return new Set(open.filter((_, at) => allowed[at] === false));
  }

  private async mayFollow(subject: StreamSubject, category: string): Promise<boolean> {
    const open = await this.access.openTo(subject, category, false);
    return open?.rights.has('read') === true && !seesOnlyOwn(open);
  }

  private async watch(program: string, stream: StreamName, category: string): Promise<Watched> {
    const known = new Map((await this.top(program, category)).map(({ _id, changes }) => [_id, changes]));
    return { program, stream, category, q: 0, known, changed: new Set(), lookedAtMs: performance.now() };
  }

  private top(program: string, category: string): Promise<ThreadDocument[]> {
    const fromMs = this.clock.now();
    return this.threads.list(scopeOf(program), { category, order: 'active', fromMs, limit: TOP });
  }

  private async note(program: string, thread: string, category: string): Promise<void> {
    for (const one of await this.watched.live())
      if (one.program === program && (one.category === category || one.known.has(thread))) one.changed.add(thread);
  }

  private async tick(): Promise<void> {
    if (this.watched.isEmpty) return;
    try {
      for (const one of await this.watched.live()) await this.look(one);
    } catch (error) {
      // Whatever it is, the next look comes soon, and clients ask once a minute by themselves.
      this.logger.debug(String(error));
    }
  }

  private async look(one: Watched): Promise<void> {
    if (performance.now() - one.lookedAtMs > LOOK_MS) {
      one.lookedAtMs = performance.now();
      for (const { _id, changes } of await this.top(one.program, one.category))
        if (one.known.get(_id) !== changes) one.changed.add(_id);
    }
    if (one.changed.size === 0) return;
    const ids = [...one.changed];
    one.changed = new Set();
    const found = await this.threads.listByIds(scopeOf(one.program), ids);
    const rows = found.filter((thread) => thread.category === one.category && !thread.isDeleted);
    const gone = ids.filter((id) => !rows.some(({ _id }) => _id === id));
    const news = rows.filter(({ _id, changes }) => one.known.get(_id) !== changes);
    const wasThere = gone.filter((id) => one.known.delete(id));
    for (const { _id, changes } of news) one.known.set(_id, changes);
    if (news.length > 0 || wasThere.length > 0) await this.push(one, news, wasThere);
  }

  private async push(one: Watched, rows: readonly ThreadDocument[], gone: string[]): Promise<void> {
    const signatures = await this.authors.signaturesIn(scopeOf(one.program), rows.flatMap(authorsOf));
    const nowMs = this.clock.now();
    one.q += 1;
    const { stream, q } = one;
    const envelope = { stream, q, id: `${stream}|${q}`, v: 1, at: new Date(nowMs).toISOString() } as const;
    this.realtime.publish(one.program, stream, (member) => {
      const named = signatures.for(member);
      return { ...envelope, name: 'threads.moved', data: { rows: rows.map((row) => rowOf(row, named, nowMs)), gone } };
    });
  }
}
