import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Runs a program to its end with its output in a log file, which is begun anew unless `append`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined, append?: boolean }} options
 * @returns {Promise<boolean>} whether it ended with code 0; `false` too when it could not be started
 * @throws the signal's reason when it was aborted, after the program has ended
 */
export async function runLogged(command, args, { log, cwd, env = process.env, signal, append = false }) {
  signal?.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, append ? 'a' : 'w');
  writeSync(file, `$ ${[command, ...args].join(' ')}\n`);
  try {
    const child = spawn(command, args, { env, stdio: ['ignore', file, file], ...(cwd === undefined ? {} : { cwd }) });
    const end = () => void child.kill('SIGTERM');
    signal?.addEventListener('abort', end, { once: true });
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
    closeSync(file);
  }
}
