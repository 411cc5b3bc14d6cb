import type { ActivityDraft, HandDraft } from '@verbena/shared/activities/activities.routes.js';
import type { PushEnvelope, StreamOpened } from '@verbena/shared/realtime/socket.js';
import { ActivitiesService, type Sender } from '@verbena/server/activities/activities.service.js';
import { ReversalsService } from '@verbena/server/activities/reversals.service.js';
import { BoardRunsRepository } from '@verbena/server/leaderboards/board-runs.repository.js';
import { BoardsProjector } from '@verbena/server/leaderboards/leaderboards.projector.js';
import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import { GiftPartners } from '@verbena/server/ledger/gift-partners.service.js';
import type { HandLog } from '@verbena/server/ledger/hand-log.service.js';
import type { HandsService } from '@verbena/server/ledger/hands.service.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { LedgerStream, OutboxTail } from '@verbena/server/ledger/ledger.push.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import { LedgerService } from '@verbena/server/ledger/ledger.service.js';
import { ProjectionsRepository } from '@verbena/server/ledger/projections.repository.js';
import { ProjectionsService } from '@verbena/server/ledger/projections.service.js';
import { RandomPool } from '@verbena/server/ledger/random-pool.js';
import type { MemberNaming } from '@verbena/server/members/member-naming.service.js';
import type { MembersService } from '@verbena/server/members/members.service.js';
import { type Config, readConfig } from '@verbena/server/platform/config/config.js';
import { shardOf } from '@verbena/server/platform/crypto/hash.js';
import type { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import type { AdjustmentsService } from '@verbena/server/points/adjustments.service.js';
import type { ProgramsService } from '@verbena/server/programs/programs.service.js';
import { Connection } from '@verbena/server/realtime/connection.js';
import type { RealtimePorts } from '@verbena/server/realtime/realtime-ports.js';
import { RealtimeService } from '@verbena/server/realtime/realtime.service.js';
import { StreamCursorsRepository } from '@verbena/server/realtime/stream-cursors.repository.js';
import { StreamsService } from '@verbena/server/realtime/streams.service.js';
import { Driver, type StoreWeather } from './driver.js';
import type { MemoryDatabase } from './memory-database.js';
import type { MemoryMirror } from './memory-mirror.js';
import { SimClock } from './sim-clock.js';
import { PROGRAM, type SimProgram } from './sim-program.js';
import { standIn } from './stand-in.js';
import type { Process, World } from './world.js';

export const LANES = 2;
const SHOP: Sender = { source: 'program', types: null, channel: 'shop', seesMembers: false };
const BY = '01J0000000000000000000STAF';
const scope = scopeOf(PROGRAM);
const configs = new Map<string, Config>();

function configOf(home: string): Config {
  const known = configs.get(home);
  if (known !== undefined) return known;
  const env = { MONGODB_URI: 'mongodb://nowhere', REDIS_URL: 'redis://nowhere', VERBENA_LANES: String(LANES) };
  const config = readConfig({ ...env, DATA_DIR: `/${home}` });
  configs.set(home, config);
  return config;
}

/** What somebody wants of the server; sent again with the same key until it is answered. */
export type Act = { readonly key: string; readonly member: string } & (
  | { readonly kind: 'shop' | 'hand'; readonly draft: Pick<ActivityDraft, 'type' | 'attributes' | 'occurredAt'> }
  | {
      readonly kind: 'own';
      readonly type: string;
      readonly attributes: Record<string, unknown>;
      readonly occurredAt: string;
    }
  | { readonly kind: 'reverse'; readonly of: string; readonly remaining?: Record<string, unknown> }
  | { readonly kind: 'undo'; readonly seq: number }
);

/** What all nodes share, and what a mutant puts in the place of the product's parts. */
export interface Surroundings {
  readonly world: World;
  readonly database: MemoryDatabase;
  readonly mirror: MemoryMirror;
  readonly program: SimProgram;
  readonly members: readonly string[];
  readonly storeWeather: () => StoreWeather;
  readonly redisLoss: () => number;
  readonly ledgerRepository: (mongo: Mongo, world: World, process: Process) => LedgerRepository;
  readonly standingsRepository: (mongo: Mongo) => StandingsRepository;
  readonly projectionsRepository: (mongo: Mongo) => ProjectionsRepository;
}

type Discovery = ConstructorParameters<typeof ProjectionsService>[0];

/** A device's end of a socket. */
export interface Wire {
  frame(envelope: PushEnvelope): void;
  closed(): void;
}

class SeededPool extends RandomPool {
  constructor(private readonly world: World) {
    super();
  }

  override bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.world.random.between(0, 255)));
  }
}

/**
 * One server of the simulation: intake, reversals, ledger, relay, projections, boards and streams of the product as they are,
 * over the simulated database, Redis, clock and sockets. What stands in are programs, members and Nest.
 */
export class SimNode {
  private readonly ledger: LedgerService;
  private readonly projections: ProjectionsService;
  private readonly activities: ActivitiesService;
  private readonly reversals: ReversalsService;
  private readonly realtime = new RealtimeService();
  private readonly streams: StreamsService;

  /** @param home two nodes of one home are one after the other, as the restart of a server */
  constructor(
    readonly process: Process,
    home: string,
    around: Surroundings,
  ) {
    const { world, program } = around;
    const clock = new SimClock(world, process);
    const { mongo } = new Driver(world, around.database, process, around.storeWeather);
    const programs = standIn<ProgramsService>({
      inForce: (_, atMs) => Promise.resolve(program.inForce(atMs)),
      atVersion: (_, version) => Promise.resolve(program.atVersion(version)),
      get: () => Promise.resolve(program.documentAt(world.wallMs)),
      listAll: () => Promise.resolve([program.documentAt(world.wallMs)]),
    });
    const members = standInMembers(around.members);
    const repository = around.ledgerRepository(mongo, world, process);
    const standings = around.standingsRepository(mongo);
    const runs = new BoardRunsRepository(mongo);
    const boards = new BoardsProjector(standings, runs, around.mirror.of(process, around.redisLoss), programs, clock);
    const discovery = standIn<Discovery>({ getProviders: () => [{ instance: boards } as never] });
    const own = configOf(home);
    const cursors = around.projectionsRepository(mongo);
    this.projections = new ProjectionsService(discovery, repository, cursors, programs, members, clock, own);
    const partners = new GiftPartners(members);
    const tail = new OutboxTail(repository, this.realtime, partners, clock);
    this.ledger = new LedgerService(repository, programs, tail, this.projections, clock, new SeededPool(world), own);
    // Whose hand it is counts beside the ledger: here everybody may give what they like.
    const hands = standIn<HandsService>({
      submit: (_, submission) => this.ledger.submit(submission),
      undone: () => Promise.resolve(),
    });
    const adjustments = standIn<AdjustmentsService>({ book: (_, __, submission) => this.ledger.submit(submission) });
    const naming = standIn<MemberNaming>({ read: () => Promise.resolve((name) => Object.values(name)[0] ?? '') });
    const log = standIn<HandLog>({ tell: () => Promise.resolve() });
    this.activities = new ActivitiesService(this.ledger, members, naming, programs, clock, hands, log, adjustments);
    this.reversals = new ReversalsService(this.ledger, members, programs, clock, hands, log);
    const stream = new LedgerStream(repository, partners);
    const ports = standIn<RealtimePorts>({ source: () => stream });
    this.streams = new StreamsService(ports, new StreamCursorsRepository(mongo), this.realtime);
    void repository.ensureIndexes();
  }

  /** As Nest starts it; rejects where the database does not answer. */
  async start(): Promise<void> {
    this.projections.onModuleInit();
    this.projections.onApplicationBootstrap();
    await this.ledger.onApplicationBootstrap();
  }

  /** Resolves with the entry, or rejects with the refusal; never, where this process dies. */
  async take(act: Act): Promise<JournalEntry> {
    const { key, member } = act;
    switch (act.kind) {
      case 'shop':
        return (await this.activities.record(scope, SHOP, { ...act.draft, key, member: { id: member } })).entry;
      case 'hand':
        return this.recordByHand(member, { ...act.draft, key, reason: 'A mano' });
      case 'own': {
        const { type, attributes, occurredAt } = act;
        return this.activities.recordOwn({ scope, member, key, type, attributes, occurredAt });
      }
      case 'reverse':
        return (await this.reversals.reverseByKey(scope, SHOP, null, act.of, { key, remaining: act.remaining })).entry;
      case 'undo':
        return (await this.reversals.undoByHand(scope, BY, member, String(act.seq), { key, reason: 'Error' })).entry;
    }
  }

  private async recordByHand(member: string, draft: HandDraft): Promise<JournalEntry> {
    const recorded = await this.activities.recordByHand(scope, BY, member, draft);
    if ('waiting' in recorded) throw new Error('Nothing waits here.');
    return recorded.entry;
  }

  connect(member: string, wire: Wire): Connection {
    const socket = {
      connected: true,
      conn: { on: () => undefined, transport: { writable: true }, close: () => wire.closed() },
      emit: (name: string, envelope: PushEnvelope) => {
        if (name === 'push') wire.frame(envelope);
      },
      disconnect: () => wire.closed(),
    };
    const subject = { program: PROGRAM, member, user: 'u', session: 's', expiresAtMs: Number.MAX_SAFE_INTEGER };
    const connection = new Connection(socket as never, subject as never);
    this.realtime.add(connection);
    return connection;
  }

  disconnect(connection: Connection): void {
    this.realtime.remove(connection);
  }

  open(connection: Connection, since: number): Promise<StreamOpened> {
    return this.streams.open(connection, { stream: 'me', since });
  }
}

function standInMembers(ids: readonly string[]): MembersService {
  const documents = ids.toSorted().map((_id) => ({ _id, shard: shardOf(PROGRAM, _id) }));
  return standIn<MembersService>({
    shownAliases: () => Promise.resolve(new Map()),
    existing: (_, asked) => Promise.resolve(new Set(asked.filter((id) => ids.includes(id))) as never),
    resolveExternalIds: () => Promise.resolve(new Map() as never),
    find: (_, ref) => Promise.resolve(documents.find(({ _id }) => _id === ref) as never),
    findNamed: (_, ref) => Promise.resolve(documents.find(({ _id }) => _id === ref) as never),
    findJournal: (_, ref) => Promise.resolve(documents.find(({ _id }) => _id === ref) as never),
    list: (_, after, limit) =>
      Promise.resolve(documents.filter(({ _id }) => after === null || _id > after).slice(0, limit) as never),
  });
}
