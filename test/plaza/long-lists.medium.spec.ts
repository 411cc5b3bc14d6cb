import { readConfig } from '@verbena/server/platform/config/config.js';
import { ulid } from 'ulid';
import { LongLists } from '#support/long-lists.js';
import { WatchedMongo } from '#support/watched-mongo.js';

/** What may be taken up of them depends on it as little at 20,000 (`npm run bench -- lists`). */
const LENGTH = 400;
const mongo = new WatchedMongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `long_${ulid()}` }),
);
const lists = new LongLists(mongo, LENGTH);

beforeAll(async () => {
  await mongo.ready();
  await lists.fill();
});

// Dropping takes the embedded database longer than all the rest; its folder goes with the stage.
afterAll(() => mongo.onModuleDestroy());

test.each(lists.reads())('#11 B1 for $name the embedded database takes up $most documents at most', async (one) => {
  expect(await mongo.countTakenUp(one.read)).toBeLessThanOrEqual(one.most);
});

test('#11 B1 it would see what reads a whole list', async () => {
  const audit = mongo.collection('auditEntries');
  const [entry] = await audit.find().limit(1).toArray();
  const program: unknown = entry?.['program'];
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'a limit': () => audit.find({ program }).sort({ number: -1 }).limit(1).toArray(),
    'a window with something beside it': () =>
      audit.find({ program, number: { $gt: 1, $lt: 4 }, action: 'a' }).toArray(),
    'a choice': () => audit.find({ $or: [{ program, number: 1 }] }).toArray(),
    'ids from one on': () => audit.find({ _id: { $gt: '02' as never } }).toArray(),
  };
  for (const act of Object.values(asked)) expect(await mongo.countTakenUp(act)).toBe(LENGTH);
});
