import { ulid } from 'ulid';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import type { ActivityIntake, SourceActivity } from './activity-intake.port.js';
import { SourceOutboxRepository, type SourceRow } from './source-outbox.repository.js';
import { SourceRelay } from './source-relay.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `sources_${ulid()}` }),
);
const repository = new SourceOutboxRepository(mongo);
const clock = new MovableClock();
const scope = scopeOf(ulid());

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

/** Stands for the ledger: what came, in order, and what counts, once a key. `answers` decides what becomes of a coming. */
class Journal implements ActivityIntake {
  readonly came: string[] = [];
  readonly counted = new Map<string, SourceActivity>();
  answers: (activity: SourceActivity) => Error | null = () => null;

  async take(activity: SourceActivity): Promise<void> {
    this.came.push(activity.key);
    const answer = this.answers(activity);
    if (answer instanceof Refusal) throw answer;
    if (!this.counted.has(activity.key)) this.counted.set(activity.key, activity);
    // It was committed, and then whoever waited for that died.
    if (answer !== null) throw answer;
  }
}

function activity(member: string, key: string): SourceActivity {
  const occurredAt = '2026-11-20T10:00:00.000Z';
  return { scope, member, key, type: 'member.changed', occurredAt, attributes: { boards: 'hidden' } };
}

async function add(member: string, ...keys: readonly string[]): Promise<void> {
  for (const key of keys)
    await mongo.transact((session) => repository.insert(activity(member, key), new Date(clock.now()), session));
}

async function relayTo(journal: Journal): Promise<SourceRelay> {
  const relay = new SourceRelay(repository, clock);
  await relay.start(journal);
  return relay;
}

/** Relays for one member until nothing of it waits. */
async function drain(relay: SourceRelay, member: string): Promise<void> {
  while (!(await relay.relayMember(member))) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('B6 a row stands with its change, and not without it', async () => {
  const member = ulid();
  const givenUp = mongo.transact(async (session) => {
    await repository.insert(activity(member, 'given-up'), new Date(), session);
    throw new Error('given up');
  });
  await expect(givenUp).rejects.toThrow('given up');
  expect(await repository.listOfMember(member)).toEqual([]);
  await add(member, `kept-${member}`);
  const journal = new Journal();
  const relay = await relayTo(journal);
  await drain(relay, member);
  await relay.stop();
  const told = journal.counted.get(`kept-${member}`);
  expect(told).toEqual(activity(member, `kept-${member}`));
  expect(await repository.listOfMember(member)).toEqual([]);
});

test('B6 a crash between commit and removal loses nothing, and the key makes the second time count once', async () => {
  const member = ulid();
  const keys = [1, 2, 3].map((n) => `${n}-${member}`);
  await add(member, ...keys);
  const journal = new Journal();
  journal.answers = ({ key }) => (key === keys[1] ? new Error('killed') : null);
  const dying = await relayTo(journal);
  await dying.stop();
  // However far the dying one came: one more try of its own is what it does not get past.
  const second = await relayTo(journal);
  expect(await second.relayMember(member)).toBe(false);
  await second.stop();
  expect((await repository.listOfMember(member)).map(({ key }) => key)).toEqual(keys.slice(1));
  journal.answers = () => null;
  const next = await relayTo(journal);
  await drain(next, member);
  await next.stop();
  expect([...journal.counted.keys()]).toEqual(keys);
  expect(journal.came.filter((key) => key === keys[1]).length).toBeGreaterThan(1);
  expect(await repository.listOfMember(member)).toEqual([]);
});

test('B6 what is refused for a while keeps its place, and whoever comes behind waits for it', async () => {
  const member = ulid();
  const keys = [1, 2].map((n) => `${n}-${member}`);
  await add(member, ...keys);
  const journal = new Journal();
  let refusals = 0;
  journal.answers = ({ key }) => {
    if (key !== keys[0] || refusals >= 3) return null;
    refusals += 1;
    return new Refusal(refusals === 1 ? 'lane.busy' : 'lane.moved');
  };
  const relay = await relayTo(journal);
  await drain(relay, member);
  await relay.stop();
  expect(refusals).toBe(3);
  expect([...journal.counted.keys()]).toEqual(keys);
});

test('B6 what is refused for good is kept where somebody looks, health says so, and the next one goes on', async () => {
  const member = ulid();
  const keys = [1, 2].map((n) => `${n}-${member}`);
  await add(member, ...keys);
  const journal = new Journal();
  journal.answers = ({ key }) => (key === keys[0] ? new Refusal('activity.tooLate', { days: 400 }) : null);
  const relay = await relayTo(journal);
  await drain(relay, member);
  expect(relay.health()).toEqual({ status: 'degraded', code: 'quarantine' });
  await relay.stop();
  expect([...journal.counted.keys()]).toEqual([keys[1]]);
  expect(await repository.countSetAside()).toBe(1);
  expect(await repository.listOfMember(member)).toEqual([]);
});

test('B6 two nodes that relay the same rows count each once, each member’s in order', async () => {
  const members = Array.from({ length: 8 }, () => ulid());
  for (const member of members) await add(member, ...[1, 2, 3, 4].map((n) => `${n}-${member}`));
  const journal = new Journal();
  const nodes = [await relayTo(journal), await relayTo(journal)];
  await Promise.all(nodes.flatMap((node) => members.map((member) => drain(node, member))));
  for (const node of nodes) await node.stop();
  for (const member of members)
    expect([...journal.counted.values()].filter((one) => one.member === member).map(({ key }) => key[0])).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
});

/** Notes how many members each look at what waits told of. */
class Looks extends SourceOutboxRepository {
  readonly told: number[] = [];

  override async listWaiting(): Promise<string[]> {
    const members = await super.listWaiting();
    this.told.push(members.length);
    return members;
  }
}

test('#11 B1 what waits in great number is looked through once, not once for every two hundred', async () => {
  await mongo.collection('sourceOutbox').deleteMany({});
  const rows = Array.from({ length: 450 }, (_, number): SourceRow => {
    const { scope: own, ...rest } = activity(ulid(), `many-${number}`);
    return { ...rest, program: own.program, _id: ulid(), order: 1, createdAt: new Date(clock.now()), refused: null };
  });
  await mongo.collection<SourceRow>('sourceOutbox').insertMany(rows);
  const [journal, looks] = [new Journal(), new Looks(mongo)];
  const relay = new SourceRelay(looks, clock);
  await relay.start(journal);
  while (journal.counted.size < rows.length) await new Promise((resolve) => setTimeout(resolve, 5));
  await relay.stop();
  expect(looks.told.filter((count) => count > 0)).toEqual([450]);
});
