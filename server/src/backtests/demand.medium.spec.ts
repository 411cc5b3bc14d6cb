import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { DemandRepository } from './demand.repository.js';
import type { MemberDemand } from './demand.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `demand_${ulid()}` }),
);
const repository = new DemandRepository(mongo);
const none = { seq: 1, live: 0, draft: 0, balance: 0, tier: null, names: [], entries: [], figures: [] };
const of = (...members: string[]): MemberDemand[] => members.map((member) => ({ ...none, member }));

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

test('D7 C8 a part that runs twice at once, as after a lost lock, is read as one of the two had it', async () => {
  const backtest = ulid();
  const [first, second, other] = [ulid(), ulid(), ulid()];
  const place = (part: number, run: string, n: number) => ({ backtest, part, run, n });
  await repository.keep(place(0, first, 0), of('ana', 'ben'));
  // The other one cuts elsewhere, because somebody came meanwhile, and is still under way.
  await repository.keep(place(0, second, 0), of('ana'));
  await repository.keep(place(0, first, 1), of('cai'));
  await repository.keep(place(1, other, 0), of('dan'));
  const read = async (runs: readonly string[]) => (await repository.read(backtest, runs)).map(({ member }) => member);
  expect(await read([first, other])).toEqual(['ana', 'ben', 'cai', 'dan']);
  expect(await read([second, other])).toEqual(['ana', 'dan']);
  await repository.delete(backtest);
  expect(await read([first, second, other])).toEqual([]);
});
