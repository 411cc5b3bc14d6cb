import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { PointsRepository } from './points.repository.js';
import type { AdjustmentDocument } from './points.schema.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `points_${ulid()}` }),
);
const points = new PointsRepository(mongo);

function aRequest(given: Partial<AdjustmentDocument> = {}): Omit<AdjustmentDocument, 'number'> {
  return {
    ...{ _id: ulid(), program: ulid(), member: ulid(), key: ulid(), currency: 'puntos', amount: 900, reason: 'Error' },
    ...{ status: 'waiting', askedBy: 'u', askedAt: new Date(), decidedBy: null, decidedAt: null, refusal: null },
    ...given,
  };
}

beforeAll(async () => {
  await mongo.ready();
  await points.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('#11 B1 requests of the same moment are numbered one after another, and who asks for the same twice has asked once', async () => {
  const one = aRequest();
  const { program } = one;
  const asked = await Promise.all([
    ...[one, { ...one, _id: ulid() }, aRequest({ program }), aRequest({ program })].map((given) => points.ask(given)),
  ]);
  expect(asked[0]).toEqual(asked[1]);
  expect(new Set(asked.map(({ number }) => number))).toEqual(new Set([1, 2, 3]));
  expect((await points.list(scopeOf(program), null, null, 10)).map(({ number }) => number)).toEqual([3, 2, 1]);
});

test('#11 B1 those of one status are read page by page, whatever lies between them', async () => {
  const program = ulid();
  const scope = scopeOf(program);
  for (let count = 0; count < 30; count += 1) {
    const { _id } = await points.ask(aRequest({ program }));
    if (count % 7 !== 0)
      await mongo.transact((session) =>
        points.decide(scope, _id, { status: 'refused', decidedBy: 'o', decidedAt: new Date(), refusal: 'No' }, session),
      );
  }
  const numbers = async (before: number | null) =>
    (await points.list(scope, 'waiting', before, 2)).map(({ number }) => number);
  expect([await numbers(null), await numbers(22), await numbers(8), await numbers(1)]).toEqual([
    [29, 22],
    [15, 8],
    [1],
    [],
  ]);
});

test('#11 B1 where adjustments were numbered before there were heads, the next one follows', async () => {
  const program = ulid();
  await mongo.collection<AdjustmentDocument>('adjustments').insertOne({ ...aRequest({ program }), number: 12 });
  for (const migrate of Object.values(points.migrations)) await migrate();
  expect(await points.ask(aRequest({ program }))).toMatchObject({ number: 13 });
});
