import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from './mongo.js';
import { type HeadDocument, lastNumber, nextNumber, numberThoseOfBefore } from './numbers.js';

interface Letter {
  _id: string;
  program: string | null;
  number?: number;
}

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `numbers_${ulid()}` }),
);
const heads = mongo.collection<HeadDocument>('heads');
const letters = mongo.collection<Letter>('letters');
const take = (list: string): Promise<number> => mongo.transact((session) => nextNumber(heads, list, session));
const numbersOf = async (program: string | null) =>
  (await letters.find({ program }).sort({ _id: 1 }).toArray()).map(({ number }) => number);

beforeAll(async () => {
  await mongo.ready();
  await heads.createIndex({ number: 1 });
  await letters.createIndex({ program: 1, number: 1 });
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('#11 B1 numbers that are given out at once have neither gap nor double, also where one is given up', async () => {
  const list = ulid();
  expect(await lastNumber(heads, list)).toBe(0);
  const givenUp = mongo.transact(async (session) => {
    await nextNumber(heads, list, session);
    throw new Error('given up');
  });
  const given = await Promise.all([take(list), take(list), take(list), take(list)]);
  await expect(givenUp).rejects.toThrow('given up');
  expect(given.toSorted()).toEqual([1, 2, 3, 4]);
  expect(await lastNumber(heads, list)).toBe(4);
});

test('#11 B1 below a number the last one is the one before it, and never one that there is not', async () => {
  const list = ulid();
  await take(list);
  await take(list);
  expect(await Promise.all([2, 1, 3, 1_000_000].map((below) => lastNumber(heads, list, below)))).toEqual([1, 0, 2, 2]);
});

test('#11 B1 what came before there were numbers is numbered by its ids, each program by itself, and what comes next follows', async () => {
  const [one, other] = [ulid(), ulid()];
  const bare = (program: string | null) => ({ _id: ulid(), program });
  const first = { ...bare(one), number: 1 };
  await letters.insertMany(
    [first, bare(one), bare(other), bare(one), bare(null)].toSorted((a, b) => (a._id < b._id ? -1 : 1)),
  );
  for (const _ of ['the first time', 'again']) {
    await numberThoseOfBefore(letters as never, heads);
    expect((await numbersOf(one)).toSorted()).toEqual([1, 2, 3]);
    expect(await numbersOf(other)).toEqual([1]);
    expect(await numbersOf(null)).toEqual([undefined]);
  }
  expect([await take(one), await take(other)]).toEqual([4, 2]);
});

test('#11 B1 what was numbered without a head is followed by the next number', async () => {
  const program = ulid();
  await letters.insertMany([5, 6].map((number) => ({ _id: ulid(), program, number })));
  await numberThoseOfBefore(letters as never, heads);
  expect(await take(program)).toBe(7);
});
