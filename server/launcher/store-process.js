import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherFailure } from './failure.js';
import { readJson, writeJson } from './files.js';
import { endProcess, isRunning, waitUntilGone } from './processes.js';
import { say } from './words.js';

/** @typedef {'database' | 'redis' | 'server'} Part */
/**
 * `mark` is the part of the command line that tells this process from others of its program: its data folder.
 * @typedef {{ pid: number, startedAt: string, command: string, port: number, mark: string }} RunRecord
 */

const LOG_BYTES_MAX = 10 * 1024 * 1024;

/** @param {string} dataDir @param {Part} part */
export function runFileOf(dataDir, part) {
  return join(dataDir, 'run', `${part}.json`);
}

/** @param {string} dataDir @param {Part} part */
export function logFileOf(dataDir, part) {
  return join(dataDir, 'logs', `${part}.log`);
}

/**
 * What an earlier run left running, if it is still that very process: same number, and its mark in the command line.
 * @param {string} dataDir
 * @param {Part} part
 * @returns {RunRecord | null}
 */
export function findLeftRunning(dataDir, part) {
  const record = readJson(runFileOf(dataDir, part));
  if (!record) return null;
  const { pid, startedAt, command, port, mark } = record;
  if (typeof pid !== 'number' || typeof port !== 'number' || typeof mark !== 'string' || !isRunning(pid, mark))
    return null;
  return { pid, startedAt: String(startedAt), command: String(command), port, mark };
}

/**
 * Ends what an earlier run left running of that part, and forgets it.
 * @param {string} dataDir
 * @param {Part} part
 * @param {{ limitMs?: number }} [options]
 * @returns {Promise<boolean>} whether there was something to end
 */
export async function endLeftRunning(dataDir, part, { limitMs = 10_000 } = {}) {
  const left = findLeftRunning(dataDir, part);
  if (left) await endProcess(left.pid, { limitMs, mark: left.mark });
  rmSync(runFileOf(dataDir, part), { force: true });
  return left !== null;
}

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal does not reach it, and waits until it answers.
 * `run/<part>.json` is written before the wait: whoever dies in between leaves a trace to clean up by.
 * @param {{
 *   dataDir: string, part: Part, program: string, command: string[], mark: string, port: number, cwd?: string, env: NodeJS.ProcessEnv,
 *   isReady: () => Promise<boolean>, readyMs?: number, isShown?: boolean, signal?: AbortSignal | undefined,
 * }} options `program` is its name for people; `isShown` lets it write to our terminal instead of its log
 * @returns {Promise<RunRecord>}
 * @throws {LauncherFailure} `store.failed` when it ends by itself, `store.slow` when it never answers
 */
export async function startProcess({
  dataDir,
  part,
  program,
  command,
  mark,
  port,
  cwd,
  env,
  isReady,
  readyMs = 60_000,
  isShown = false,
  signal,
}) {
  const log = logFileOf(dataDir, part);
  const file = openLog(log);
  const [path = '', ...args] = command;
  // What it writes is nobody else's on this machine.
  const usual = process.umask(0o077);
  const child = spawn(path, args, {
    detached: true,
    stdio: ['ignore', isShown ? 'inherit' : file, isShown ? 'inherit' : file],
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  process.umask(usual);
  closeSync(file);
  let ended = false;
  child.once('error', () => (ended = true));
  child.once('exit', () => (ended = true));
  child.unref();
  const failed = () => new LauncherFailure(say('store.failed', { program, log }), { code: 'store.failed' });
  if (child.pid === undefined) throw failed();
  const record = { pid: child.pid, startedAt: new Date().toISOString(), command: command.join(' '), port, mark };
  writeJson(runFileOf(dataDir, part), record);
  const until = Date.now() + readyMs;
  try {
    for (let waitMs = 2; !(await isReady()); waitMs = Math.min(waitMs * 2, 100)) {
      signal?.throwIfAborted();
      if (ended) throw failed();
      if (Date.now() > until) {
        throw new LauncherFailure(say('store.slow', { program, seconds: readyMs / 1000, log }), { code: 'store.slow' });
      }
      await sleep(waitMs);
    }
    // Another program could have answered on that port while ours failed to take it.
    if (ended || !isRunning(child.pid)) throw failed();
    return record;
  } catch (error) {
    await stopProcess(dataDir, part, record);
    throw error;
  }
}

/**
 * @param {string} dataDir
 * @param {Part} part
 * @param {RunRecord} record
 * @param {{ limitMs?: number }} [options]
 * @returns {Promise<'gone' | 'ended' | 'killed'>}
 */
export async function stopProcess(dataDir, part, record, { limitMs = 10_000 } = {}) {
  const how = await endProcess(record.pid, { limitMs, mark: record.mark });
  if (readJson(runFileOf(dataDir, part))?.pid === record.pid) rmSync(runFileOf(dataDir, part), { force: true });
  return how;
}

/**
 * `kill -9`, for tests of what survives it.
 * @param {RunRecord} record
 */
export async function killProcess(record) {
  if (isRunning(record.pid, record.mark)) process.kill(record.pid, 'SIGKILL');
  await waitUntilGone(record.pid, record.mark, 5_000);
}

/**
 * Opens a log to append to; one that has grown large is begun anew.
 * @param {string} log
 */
function openLog(log) {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  const isLarge = existsSync(log) && statSync(log).size > LOG_BYTES_MAX;
  return openSync(log, isLarge ? 'w' : 'a', 0o600);
}
