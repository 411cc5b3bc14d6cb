import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const END_MS = 5_000;

/**
 * Runs a program to its end with its output in a log file, which is begun anew unless `append`. It gets a process group
 * of its own, so that aborting ends also what it started in turn.
 * @param {string} command
 * @param {string[]} args
 * @param {{
 *   log: string, cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined, append?: boolean,
 *   onStart?: (pid: number) => void,
 * }} options
 * @returns {Promise<boolean>} whether it ended with code 0; `false` too when it could not be started
 * @throws the signal's reason when it was aborted, after the program has ended
 */
export async function runLogged(command, args, { log, cwd, env = process.env, signal, append = false, onStart }) {
  signal?.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, append ? 'a' : 'w');
  writeSync(file, `$ ${[command, ...args].join(' ')}\n`);
  const where = cwd === undefined ? {} : { cwd };
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', file, file], ...where });
    const { pid } = child;
    const end = () => {
      if (pid === undefined) return;
      killGroup(pid, 'SIGTERM');
      timer = setTimeout(() => killGroup(pid, 'SIGKILL'), END_MS);
    };
    signal?.addEventListener('abort', end, { once: true });
    if (pid !== undefined) onStart?.(pid);
    const code = await new Promise((resolve) => {
      child.once('error', (error) => {
        writeSync(file, `${error.message}\n`);
        resolve(-1);
      });
      child.once('exit', resolve);
    });
    signal?.removeEventListener('abort', end);
    signal?.throwIfAborted();
    return code === 0;
  } finally {
    clearTimeout(timer);
    closeSync(file);
  }
}

/**
 * @param {number} pid the leader's
 * @param {NodeJS.Signals} signal
 */
export function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
