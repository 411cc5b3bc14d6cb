import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDatabase, pingDatabase, pingRedis } from './ping.js';
import { isRunning } from './processes.js';
import { startStores } from './stores.js';

// Stores of this file's own: it kills them.
const env = { ...process.env, MONGODB_URI: '', REDIS_URL: '' };
let dataDir;
let stores;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'verbena-stores-'));
  stores = await startStores({ dataDir, env });
});
afterAll(async () => {
  await stores?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const count = async () => {
  const reply = await askDatabase(stores.database.port, { count: 'things', query: {} });
  return reply.n;
};

test('both answer, and Redis only to the password that nobody else can read', async () => {
  const password = decodeURIComponent(new URL(stores.redisUrl).password);
  expect(await pingDatabase(stores.database.port)).toBe(true);
  expect(await pingRedis(stores.redis.port, password)).toBe(true);
  expect(await pingRedis(stores.redis.port, 'another')).toBe(false);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'run', 'redis.conf')).mode & 0o777).toBe(0o600);
  const { command } = JSON.parse(readFileSync(join(dataDir, 'run', 'redis.json'), 'utf8'));
  expect(command).not.toContain(password);
});

test('an acknowledged write outlives kill -9, on the same port', async () => {
  const { port, pid } = stores.database;
  await askDatabase(port, { insert: 'things', documents: [{ a: 1 }], writeConcern: { w: 'majority', j: true } });
  await stores.database.kill();
  expect(stores.database.isRunning()).toBe(false);
  expect(await pingDatabase(port)).toBe(false);
  await stores.restart('database');
  expect(stores.database.port).toBe(port);
  expect(stores.pids.database).not.toBe(pid);
  expect(await count()).toBe(1);
});

test('stores that an interrupted run left are taken over, not started twice', async () => {
  const again = await startStores({ dataDir, env });
  expect(again.pids).toEqual(stores.pids);
  expect(again.database.adopted && again.redis.adopted).toBe(true);
  expect(again.mongodbUri).toBe(stores.mongodbUri);
});

test('a database that was left with other durability is ended first', async () => {
  const { pids } = stores;
  const lax = await startStores({ dataDir, env, syncOnCommit: false });
  expect(isRunning(pids.database, dataDir)).toBe(lax.kind === 'mongod');
  expect(lax.pids.redis).toBe(pids.redis);
  await lax.stop();
  stores = await startStores({ dataDir, env });
  expect(await count()).toBe(1);
});

test('stop leaves no process and no trace', async () => {
  const { pids } = stores;
  await stores.stop();
  expect(isRunning(pids.database, dataDir) || isRunning(pids.redis, dataDir)).toBe(false);
  expect(existsSync(join(dataDir, 'run', 'database.json')) || existsSync(join(dataDir, 'run', 'redis.json'))).toBe(
    false,
  );
});

test('given addresses are taken as they are and nothing is started', async () => {
  const given = { ...env, MONGODB_URI: 'mongodb://there/', REDIS_URL: 'redis://there/' };
  const external = await startStores({ dataDir, env: given });
  expect(external).toMatchObject({ kind: 'external', mongodbUri: 'mongodb://there/', redisUrl: 'redis://there/' });
  expect(external.pids).toEqual({ database: null, redis: null });
  await external.stop();
});
