import { ulid } from 'ulid';
import { SystemClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `audit_${ulid()}` }),
);
const repository = new AuditRepository(mongo);
const audit = new AuditService(repository, new SystemClock());
const change = {
  action: 'member.changed',
  subject: { kind: 'member', id: 't' },
  before: { a: 1 },
  after: { a: 2 },
} as const;
const actor = { kind: 'user', id: 'u' } as const;

beforeAll(async () => {
  await mongo.ready();
  await repository.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

async function numbersOf(program: string): Promise<number[]> {
  return (await audit.list(scopeOf(program), null, 200)).items.map((entry) => entry.number);
}

test('an entry says who changed what, before and after', async () => {
  const scope = scopeOf(ulid());
  await mongo.transact(async (session) => audit.record(session, scope, { ...change, actor }));
  const { items, next } = await audit.list(scope, null);
  expect(items).toEqual([{ id: expect.any(String), number: 1, at: expect.any(String), actor, ...change }]);
  expect(next).toBeUndefined();
});

test('entries written at once are numbered without a gap or a double, each program by itself', async () => {
  const [one, other] = [ulid(), ulid()];
  const write = async (program: string) =>
    mongo.transact(async (session) => audit.record(session, scopeOf(program), { ...change, actor }));
  await Promise.all(Array.from({ length: 24 }, async (_, n) => write(n % 3 === 0 ? other : one)));
  expect(await numbersOf(one)).toEqual(Array.from({ length: 16 }, (_, n) => 16 - n));
  expect(await numbersOf(other)).toEqual(Array.from({ length: 8 }, (_, n) => 8 - n));
});

test('a change that is given up leaves neither entry nor gap', async () => {
  const program = ulid();
  const scope = scopeOf(program);
  await mongo.transact(async (session) => audit.record(session, scope, { ...change, actor }));
  const givenUp = mongo.transact(async (session) => {
    await audit.record(session, scope, { ...change, actor });
    throw new Error('given up');
  });
  await expect(givenUp).rejects.toThrow('given up');
  await mongo.transact(async (session) => audit.record(session, scope, { ...change, actor, before: undefined }));
  expect(await numbersOf(program)).toEqual([2, 1]);
  expect((await audit.list(scope, null, 1)).items[0]?.before).toBeNull();
});

test('pages follow one another without loss, newest first', async () => {
  const scope = scopeOf(ulid());
  for (let n = 0; n < 7; n += 1) {
    await mongo.transact(async (session) => audit.record(session, scope, { ...change, actor }));
  }
  const first = await audit.list(scope, null, 3);
  const second = await audit.list(scope, first.next ?? null, 3);
  const third = await audit.list(scope, second.next ?? null, 3);
  const numbers = [first, second, third].map((page) => page.items.map((entry) => entry.number));
  expect(numbers).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
  expect(third.next).toBeUndefined();
});
