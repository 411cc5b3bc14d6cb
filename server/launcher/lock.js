import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes.js';

/** @typedef {{ pid: number, startedAt: string, port: number | null }} LockHolder */
/** @typedef {{ setPort: (port: number) => void, release: () => void }} Lock */

/**
 * Takes a lock file, or says who has it. The file is made with O_EXCL, so of two that come at once one wins; a file whose
 * process is gone is stale and is taken over.
 * @param {string} path
 * @param {{ port?: number | null }} [options]
 * @returns {{ lock: Lock, holder: null } | { lock: null, holder: LockHolder }}
 */
export function tryLock(path, { port = null } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      return { lock: makeLock(path, port), holder: null };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder === 'missing') continue;
    if (holder !== 'stale') return { lock: null, holder };
    removeStale(path);
  }
}

/**
 * Waits for a lock and runs `work` under it: for work that must be done once by whoever comes first, like an install.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, signal?: AbortSignal }} [options] `onWait` is called once when another process has it
 * @returns {Promise<T>}
 * @throws the signal's reason when it was aborted while waiting
 */
export async function withLock(path, work, { onWait = () => {}, signal } = {}) {
  let waited = false;
  for (;;) {
    signal?.throwIfAborted();
    const { lock } = tryLock(path);
    if (lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!waited) onWait();
    waited = true;
    await sleep(250);
  }
}

/**
 * @param {string} path
 * @param {number | null} port
 * @returns {Lock}
 */
function makeLock(path, port) {
  const startedAt = new Date().toISOString();
  /** @param {number | null} current */
  const text = (current) => `${JSON.stringify({ pid: process.pid, startedAt, port: current })}\n`;
  const file = openSync(path, 'wx', 0o644);
  writeSync(file, text(port));
  closeSync(file);
  const forget = () => rmSync(path, { force: true });
  process.once('exit', forget);
  return {
    setPort(chosen) {
      const again = openSync(path, 'w');
      writeSync(again, text(chosen));
      closeSync(again);
    },
    release() {
      process.removeListener('exit', forget);
      forget();
    },
  };
}

/**
 * Removes a stale lock, one process at a time: without the second file, of two that both saw it stale the slower would
 * remove the lock that the faster has just made.
 * @param {string} path
 */
function removeStale(path) {
  const gate = `${path}.takeover`;
  try {
    closeSync(openSync(gate, 'wx'));
  } catch {
    // Another process is at it; one that died there leaves a file that grows old.
    try {
      if (Date.now() - statSync(gate).mtimeMs > 2_000) rmSync(gate, { force: true });
    } catch {
      // It finished meanwhile.
    }
    return;
  }
  try {
    if (readHolder(path) === 'stale') rmSync(path, { force: true });
  } finally {
    rmSync(gate, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {LockHolder | 'stale' | 'missing'}
 */
function readHolder(path) {
  try {
    const { pid, startedAt, port } = JSON.parse(readFileSync(path, 'utf8'));
    // Every holder is a node program; a process number that now belongs to something else is not the holder.
    return isRunning(pid, 'node') ? { pid, startedAt, port: port ?? null } : 'stale';
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return 'missing';
  }
  // Between O_EXCL and the write the file is empty for a moment; one that stays unreadable was left by a crash.
  try {
    const ageMs = Date.now() - statSync(path).mtimeMs;
    return ageMs > 2_000 ? 'stale' : { pid: 0, startedAt: new Date().toISOString(), port: null };
  } catch {
    return 'missing';
  }
}
