import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { BoardRow } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { StreamName } from '@verbena/shared/realtime/socket.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { RealtimeService } from '#realtime/realtime.service.js';
import { ServesStream, type StreamSource, type StreamSubject } from '#realtime/stream-source.port.js';
import { type WatchedStream, WatchedStreams } from '#realtime/watched-streams.port.js';
import { BoardMirror } from './board-mirror.repository.js';
import { changedRows } from './changed-rows.js';
import { LeaderboardsService, type ReadableRun } from './leaderboards.service.js';

const TICK_MS = 250;
/** Without the mirror's versions a board is read anew so often to see whether it changed. */
const BLIND_MS = 1_000;

/** A run that somebody here watches: what was pushed last, and by which number. */
interface Watched extends WatchedStream {
  /** As it was last read: it may close meanwhile. */
  readable: ReadableRun;
  q: number;
  rows: readonly BoardRow[];
  total: number;
  version: string | null;
  readAtMs: number;
}

/**
 * The streams `board:<board>:<run>`: at most four times a second what changed among the first hundred, to the sockets of this
 * node that have it open. Nothing is kept of what was pushed, so whoever comes back reads the board anew; `q` counts this
 * node's pushes, so a gap shows.
 */
@Injectable()
@ServesStream()
export class BoardStreams implements StreamSource, OnApplicationBootstrap, OnModuleDestroy {
  readonly kind = 'board';
  readonly hasCursor = false;
  readonly hasPast = false;
  private readonly logger = new Logger('Boards');
  private readonly watched: WatchedStreams<Watched>;
  private endTicks: () => void = () => undefined;

  constructor(
    private readonly boards: LeaderboardsService,
    private readonly mirror: BoardMirror,
    private readonly realtime: RealtimeService,
    private readonly clock: Clock,
  ) {
    this.watched = new WatchedStreams(realtime);
  }

  onApplicationBootstrap(): void {
    this.endTicks = this.clock.every(TICK_MS, () => this.tick());
  }

  onModuleDestroy(): void {
    this.endTicks();
  }

  /** The number of the last push; from now on changes are pushed. Refuses with `stream.unknown`. */
  async head({ program }: StreamSubject, stream: StreamName): Promise<number> {
    return (await this.watched.open(program, stream, () => this.watch(program, stream))).q;
  }

  read(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  private async watch(program: string, stream: StreamName): Promise<Watched> {
    const [, board = '', run = ''] = stream.split(':');
    const scope = scopeOf(program);
    const readable = await this.boards.find(scope, board, run);
    if (readable === null) throw new Refusal('stream.unknown');
    // The version before the rows: what changes in between is read once more, never missed.
    const [version = null] = await this.versions([readable.list]);
    const { total, rows } = await this.boards.firstRows(scope, readable);
    return { stream, program, readable, q: 0, rows, total, version, readAtMs: performance.now() };
  }

  private async tick(): Promise<void> {
    if (this.watched.isEmpty) return;
    try {
      const live = await this.watched.live();
      const versions = await this.versions(live.map(({ readable }) => readable.list));
      for (const [index, one] of live.entries()) await this.look(one, versions[index] ?? null);
    } catch (error) {
      this.logger.debug(String(error));
    }
  }

  private async look(one: Watched, version: string | null): Promise<void> {
    const isKnown = version !== null && version === one.version;
    const isEarly = version === null && performance.now() - one.readAtMs < BLIND_MS;
    if (isKnown || isEarly) return;
    const scope = scopeOf(one.program);
    const readable = (await this.boards.find(scope, one.readable.board.id, one.readable.run)) ?? one.readable;
    const { total, rows } = await this.boards.firstRows(scope, readable);
    const changed = changedRows(one.rows, rows);
    const hasMoved = changed.length > 0 || total !== one.total;
    Object.assign(one, { readable, rows, total, version, readAtMs: performance.now() });
    if (!hasMoved) return;
    one.q += 1;
    const at = new Date(this.clock.now()).toISOString();
    const { board, run, list } = readable;
    const moved = { board: board.id, run, total, rows: changed, at };
    const push = { stream: one.stream, q: one.q, id: `${list}|${one.q}`, v: 1, at } as const;
    this.realtime.publish(one.program, one.stream, () => ({ ...push, name: 'standings.moved', data: moved }));
  }

  /** Nulls while Redis is away: then nobody knows, and boards are read. */
  private async versions(lists: readonly string[]): Promise<(string | null)[]> {
    if (!this.mirror.isReady) return lists.map(() => null);
    return this.mirror.versions(lists).catch(() => lists.map(() => null));
  }
}
