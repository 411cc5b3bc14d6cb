import { ulid } from 'ulid';
import { shardOf } from '#platform/crypto/hash.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { Clock } from '#platform/clock/clock.js';
import { Refusal } from '#platform/errors/refusal.js';
import { initialState } from '#engine/initial-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import type { MemberLedger } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationPassesRepository } from './publication-passes.repository.js';
import { PublicationPasses } from './publication-passes.service.js';
import type { Outcome, Submission } from './submission.js';

const PROGRAM = ulid();
const scope = scopeOf(PROGRAM);
const config = readConfig({
  REDIS_URL: 'redis://unused',
  ...process.env,
  MONGODB_DATABASE: `passes_${ulid()}`,
  VERBENA_LANES: '1',
});
const mongo = new Mongo(config);
const ledgers = new LedgerRepository(mongo);
const passes = new PublicationPassesRepository(mongo);

/** Of a program, what a pass reads: a ladder of two, by what was earned in the year. */
function aVersion(version: number, threshold: number, assessFrom: number, counters: readonly string[] = []) {
  const tier = (id: string, needed: number, rev: number) => ({
    definition: { id, rev, threshold: needed, currency: 'puntos', zone: 'program' },
    also: null,
  });
  const ladder = [tier('base', 0, 1), tier('plata', threshold, version)];
  return {
    ...{ version, assessFrom, zone: 'Europe/Madrid', time: 'wall' },
    counters: { byId: new Map(counters.map((id) => [id, {}])) },
    tiers: { ladder, asksJoined: false, earnedByDay: null, find: () => undefined },
    currencies: new Map(),
  } as unknown as CompiledProgram;
}

let versions: readonly CompiledProgram[] = [];
const inForce = (): CompiledProgram => versions.at(-1) ?? aVersion(1, 100, 0);
const programs = {
  inForce: () => Promise.resolve(inForce()),
  atVersion: (_: string, version: number) => Promise.resolve(versions.find((one) => one.version === version)),
  listAll: () => Promise.resolve([{ _id: PROGRAM, version: inForce().version }]),
};

/** A beat that a test gives by hand. */
class Beats extends Clock {
  private act: () => void = () => undefined;

  now(): number {
    return Date.parse('2026-11-25T10:00:00Z');
  }

  override every(_: number, act: () => void): () => void {
    this.act = act;
    return () => undefined;
  }

  beat(): void {
    this.act();
  }
}

/** Who was submitted, in order; after `until` of them the lane is gone, as a killed process is. */
class Lane {
  readonly submitted: string[] = [];
  until = Infinity;

  submit = async ({ member }: Submission): Promise<Outcome> => {
    if (this.submitted.length >= this.until) return { kind: 'refused', refusal: new Refusal('server.unavailable') };
    this.submitted.push(member);
    const { tier } = (await ledgers.findState(scope, member))?.state ?? { tier: null };
    const state = { ...tier, id: 'plata', rev: inForce().version, since: '2026-11-25', until: '2027-12-31' };
    await mongo
      .collection<MemberLedger>('memberStates')
      .updateOne({ _id: member }, { $set: { version: inForce().version, 'state.tier': state } });
    return { kind: 'idle' };
  };

  /** A whole run of a process: until it has nothing more to do, or its lane is gone. */
  async run(): Promise<void> {
    const clock = new Beats();
    const committer = { lane: '1.0', isBusy: () => false, submit: this.submit };
    const shards = Array.from({ length: 64 }, (_, shard) => shard);
    const ledger = { ledLanes: () => [{ committer, shards }] };
    const service = new PublicationPasses(ledger as never, ledgers, passes, programs as never, clock, config);
    service.onApplicationBootstrap();
    clock.beat();
    await service['running'];
    await service.beforeApplicationShutdown();
    this.last = service;
  }

  last: PublicationPasses | null = null;
}

const member = (index: number): string => `01J${String(index).padStart(23, '0')}`;

async function someMembers(count: number, earnedOf: (index: number) => number): Promise<void> {
  const documents = Array.from({ length: count }, (_, index): MemberLedger => {
    const earned = earnedOf(index);
    const state = { ...initialState(aVersion(1, 100, 0)), seq: 1, newestOccurredAt: '2026-11-01T10:00:00.000Z' };
    return {
      ...{ _id: member(index), program: PROGRAM, shard: shardOf(PROGRAM, member(index)), seq: 1, hash: 'h' },
      ...{ dueAt: null, version: 1 },
      state: { ...state, earned: { puntos: { ever: earned, years: { '2026': earned } } } },
    };
  });
  await mongo.collection<MemberLedger>('memberStates').insertMany(documents);
}

beforeAll(async () => {
  await mongo.ready();
  await ledgers.ensureIndexes();
  await passes.ensureIndexes();
});
beforeEach(async () => {
  for (const name of ['memberStates', 'publicationPasses']) await mongo.collection(name).deleteMany({});
  versions = [aVersion(1, 100, 0)];
});
afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('G8 the first version asks nothing of anybody, and writes nothing', async () => {
  await someMembers(3, () => 200);
  const lane = new Lane();
  await lane.run();
  expect(lane.submitted).toEqual([]);
  expect(await passes.list(scope)).toEqual([]);
  expect(await lane.last?.stateOf(scope)).toBeNull();
});

test('G8 killed in the middle, a pass goes on at its page, with those in need only, and ends with its counts', async () => {
  // Every third reaches what is asked now.
  await someMembers(1_200, (index) => (index % 3 === 0 ? 60 : 10));
  versions = [aVersion(1, 100, 0), aVersion(2, 50, 2)];
  const [first, second] = [new Lane(), new Lane()];
  first.until = 300;
  await first.run();
  expect(first.submitted).toHaveLength(300);
  expect(await first.last?.stateOf(scope)).toMatchObject({ isDone: false, seen: 500, total: 1_200 });
  await second.run();
  expect(new Set([...first.submitted, ...second.submitted]).size).toBe(400);
  expect(first.submitted.length + second.submitted.length).toBe(400);
  const shard = (id: string): number => shardOf(PROGRAM, id);
  const page = Array.from({ length: 1_200 }, (_, index) => member(index))
    .toSorted((one, other) => shard(one) - shard(other) || (one < other ? -1 : 1))
    .slice(0, 500);
  expect(second.submitted.filter((id) => page.includes(id))).toEqual([]);
  expect(await second.last?.stateOf(scope)).toMatchObject({ isDone: true, seen: 1_200, total: 1_200 });
  const third = new Lane();
  await third.run();
  expect(third.submitted).toEqual([]);
});

test('#11 B1 a pass that was under way by another order looks at everybody again', async () => {
  await someMembers(40, () => 60);
  versions = [aVersion(1, 100, 0), aVersion(2, 50, 2)];
  const counts = { seen: 20, total: 40, raised: 0, doneAt: null, done: 1 };
  await passes.begin({
    _id: `${PROGRAM}:1.0`,
    program: PROGRAM,
    lane: '1.0',
    version: 2,
    after: member(19),
    ...counts,
  });
  const lane = new Lane();
  await lane.run();
  expect(lane.submitted).toHaveLength(40);
  expect(await lane.last?.stateOf(scope)).toMatchObject({ isDone: true, seen: 40, total: 40 });
});

test('G8 D5 a newer version takes over, new counters are brought too, and one that brings nothing looks at nobody', async () => {
  await someMembers(40, () => 60);
  versions = [aVersion(1, 100, 0), aVersion(2, 50, 2)];
  const [first, second, third] = [new Lane(), new Lane(), new Lane()];
  first.until = 10;
  await first.run();
  versions = [...versions, aVersion(3, 50, 2)];
  await second.run();
  expect(second.submitted).toHaveLength(30);
  expect(await passes.find(scope, '1.0')).toMatchObject({ version: 3, done: 3, seen: 40 });
  versions = [...versions, aVersion(4, 70, 2)];
  await third.run();
  expect(third.submitted).toEqual([]);
  expect(await passes.find(scope, '1.0')).toMatchObject({ version: 4, done: 4, seen: 0, total: 0 });
  expect(await third.last?.stateOf(scope)).toBeNull();
  versions = [...versions, aVersion(5, 70, 2, ['visit_count_ever'])];
  const fourth = new Lane();
  await fourth.run();
  expect(fourth.submitted).toHaveLength(40);
});
