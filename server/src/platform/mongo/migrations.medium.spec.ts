import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { runOnce } from './migrations.js';
import { Mongo } from './mongo.js';

const aDatabase = () =>
  new Mongo(readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `migrations_${ulid()}` }));
const mongo = aDatabase();

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('#11 C of ten nodes that start at once one runs each migration, in order, and all wait until it is done', async () => {
  const ran: string[] = [];
  const one = async (name: string) => {
    ran.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    ran.push(`${name} ends`);
  };
  const all = { '2026-02-01-b': () => one('b'), '2026-01-01-a': () => one('a') };
  const nodes = await Promise.all(Array.from({ length: 10 }, () => runOnce(mongo, all)));
  expect(nodes.flat().toSorted()).toEqual(['2026-01-01-a', '2026-02-01-b']);
  expect(ran).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(await runOnce(mongo, all)).toEqual([]);
});

test('#11 C what fails fails the start, is run by the next, and nothing after it before', async () => {
  const ran: string[] = [];
  let isBroken = true;
  const all = {
    '2026-03-01-c': async () => {
      ran.push('c');
      if (isBroken) throw new Error('A full disk.');
    },
    '2026-03-02-d': async () => void ran.push('d'),
  };
  await expect(runOnce(mongo, all)).rejects.toThrow('A full disk.');
  isBroken = false;
  expect(await runOnce(mongo, all)).toEqual(['2026-03-01-c', '2026-03-02-d']);
  expect(ran).toEqual(['c', 'c', 'd']);
});

test('#11 C of a node that died over one nothing is heard, and another takes it over', async () => {
  const name = '2026-04-01-e';
  const records = mongo.collection<{ _id: string }>('migrations');
  await records.insertOne({ _id: name, by: 'gone', seenAt: new Date(Date.now() - 60_000), doneAt: null } as {
    _id: string;
  });
  let count = 0;
  const all = { [name]: async () => void (count += 1) };
  const nodes = await Promise.all(Array.from({ length: 5 }, () => runOnce(mongo, all)));
  expect([nodes.flat(), count]).toEqual([[name], 1]);
});
