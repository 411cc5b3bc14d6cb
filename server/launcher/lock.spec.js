import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, withLock } from './lock.js';

let folder;
let path;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbena-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holderText = (pid) => JSON.stringify({ pid, startedAt: new Date().toISOString(), port: 3000 });

test('a free lock is taken, tells pid, time and port, and is gone when it is released', () => {
  const { lock } = tryLock(path, { port: 4000 });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, port: 4000 });
  lock.setPort(4001);
  expect(JSON.parse(readFileSync(path, 'utf8')).port).toBe(4001);
  lock.release();
  expect(existsSync(path)).toBe(false);
});

test('a lock of a living process is refused and names its holder', () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)']);
  try {
    writeFileSync(path, holderText(child.pid));
    expect(tryLock(path)).toEqual({ lock: null, holder: expect.objectContaining({ pid: child.pid, port: 3000 }) });
  } finally {
    child.kill('SIGKILL');
  }
});

test('a lock whose process is gone is stale and is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, holderText(pid));
  const { lock } = tryLock(path);
  expect(lock).not.toBeNull();
  lock.release();
});

test('a lock whose number now belongs to another kind of program is stale', () => {
  const child = spawn('sleep', ['20']);
  try {
    writeFileSync(path, holderText(child.pid));
    const { lock } = tryLock(path);
    expect(lock).not.toBeNull();
    lock.release();
  } finally {
    child.kill('SIGKILL');
  }
});

test('an empty lock is being written at first, and stale when it is old', () => {
  writeFileSync(path, '');
  expect(tryLock(path).lock).toBeNull();
  const old = new Date(Date.now() - 10_000);
  utimesSync(path, old, old);
  const { lock } = tryLock(path);
  expect(lock).not.toBeNull();
  lock.release();
});

test('work under one lock is done one at a time, and the lock is free after a failure', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(most).toBe(1);
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});
