import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherFailure } from './failure.js';
import { readJson } from './files.js';
import { isHealthy } from './health.js';
import { tryLock } from './lock.js';
import { CHECKOUT, dataDirOf } from './places.js';
import { isPortFreeSoon, nextFreePort, readPort } from './ports.js';
import { progressOn } from './progress.js';
import { isPublic } from './reach.js';
import { runLogged } from './run-logged.js';
import { startServer } from './server-process.js';
import { startVite } from './vite-process.js';
import { openDataDir, prepare } from './setup.js';
import { endLeftRunning, findLeftRunning, logFileOf } from './store-process.js';
import { startStores } from './stores.js';
import { untilInterrupted } from './terminal.js';
import { say } from './words.js';

const PORT_WANTED = 3000;
const WATCH_MS = 1_000;
const RESTARTS_MAX = 5;

/**
 * Brings everything up and stays until Ctrl-C.
 * @param {{ isDev?: boolean, hasDemo?: boolean }} [options] `isDev`: the server runs the sources and starts anew when they
 *   change, and Vite serves the client; nothing else differs. `hasDemo`: there is a demo program, made if it is not there
 * @throws {LauncherFailure} after everything that had been started is down again
 */
export async function bringUp({ isDev = false, hasDemo = true } = {}) {
  const dataDir = dataDirOf();
  const progress = progressOn();
  openDataDir(dataDir, progress);
  const { lock, holder } = tryLock(join(dataDir, 'lock'));
  if (holder) return tellHolder(holder, dataDir);
  /** @type {Array<() => Promise<unknown>>} */
  const undo = [];
  const interrupt = untilInterrupted(() => progress.say('stop.hurry'));
  const { signal } = interrupt;
  try {
    if (await endLeftRunning(dataDir, 'server')) progress.say('orphans.ended', { parts: say('part.server') });
    rmSync(join(dataDir, 'server.json'), { force: true });
    await requireGivenPort();
    tellAdoption(dataDir, progress);
    await prepare({ stores: true, progress, signal });
    const stores = await progress.step('store.start', () => startStores({ dataDir, progress, signal }));
    undo.unshift(stores.stop);
    const port = await choosePort(progress);
    lock.setPort(port);
    const isEmbedded = stores.kind !== 'external';
    const { mongodbUri, redisUrl } = stores;
    await closeDemoDoors(dataDir, { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl }, progress, signal);
    const plan = { dataDir, port, mongodbUri, redisUrl, isEmbedded, isDev, env: process.env, signal };
    const server = await progress.step('server.start', () => startServer(plan));
    undo.unshift(server.stop);
    if (hasDemo) await seedOnce(dataDir, server.env, progress, signal);
    const url = isDev ? await startVite(server.env, undo) : server.url;
    tellReady(dataDir, url, hasDemo);
    await watch(dataDir, stores, server, progress, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (undo.length > 0) await progress.step('stop.run', () => inOrder(undo));
    interrupt.end();
    lock.release();
  }
  progress.say('stop.done');
}

/** @param {Array<() => Promise<unknown>>} steps */
async function inOrder(steps) {
  for (const step of steps) await step();
}

/**
 * @param {import('./lock.js').LockHolder} holder
 * @param {string} dataDir
 */
async function tellHolder(holder, dataDir) {
  if (holder.port !== null && (await isHealthy(holder.port))) {
    console.log(say('lock.healthy', { url: `http://localhost:${holder.port}` }));
    return;
  }
  throw new LauncherFailure(say('lock.starting', { pid: holder.pid, folder: dataDir }), { code: 'lock.held' });
}

/**
 * @param {string} dataDir
 * @param {import('./progress.js').Progress} progress
 */
function tellAdoption(dataDir, progress) {
  const left = /** @type {const} */ (['database', 'redis']).filter((part) => findLeftRunning(dataDir, part));
  if (left.length === 0) return;
  progress.say('orphans.adopted', { parts: left.map((part) => say(`part.${part}`)).join(', ') });
}

/**
 * A `PORT` that cannot be had is said before minutes of set-up.
 * @returns {Promise<number | null>} `null` when none was given
 */
async function requireGivenPort() {
  const given = readPort(process.env.PORT);
  if (given === 'wrong') {
    throw new LauncherFailure(say('port.wrong', { port: process.env.PORT ?? '' }), { code: 'port.wrong' });
  }
  if (given !== null && !(await isPortFreeSoon(given))) {
    throw new LauncherFailure(say('port.taken', { port: given }), { code: 'port.taken' });
  }
  return given;
}

/**
 * @param {import('./progress.js').Progress} progress
 * @returns {Promise<number>} `PORT` when it was given, else 3000 or the next free one
 */
async function choosePort(progress) {
  const given = await requireGivenPort();
  if (given !== null) return given;
  const port = await nextFreePort(PORT_WANTED);
  if (port === null) throw new LauncherFailure(say('port.none', { wanted: PORT_WANTED }), { code: 'port.none' });
  if (port !== PORT_WANTED) progress.say('port.next', { wanted: PORT_WANTED, port });
  return port;
}

/**
 * Creates the demo program in a new data folder. `seeded.json` is written when all of it is there: a seed that was cut
 * off runs again, and does again only what is missing, because its activities carry keys.
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./progress.js').Progress} progress
 * @param {AbortSignal} signal
 */
async function seedOnce(dataDir, env, progress, signal) {
  const seeded = join(dataDir, 'seeded.json');
  if (existsSync(seeded)) return;
  await progress.step('seed.run', () => runSeed(dataDir, [], env, signal));
  if (!existsSync(seeded)) writeFileSync(seeded, `${JSON.stringify({ at: new Date().toISOString() })}\n`);
}

/**
 * Where others reach the server, the demo's logins have no password that the documentation tells: one that was made while
 * nobody else did is changed before the server listens.
 * @param {string} dataDir
 * @param {Record<string, string>} stores
 * @param {import('./progress.js').Progress} progress
 * @param {AbortSignal} signal
 */
async function closeDemoDoors(dataDir, stores, progress, signal) {
  const demo = readJson(join(dataDir, 'demo.json'));
  if (!isPublic(process.env) || demo === null || demo.isDocumented === false) return;
  const env = { ...process.env, ...stores, DATA_DIR: dataDir };
  await progress.step('seed.doors', () => runSeed(dataDir, ['--doors'], env, signal));
}

/**
 * @param {string} dataDir
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function runSeed(dataDir, args, env, signal) {
  const command = ['--enable-source-maps', join(CHECKOUT, 'server', 'dist', 'commands', 'seed.js'), ...args];
  const log = join(dataDir, 'logs', 'seed.log');
  if (await runLogged(process.execPath, command, { log, cwd: CHECKOUT, env, signal })) return;
  throw new LauncherFailure(say('seed.failed', { log }), { code: 'seed.failed' });
}

/**
 * What is printed may be kept by others where others reach the server, such as a journal: then it says only where secrets stand.
 * @param {string} dataDir
 * @param {string} url
 * @param {boolean} hasDemo
 */
function tellReady(dataDir, url, hasDemo) {
  const file = join(dataDir, 'demo.json');
  const found = hasDemo ? readJson(file) : null;
  const demo = isPublic(process.env) ? {} : (found ?? {});
  const logins = /** @type {Array<{ email: string, password: string, role: string }>} */ (
    Array.isArray(demo.logins) ? demo.logins : []
  );
  const lines = ['', say('ready.title', { url }), ''];
  if (logins.length > 0) {
    const wide = Math.max(...logins.map((login) => login.email.length));
    const narrow = Math.max(...logins.map((login) => login.role.length));
    lines.push(say('ready.logins'));
    for (const { role, email, password } of logins) {
      lines.push(`  ${role.padEnd(narrow)}  ${email.padEnd(wide)}  ${password}`);
    }
    lines.push('');
  }
  if (found !== null && isPublic(process.env)) lines.push(say('ready.secret', { file }), '');
  if (typeof demo.curl === 'string') lines.push(say('ready.curl'), '', demo.curl.replaceAll('{url}', url), '');
  lines.push(say('ready.stop', { folder: dataDir }));
  console.log(lines.join('\n'));
}

/**
 * Until Ctrl-C: a store that ends by itself is started again on its port, which clients reconnect to; a server that
 * ends by itself ends the run.
 * @param {string} dataDir
 * @param {Awaited<ReturnType<typeof startStores>>} stores
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {import('./progress.js').Progress} progress
 * @param {AbortSignal} signal
 */
async function watch(dataDir, stores, server, progress, signal) {
  let restarts = 0;
  for (;;) {
    await sleep(WATCH_MS, undefined, { signal });
    for (const part of /** @type {const} */ (['database', 'redis'])) {
      const store = stores[part];
      if (!store || store.isRunning()) continue;
      const params = { program: say(`program.${part}`), log: logFileOf(dataDir, part) };
      restarts += 1;
      if (restarts > RESTARTS_MAX) throw new LauncherFailure(say('store.lost', params), { code: 'store.lost' });
      await store.start();
      progress.say('store.again', params);
    }
    if (!server.isRunning()) {
      throw new LauncherFailure(say('server.ended', { log: logFileOf(dataDir, 'server') }), { code: 'server.ended' });
    }
  }
}
