import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHECKOUT } from './places.js';
import { freePort, nextFreePort } from './ports.js';

const PORT_WANTED = 5173;
const READY_MS = 60_000;

/**
 * Starts Vite's development server for the client; it passes the API and the sockets on to our server.
 * @param {NodeJS.ProcessEnv} env with `VERBENA_URL`
 * @param {Array<() => Promise<unknown>>} undo takes what ends it
 * @returns {Promise<string>} its address, once it answers
 */
export async function startVite(env, undo) {
  const port = (await nextFreePort(PORT_WANTED)) ?? (await freePort());
  const vite = join(CHECKOUT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'dev', '--port', String(port), '--strictPort', '--clearScreen', 'false'];
  const child = spawn(process.execPath, args, {
    cwd: join(CHECKOUT, 'client'),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  undo.unshift(() => {
    child.kill('SIGTERM');
    return ended;
  });
  const until = Date.now() + READY_MS;
  while (!(await answers(port)) && child.exitCode === null && Date.now() < until) await sleep(100);
  return `http://localhost:${port}`;
}

/** @param {number} port */
function answers(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: 'localhost', autoSelectFamily: true });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
