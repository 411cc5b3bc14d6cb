import { ulid } from 'ulid';
import { MovableClock } from '#platform/clock/clock.js';
import { readConfig } from '#platform/config/config.js';
import { Mongo } from '#platform/mongo/mongo.js';
import { scopeOf } from '#platform/mongo/scope.js';
import { Redis } from '#platform/redis/redis.js';
import { ClaimCodes } from './claim-codes.js';
import { OneTimeCodesRepository } from './one-time-codes.repository.js';
import { RateLimits } from './rate-limits.js';

const config = readConfig({ ...process.env, MONGODB_DATABASE: `codes_${ulid()}`, REDIS_PREFIX: `codes:${ulid()}` });
const mongo = new Mongo(config);
const clock = new MovableClock();
const redis = new Redis(config);
const codes = new OneTimeCodesRepository(mongo);
const claims = new ClaimCodes(codes, new RateLimits(config, clock, redis), clock);
const scope = scopeOf(ulid());

const take = (code: string, at = scope) => mongo.transact((session) => claims.take(at, code, session));

beforeAll(async () => {
  await mongo.ready();
  await codes.ensureIndexes();
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
  await redis.onModuleDestroy();
});

afterEach(() => clock.moveTo(Date.now()));

test('a claim code opens its member once, however it is typed', async () => {
  const member = ulid();
  const { code, expiresAt } = await claims.create(scope, member);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(Date.parse(expiresAt) - clock.now()).toBeGreaterThan(6.9 * 86_400_000);
  expect(await take(code.toLowerCase().replaceAll('-', ''))).toBe(member);
  expect(await take(code)).toBeNull();
});

test('of twenty who send one code at the same moment exactly one gets the member', async () => {
  const member = ulid();
  const { code } = await claims.create(scope, member);
  const taken = await Promise.all(Array.from({ length: 20 }, () => take(code)));
  expect(taken.filter((one) => one !== null)).toEqual([member]);
});

test('a newer code ends the older one, also when ten are made at once', async () => {
  const member = ulid();
  const first = await claims.create(scope, member);
  const made = await Promise.all(Array.from({ length: 10 }, () => claims.create(scope, member)));
  expect(await take(first.code)).toBeNull();
  const taken = [];
  for (const { code } of made) taken.push(await take(code));
  expect(taken.filter((one) => one !== null)).toEqual([member]);
});

test('a code is good for seven days, in its own program, and comes back when its transaction is given up', async () => {
  const member = ulid();
  const { code } = await claims.create(scope, member);
  expect(await take(code, scopeOf(ulid()))).toBeNull();
  const givenUp = mongo.transact(async (session) => {
    expect(await claims.take(scope, code, session)).toBe(member);
    throw new Error('given up');
  });
  await expect(givenUp).rejects.toThrow('given up');
  clock.moveTo(Date.now() + 7 * 86_400_000 + 1_000);
  expect(await take(code)).toBeNull();
  clock.moveTo(Date.now() + 6 * 86_400_000);
  expect(await take(code)).toBe(member);
});

test('what stands in the database is no code', async () => {
  const { code } = await claims.create(scope, ulid());
  const stored = JSON.stringify(await mongo.collection('oneTimeCodes').find({}).toArray());
  expect(stored).not.toContain(code);
  expect(stored).not.toContain(code.replaceAll('-', ''));
});

test('L2 the eleventh wrong guess of a login, the sixty-first of an address, is not looked at; a right one is taken back', async () => {
  const [user, ip] = [ulid(), '198.51.100.7'];
  for (let n = 0; n < 12; n += 1) {
    await claims.refuseGuesses(user, ip);
    claims.forgiveGuess(user, ip);
  }
  for (let n = 0; n < 10; n += 1) await claims.refuseGuesses(user, ip);
  await expect(claims.refuseGuesses(user, '198.51.100.8')).rejects.toMatchObject({ code: 'rate.exceeded' });
  for (let n = 0; n < 50; n += 1) await claims.refuseGuesses(ulid(), ip);
  await expect(claims.refuseGuesses(ulid(), ip)).rejects.toMatchObject({ code: 'rate.exceeded' });
  await claims.refuseGuesses(ulid(), '198.51.100.9');
});
