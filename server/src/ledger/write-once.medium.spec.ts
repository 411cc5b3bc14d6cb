import mongoose from 'mongoose';
import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { writeOnce } from './write-once.repository.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `once_${ulid()}` }),
);
const things = () => mongo.collection<{ _id: string }>('things');

beforeAll(async () => {
  await mongo.ready();
  await things().createIndex({ at: 1 });
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test.each([
  ['is on disk', true],
  ['was lost', false],
])(
  '#11 B2 where the database knows nothing of a commit that %s, nobody says that it wrote nothing',
  async (_, isOnDisk) => {
    const id = ulid();
    const session = mongo.startSession();
    const commit = session.commitTransaction.bind(session);
    session.commitTransaction = async () => {
      await (isOnDisk ? commit() : session.abortTransaction());
      const error = new mongoose.mongo.MongoServerError({ code: 251, errmsg: 'no such transaction' });
      error.addErrorLabel('TransientTransactionError');
      throw error;
    };
    const result = await writeOnce(session, async (open) => {
      await things().insertOne({ _id: id }, { session: open });
      return null;
    });
    await session.endSession();
    expect(result).toBe('unknown');
    expect((await things().findOne({ _id: id })) !== null).toBe(isOnDisk);
  },
);
