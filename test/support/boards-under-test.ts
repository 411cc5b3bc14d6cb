import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import { BoardMirror } from '@verbena/server/leaderboards/board-mirror.repository.js';
import { BoardRunsRepository } from '@verbena/server/leaderboards/board-runs.repository.js';
import { BoardsProjector } from '@verbena/server/leaderboards/leaderboards.projector.js';
import { Rankings } from '@verbena/server/leaderboards/rankings.service.js';
import { StandingsCopies } from '@verbena/server/leaderboards/standings-copies.service.js';
import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import type { JournalEntry, MemberJournal } from '@verbena/server/ledger/projector.port.js';
import { laneIds, shardsOfLane } from '@verbena/server/ledger/lanes.js';
import { SystemClock } from '@verbena/server/platform/clock/clock.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { shardOf } from '@verbena/server/platform/crypto/hash.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { Redis } from '@verbena/server/platform/redis/redis.js';
import { ulid } from 'ulid';
import { aCompiledProgram } from './engine-run.js';
import { aSmallProgram } from './small-program.js';

const LANES = 2;
const name = { es: 'Tabla' };

export function aBoard(given: Partial<Board> = {}): Board {
  return {
    id: 'semana',
    rev: 1,
    name,
    currency: 'puntos',
    period: 'week',
    ties: 'earliest',
    zone: 'program',
    ...given,
  };
}

/** Where the boards' stores are. */
export interface BoardStores {
  readonly mongodbUri: string;
  readonly redisUrl: string;
}

class NoCopies extends StandingsCopies {
  protected override readonly placesMax = -1;
}

/** Projector and rankings over real stores, without a server: entries are written by hand, and projected as a test likes. */
export class BoardsUnderTest {
  readonly mongo: Mongo;
  readonly redis: Redis;
  readonly standings: StandingsRepository;
  readonly runs: BoardRunsRepository;
  readonly mirror: BoardMirror;
  readonly rankings: Rankings;
  readonly lanes = laneIds(LANES).map((id) => ({ id, shards: new Set(shardsOfLane(id, LANES)) }));

  constructor(
    { mongodbUri, redisUrl }: BoardStores,
    readonly program: string,
    readonly boards: readonly Board[],
    private readonly createdAt: Date,
  ) {
    const database = `boards_${ulid()}`;
    const config = readConfig({
      MONGODB_URI: mongodbUri,
      MONGODB_DATABASE: database,
      REDIS_URL: redisUrl,
      REDIS_PREFIX: database,
      VERBENA_LANES: String(LANES),
    });
    this.mongo = new Mongo(config);
    this.redis = new Redis(config);
    this.standings = new StandingsRepository(this.mongo);
    this.runs = new BoardRunsRepository(this.mongo);
    this.mirror = new BoardMirror(this.redis, config);
    // No run is short enough for a copy: what is read is what stands there.
    this.rankings = new Rankings(this.mirror, this.standings, new NoCopies(this.standings));
  }

  async start(): Promise<void> {
    await this.mongo.ready();
    await this.standings.ensureIndexes();
    await this.runs.ensureIndexes();
    while (!this.redis.isReady) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async stop(): Promise<void> {
    await this.mongo.connection.dropDatabase();
    await this.mongo.onModuleDestroy();
    this.redis.onModuleDestroy();
  }

  /** A node that begins: it knows nothing but what is stored. */
  newProjector(): BoardsProjector {
    const compiled = aCompiledProgram({
      definitions: aSmallProgram({ boards: [...this.boards] }),
      zone: 'UTC',
      time: 'wall',
    });
    const programs = {
      get: () =>
        Promise.resolve({
          _id: this.program,
          slug: 'ley',
          name: 'Ley',
          language: 'es' as const,
          zone: 'UTC',
          currency: 'EUR',
          time: 'wall' as const,
          shiftWeeks: null,
          version: 1,
          createdAt: this.createdAt,
        }),
      inForce: () => Promise.resolve(compiled),
    };
    return new BoardsProjector(this.standings, this.runs, this.mirror, programs, new SystemClock());
  }

  /** Has the mirror of every lane stand where the lane does. */
  async mend(projector: BoardsProjector, qs: ReadonlyMap<string, number>): Promise<void> {
    for (const lane of this.lanes) {
      await projector.begin({ ...lane, q: qs.get(lane.id) ?? 0 });
      for (let tries = 0; await projector.tend({ ...lane, q: qs.get(lane.id) ?? 0 }); tries += 1)
        if (tries > 10_000) throw new Error('The mirror never becomes whole.');
    }
  }

  laneOf(member: string): string {
    const shard = shardOf(this.program, member);
    return this.lanes.find(({ shards }) => shards.has(shard))?.id ?? '';
  }

  read(list: string, board: Board, member: string | null, isFromMirror: boolean) {
    const question = { list, ties: board.ties, member, rows: 100, isClosed: !isFromMirror };
    return this.rankings.read(scopeOf(this.program), question);
  }

  anEntry(
    member: string,
    seq: number,
    q: number,
    at: string,
    lines: readonly PointsLine[],
    effects: readonly Effect[],
  ): JournalEntry {
    return {
      _id: `${member}-${seq}`,
      program: this.program,
      member,
      shard: shardOf(this.program, member),
      lane: this.laneOf(member),
      q,
      seq,
      at,
      activity: {
        type: 'visit',
        key: `${seq}`,
        source: 'program',
        occurredAt: at,
        receivedAt: at,
        channel: 'shop',
        attributes: {},
        depth: 0,
      },
      fingerprint: '',
      outcome: 'accepted',
      refusal: null,
      version: 1,
      engine: 1,
      facts: { calendar: { occurred: { program: '', member: '' }, now: { program: '', member: '' } } },
      lines,
      effects,
      receipt: { fired: [], missed: [] } as unknown as JournalEntry['receipt'],
      balances: {},
      salt: '',
      hash: '',
    };
  }

  journalOf(member: string, entries: readonly JournalEntry[], pageSize = 3): MemberJournal {
    const own = entries.filter((entry) => entry.member === member);
    return {
      member,
      shard: shardOf(this.program, member),
      async *entries() {
        await Promise.resolve();
        for (let at = 0; at < own.length; at += pageSize) yield own.slice(at, at + pageSize);
      },
    };
  }
}

export function anEarning(amount: number, day: string, currency = 'puntos'): PointsLine {
  return {
    currency,
    amount,
    kind: 'earn',
    by: { kind: 'rule', id: 'regla', rev: 1 },
    lot: { activated: day, expires: null },
  };
}
