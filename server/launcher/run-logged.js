import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { readJson, writeJson } from './files.js';
import { isRunning, waitUntilGone } from './processes.js';

const END_MS = 5_000;

/**
 * Runs a program to its end with its output in a log file, which is begun anew unless `append`. It gets a process group
 * of its own, so that aborting ends also what it started in turn; and while it runs, `<log>.pid` names it, so that when
 * we are killed the next run ends it before it begins the same work. The caller holds the lock of that work.
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined, append?: boolean }} options
 * @returns {Promise<boolean>} whether it ended with code 0; `false` too when it could not be started
 * @throws the signal's reason when it was aborted, after the program has ended
 */
export async function runLogged(command, args, { log, cwd, env = process.env, signal, append = false }) {
  signal?.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  await endLeftAtWork(log);
  const file = openSync(log, append ? 'a' : 'w');
  writeSync(file, `$ ${[command, ...args].join(' ')}\n`);
  try {
    const options = { env, detached: true, ...(cwd === undefined ? {} : { cwd }) };
    const child = spawn(command, args, { ...options, stdio: ['ignore', file, file] });
    const ended = new Promise((resolve) => {
      child.once('error', (error) => {
        writeSync(file, `${error.message}\n`);
        resolve(-1);
      });
      child.once('exit', resolve);
    });
    const { pid } = child;
    if (pid !== undefined) {
      writeJson(pidFileOf(log), { pid, mark: args.at(-1) ?? command });
    }
    const end = () => void (pid !== undefined && endGroup(pid, ended));
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    const code = await ended;
    signal?.removeEventListener('abort', end);
    signal?.throwIfAborted();
    return code === 0;
  } finally {
    rmSync(pidFileOf(log), { force: true });
    closeSync(file);
  }
}

/**
 * Ends what a run that was killed left at work with that log.
 * @param {string} log
 */
export async function endLeftAtWork(log) {
  const left = readJson(pidFileOf(log));
  if (!left || typeof left.pid !== 'number' || typeof left.mark !== 'string') return;
  // npm gives itself another command line, so there its name must do.
  const mark = [left.mark, 'npm '].find((one) => isRunning(Number(left.pid), String(one)));
  if (mark !== undefined) {
    killGroup(left.pid, 'SIGKILL');
    await waitUntilGone(left.pid, String(mark), END_MS);
  }
  rmSync(pidFileOf(log), { force: true });
}

/** @param {string} log */
function pidFileOf(log) {
  return `${log}.pid`;
}

/**
 * @param {number} pid
 * @param {Promise<unknown>} ended
 */
function endGroup(pid, ended) {
  killGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => killGroup(pid, 'SIGKILL'), END_MS);
  void ended.then(() => clearTimeout(timer));
}

/**
 * @param {number} pid the leader's
 * @param {NodeJS.Signals} signal
 */
function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
