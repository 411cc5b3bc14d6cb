import { ulid } from 'ulid';
import { Clock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { outboxId, type OutboxRow } from './journal-entry.js';
import { LedgerRepository } from './ledger.repository.js';
import { OutboxRelay } from './outbox-relay.js';
import { ProjectionsRepository } from './projections.repository.js';
import { ProjectionsService } from './projections.service.js';
import type { Projector } from './projector.port.js';

const LANE = '1.0';
const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-25T10:00:00Z');
const config = readConfig({
  REDIS_URL: 'redis://unused',
  ...process.env,
  MONGODB_DATABASE: `trimming_${ulid()}`,
  VERBENA_LANES: '1',
});
const mongo = new Mongo(config);
const journal = new LedgerRepository(mongo);
const projections = new ProjectionsRepository(mongo);

class Now extends Clock {
  now(): number {
    return NOW;
  }
}

/** A view of which only its watermark counts here. */
const view: Projector = {
  name: 'view',
  shapeOf: () => 'a',
  begin: () => Promise.resolve(),
  apply: () => Promise.resolve(),
  recompute: () => Promise.resolve(),
};

const service = new ProjectionsService(
  { getProviders: () => [{ instance: view }] } as never,
  journal,
  projections,
  {
    listAll: () => Promise.resolve([{ _id: 'p', version: 1 }]),
    inForce: () => Promise.resolve({ version: 1 }),
  } as never,
  {} as never,
  new Now(),
  config,
);

beforeAll(async () => {
  await mongo.ready();
  await journal.ensureIndexes();
  await projections.ensureIndexes();
  service.onModuleInit();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

/** An outbox with a row for each age in days, the oldest first, of a lane where relay and view stand as said. */
async function anOutbox(agesDays: readonly number[], viewAt: number): Promise<OutboxRelay> {
  for (const name of ['outbox', 'lanes', 'projections']) await mongo.collection(name).deleteMany({});
  await journal.openLane(LANE, 1);
  const rows = agesDays.map((age, index): OutboxRow => {
    const q = index + 1;
    const at = new Date(NOW - age * DAY_MS);
    return { _id: outboxId(LANE, q), lane: LANE, q, at, entries: [], caused: [aCause(q)], head: String(q) };
  });
  await mongo.collection<OutboxRow>('outbox').insertMany(rows);
  await mongo.collection<{ _id: string }>('lanes').updateOne({ _id: LANE }, { $set: { q: rows.length } });
  await projections.createCursor(view.name, LANE, viewAt);
  return new OutboxRelay(LANE, journal, () => Promise.resolve({ kind: 'idle' as const }), new Now());
}

/** Something for another member: only with that the relay writes down how far it came. */
function aCause(q: number): OutboxRow['caused'][number] {
  const occurredAt = new Date(NOW).toISOString();
  const activity = { member: ulid(), type: 'visit', occurredAt, attributes: {} };
  return { key: `cause-${q}`, program: 'p', cause: 'an-entry', depth: 1, activity };
}

/** Until the relay has passed all of an outbox, and knows it itself. */
async function relayed(relay: OutboxRelay, throughQ: number): Promise<void> {
  relay.nudge();
  for (let tries = 0; ((await journal.listLanes())[0]?.relayed ?? 0) < throughQ; tries += 1)
    if (tries > 2_000) throw new Error('The relay does not come forward.');
  for (let turns = 0; turns < 3; turns += 1) await journal.listLanes();
}

/** The numbers that are left once relay and trimming ran. */
async function trim(relay: OutboxRelay): Promise<number[]> {
  await relayed(relay, (await journal.readHead(LANE)) || 1);
  await relay.trim(await service.passedBy(LANE));
  relay.stop();
  return (await journal.readOutbox(LANE, 0, 100)).map(({ q }) => q);
}

test('C9 rows go when everything has passed them and a week is over, and not before', async () => {
  expect(await trim(await anOutbox([9, 8, 7.5, 3, 1], 5))).toEqual([4, 5]);
});

test('C9 what a view has not taken in stays, however old it is', async () => {
  const relay = await anOutbox([9, 8, 5.9, 5, 1], 2);
  expect(await service.passedBy(LANE)).toBe(2);
  expect(await trim(relay)).toEqual([3, 4, 5]);
  // Also where the clocks of a week and of six days would allow more.
  const held = await anOutbox([9, 8, 8, 8, 8], 5);
  await relayed(held, 5);
  await held.trim(3);
  expect((await journal.readOutbox(LANE, 0, 100)).map(({ q }) => q)).toEqual([4, 5]);
});

test('C9 what was not relayed stays, whatever the views say', async () => {
  const relay = await anOutbox([9, 8, 8], 3);
  // It never looked: it does not know how far it is.
  await relay.trim(Number.POSITIVE_INFINITY);
  expect((await journal.readOutbox(LANE, 0, 100)).map(({ q }) => q)).toEqual([1, 2, 3]);
});

test('C9 a view that lags six days no longer holds rows: it goes on from the head, and all of it is computed anew', async () => {
  const relay = await anOutbox([9, 8, 7.2, 6.5, 1], 1);
  expect(await trim(relay)).toEqual([4, 5]);
  expect(await projections.findCursor(view.name, LANE)).toMatchObject({ q: 5 });
  expect(await projections.listRebuilds()).toMatchObject([
    { projection: 'view', lane: LANE, program: 'p', after: null },
  ]);
});
