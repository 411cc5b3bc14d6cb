import { RandomPool } from '@verbena/server/ledger/random-pool.js';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { Committer } from '@verbena/server/ledger/committer.js';
import type { RecordedActivity } from '@verbena/server/ledger/journal-entry.js';
import { laneIds, laneOfShard } from '@verbena/server/ledger/lanes.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import type { Outcome, Submission } from '@verbena/server/ledger/submission.js';
import { SystemClock } from '@verbena/server/platform/clock/clock.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { keySpaceOf } from '@verbena/server/ledger/key-space.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { definitionCompilers } from '#support/definition-compilers.js';

export const BENCH_PROGRAM = '01J0000000000000000000BENC';

/** The program of every measurement: `plaza`, by the clock. */
export const program = compileProgram(
  { zone: 'Europe/Madrid', time: 'wall' },
  { version: 1, definitions: PRESETS['shopping-centre'].definitions },
  [],
  definitionCompilers,
);

/** The real committers over a real store, without HTTP. */
export class LedgerUnderTest {
  readonly mongo: Mongo;
  readonly repository: LedgerRepository;
  private readonly committers = new Map<string, Committer>();

  constructor(
    mongodbUri: string,
    database: string,
    readonly lanes: number,
    private readonly compiled: CompiledProgram = program,
  ) {
    const config = readConfig({
      MONGODB_URI: mongodbUri,
      MONGODB_DATABASE: database,
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    this.mongo = new Mongo(config);
    this.repository = new LedgerRepository(this.mongo);
  }

  async start(): Promise<void> {
    await this.mongo.ready();
    await this.repository.ensureIndexes();
    for (const lane of laneIds(this.lanes)) {
      const committer = new Committer(lane, {
        clock: new SystemClock(),
        random: new RandomPool(),
        store: this.repository,
        transport: { committed: () => undefined },
        programs: {
          inForce: () => Promise.resolve(this.compiled),
          atVersion: () => Promise.resolve(this.compiled),
        },
        alarms: {
          quarantined: (_, error) => {
            throw error;
          },
          steppedDown: () => undefined,
          stateIsLarge: () => undefined,
        },
      });
      committer.start(await this.repository.openLane(lane, 1));
      this.committers.set(lane, committer);
    }
  }

  submit(submission: Submission): Promise<Outcome> {
    const committer = this.committers.get(laneOfShard(submission.shard, this.lanes));
    if (committer === undefined) throw new Error('no such lane');
    return committer.submit(submission);
  }

  async stop(): Promise<void> {
    for (const committer of this.committers.values()) await committer.stop();
    await this.mongo.connection.dropDatabase();
    await this.mongo.onModuleDestroy();
  }
}

/** Members of the bench, spread evenly over the shards. */
export function someMembers(count: number): string[] {
  return Array.from({ length: count }, () => ulid());
}

let keys = 0;

/** A fresh purchase of a member, as intake would hand it over. */
export function aSubmission(member: string): Submission {
  return submissionOf(member, 'purchase', 'program', {
    totalMinor: 1_240 + (keys % 5_000),
    privateLabelMinor: keys % 900,
    store: `Tienda ${keys % 30}`,
    departments: [
      { name: 'PANADERÍA', amountMinor: 240 },
      { name: 'FRUTERÍA', amountMinor: 1_000 },
    ],
  });
}

/** Points that a member gives out: taken from the balance by one decision, which is refused where they are not there. */
export function aSpend(member: string, points: number): Submission {
  return submissionOf(member, 'points.adjusted', 'staff', { currency: 'puntos', amount: -points });
}

function submissionOf(
  member: string,
  type: string,
  source: RecordedActivity['source'],
  attributes: Readonly<Record<string, unknown>>,
): Submission {
  keys += 1;
  const key = `bench-${process.pid}-${keys}`;
  const now = new Date().toISOString();
  const activity: RecordedActivity = {
    type,
    key,
    source,
    occurredAt: now,
    receivedAt: now,
    channel: 'shop',
    attributes,
    depth: 0,
  };
  return {
    scope: scopeOf(BENCH_PROGRAM),
    member,
    shard: shardOf(BENCH_PROGRAM, member),
    entryId: entryIdOf(BENCH_PROGRAM, keySpaceOf(activity), key),
    fingerprint: hashOf({ type, member: { id: member }, attributes }),
    activity,
  };
}
