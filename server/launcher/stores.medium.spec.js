import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { keepPrivate } from './files.js';
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

/** Speaks with the database as the server does. */
const withThings = async (work) => {
  const client = await mongoose.mongo.MongoClient.connect(stores.mongodbUri);
  try {
    return await work(client.db('admin').collection('things'));
  } finally {
    await client.close();
  }
};
const count = () => withThings((things) => things.countDocuments());

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

test('M8 the database answers nobody without its password, which no list of processes shows', async () => {
  if (stores.kind === 'mongod') return expect(stores.mongodbUri).not.toContain('@');
  const { password } = new URL(stores.mongodbUri);
  expect(await askDatabase(stores.database.port, { count: 'things', query: {} })).toMatchObject({ ok: 0, code: 13 });
  const wrong = stores.mongodbUri.replace(password, 'another');
  await expect(mongoose.mongo.MongoClient.connect(wrong)).rejects.toThrow(/authentication failed/i);
  expect(readFileSync(join(dataDir, 'run', 'database.json'), 'utf8')).not.toContain(password);
});

test('M8 nobody else on this machine may read a file of the stores', () => {
  const files = readdirSync(dataDir, { recursive: true }).map((name) => join(dataDir, name));
  expect(files.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
  expect(files.length).toBeGreaterThan(10);
});

test('an acknowledged write outlives kill -9, on the same port', async () => {
  const { port, pid } = stores.database;
  await withThings((things) => things.insertOne({ a: 1 }, { writeConcern: { w: 'majority', journal: true } }));
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

test('M8 a password that was lost is made anew, and the data stay', async () => {
  await stores.stop();
  const path = join(dataDir, 'secrets.json');
  const { databasePassword: _, ...others } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(others));
  const before = stores.mongodbUri;
  stores = await startStores({ dataDir, env });
  if (stores.kind !== 'mongod') expect(new URL(stores.mongodbUri).password).not.toBe(new URL(before).password);
  expect(await count()).toBe(1);
});

test('M8 what an earlier run left open in a data folder is closed, and nothing else in it', () => {
  const folder = join(dataDir, 'earlier');
  for (const inner of ['db', 'tools']) mkdirSync(join(folder, inner), { recursive: true });
  for (const file of ['demo.json', 'db/journal', 'tools/program', 'foto.jpg']) {
    writeFileSync(join(folder, file), '');
    chmodSync(join(folder, file), 0o755);
  }
  chmodSync(folder, 0o755);
  expect(keepPrivate(folder)).toBe(true);
  const modes = ['', 'db', 'db/journal', 'demo.json', 'tools/program', 'foto.jpg'].map(
    (file) => statSync(join(folder, file)).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o700, 0o755, 0o755]);
  rmSync(folder, { recursive: true });
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
