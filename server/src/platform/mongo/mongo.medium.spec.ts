import mongoose from 'mongoose';
import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo, type Session } from './mongo.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `mongo_${ulid()}` }),
);
const counters = () => mongo.collection<{ _id: string; n: number }>('counters');

beforeAll(async () => {
  await mongo.ready();
  await counters().createIndex({ n: 1 });
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

/** As a database answers that was started again: the commit may be on disk, and it knows of none. */
function knowsOfNone(): Error {
  const error = new mongoose.mongo.MongoServerError({ code: 251, errmsg: 'no such transaction' });
  error.addErrorLabel('TransientTransactionError');
  return error;
}

/** Lets the first commit of a session land, or not, and loses its answer. */
function loseFirstAnswer(session: Session, isOnDisk: boolean): void {
  const commit = session.commitTransaction.bind(session);
  session.commitTransaction = async () => {
    session.commitTransaction = commit;
    await (isOnDisk ? commit() : session.abortTransaction());
    throw knowsOfNone();
  };
}

async function countUp(id: string, isOnDisk: boolean | null): Promise<number> {
  let runs = 0;
  return mongo.transact(async (session) => {
    runs += 1;
    if (runs === 1 && isOnDisk !== null) loseFirstAnswer(session, isOnDisk);
    const counted = await counters().findOneAndUpdate(
      { _id: id },
      { $inc: { n: 1 } },
      { session, upsert: true, returnDocument: 'after' },
    );
    return counted?.n ?? 0;
  });
}

test.each([
  ['is on disk', true],
  ['was lost', false],
  ['was answered', null],
])('#11 B2 a transaction whose commit %s counts once, and answers what it did', async (_, isOnDisk) => {
  const id = ulid();
  expect(await countUp(id, isOnDisk)).toBe(1);
  expect(await countUp(id, null)).toBe(2);
  expect(await counters().findOne({ _id: id })).toEqual({ _id: id, n: 2 });
});

test('#11 B2 a duplicate of its own is told to whoever made it', async () => {
  const id = ulid();
  await counters().insertOne({ _id: id, n: 1 });
  await expect(mongo.transact((session) => counters().insertOne({ _id: id, n: 2 }, { session }))).rejects.toMatchObject(
    { code: 11_000 },
  );
});
