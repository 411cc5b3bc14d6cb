import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from './progress.js';
import { chooseDatabase, chooseRedis, needsEmbedded } from './store-programs.js';

let folder;
let around;
let dataDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbena-programs-'));
  dataDir = join(folder, 'data');
  mkdirSync(join(folder, 'path'));
  around = { toolsDir: join(folder, 'tools'), env: { PATH: join(folder, 'path') }, progress: silent };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plant(name, version, where = 'path') {
  const path = join(folder, where, name);
  mkdirSync(join(folder, where), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}
function writeData(part) {
  mkdirSync(join(dataDir, part), { recursive: true });
  writeFileSync(join(dataDir, part, 'something'), '');
}

test('mongod on PATH comes first, then secantusd-rs on PATH, then the one that fast-db built', async () => {
  const built = plant('secantusd-rs', 'x', 'tools/bin');
  expect(await chooseDatabase(dataDir, undefined, around)).toEqual({ kind: 'rust', command: [built] });
  const onPath = plant('secantusd-rs', 'x');
  expect(await chooseDatabase(dataDir, undefined, around)).toEqual({ kind: 'rust', command: [onPath] });
  const mongod = plant('mongod', 'db version v7.0.14');
  expect(await chooseDatabase(dataDir, undefined, around)).toEqual({ kind: 'mongod', command: [mongod] });
});

test('a mongod or a Redis that is too old is passed over', async () => {
  plant('mongod', 'db version v4.4.1');
  const built = plant('secantusd-rs', 'x', 'tools/bin');
  expect(await chooseDatabase(dataDir, undefined, around)).toEqual({ kind: 'rust', command: [built] });
  plant('redis-server', 'Redis server v=6.0.16 sha=0');
  const valkey = plant('valkey-server', 'Valkey server v=8.0.1 sha=0');
  expect(await chooseRedis(dataDir, undefined, around)).toEqual({ kind: 'valkey', command: [valkey] });
});

test('a folder with data keeps the program that wrote it, and says so when that is gone', async () => {
  const built = plant('secantusd-rs', 'x', 'tools/bin');
  await chooseDatabase(dataDir, undefined, around);
  writeData('db');
  plant('mongod', 'db version v8.0.0');
  expect(await chooseDatabase(dataDir, 'mongod', around)).toEqual({ kind: 'rust', command: [built] });
  rmSync(built);
  await expect(chooseDatabase(dataDir, undefined, around)).rejects.toMatchObject({ code: 'store.missing' });
});

test('the embedded pair is needed for what neither is given nor found', () => {
  expect(needsEmbedded(around)).toBe(true);
  plant('mongod', 'db version v7.0.14');
  expect(needsEmbedded(around)).toBe(true);
  plant('redis-server', 'Redis server v=7.2.4 sha=0');
  expect(needsEmbedded(around)).toBe(false);
  const given = { MONGODB_URI: 'mongodb://there', REDIS_URL: 'redis://there' };
  expect(needsEmbedded({ ...around, env: { PATH: '', ...given } })).toBe(false);
});
