import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringUp } from './bring-up.js';
import { readJson } from './files.js';
import { isHealthy } from './health.js';
import { CHECKOUT, dataDirOf } from './places.js';
import { progressOn } from './progress.js';
import { lockDataDir, openDataDir, prepare } from './setup.js';
import { findRunningStores, startStores } from './stores.js';
import { endsWithSentence, untilInterrupted } from './terminal.js';

/**
 * The verbs beside `npm start` and `npm test`: `node command.js <verb> [arguments]`.
 *
 * `dev` is `start` on the sources. `bench` and `screens` run `test/bench/bench.ts` and `test/screens/screens.ts`, which start
 * stores of their own; `sim` runs `test/sim/sim.ts`, which needs none. `seed`, `import`,
 * `export` and `verify` run `server/dist/commands/<verb>.js` with `DATA_DIR`, `MONGODB_URI`, `REDIS_URL` and, beside a
 * running server, its `VERBENA_URL` and `VERBENA_LOCAL_TOKEN`; without one the stores are started for the command and
 * stopped after it. A proof is checked by itself, by `verify -- --proof FILE`, anywhere: without stores and without a data folder.
 */

const [verb = '', ...args] = process.argv.slice(2);
await endsWithSentence(async () => {
  if (verb === 'dev') return bringUp({ isDev: true, hasDemo: !args.includes('--no-demo') });
  const interrupt = untilInterrupted();
  try {
    process.exitCode = await run(progressOn(process.stderr), interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    interrupt.end();
  }
});

/**
 * @param {import('./progress.js').Progress} progress
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the exit code
 */
async function run(progress, signal) {
  const isSim = verb === 'sim';
  const isProof = verb === 'verify' && args.some((arg) => /^--proof(?:=|$)/.test(arg));
  await prepare({ progress, stores: !isSim && !isProof, build: !isSim, signal });
  if (isSim || verb === 'bench' || verb === 'screens') {
    const loader = pathToFileURL(join(CHECKOUT, 'server', 'dev-loader.mjs')).href;
    const flags = ['--conditions=source', '--import', loader, join(CHECKOUT, 'test', verb, `${verb}.ts`)];
    return runNode([...flags, ...args], process.env, signal);
  }
  const main = ['--enable-source-maps', join(CHECKOUT, 'server', 'dist', 'commands', `${verb}.js`), ...args];
  if (isProof) return runNode(main, process.env, signal);
  const dataDir = dataDirOf();
  const running = await findServer(dataDir);
  if (running) {
    const { mongodbUri, redisUrl } = findRunningStores(dataDir);
    const stores = { ...(mongodbUri && { MONGODB_URI: mongodbUri }), ...(redisUrl && { REDIS_URL: redisUrl }) };
    return runNode(main, { ...process.env, ...running, ...stores, DATA_DIR: dataDir }, signal);
  }
  openDataDir(dataDir, progress);
  const lock = lockDataDir(dataDir);
  try {
    const stores = await progress.step('store.start', () => startStores({ dataDir, progress, signal }));
    try {
      const addresses = { MONGODB_URI: stores.mongodbUri, REDIS_URL: stores.redisUrl, DATA_DIR: dataDir };
      return await runNode(main, { ...process.env, ...addresses }, signal);
    } finally {
      await stores.stop();
    }
  } finally {
    lock.release();
  }
}

/**
 * @param {string} dataDir
 * @returns {Promise<{ VERBENA_URL: string, VERBENA_LOCAL_TOKEN: string } | null>} `null` when none runs healthy
 */
async function findServer(dataDir) {
  const found = readJson(join(dataDir, 'server.json'));
  if (typeof found?.url !== 'string' || typeof found.token !== 'string') return null;
  const isUp = await isHealthy(Number(new URL(found.url).port));
  return isUp ? { VERBENA_URL: found.url, VERBENA_LOCAL_TOKEN: found.token } : null;
}

/**
 * Runs a program in our terminal. Ctrl-C reaches it by itself; `kill` is passed on.
 * @param {string[]} nodeArgs
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @returns {Promise<number>} its exit code; 130 when a signal ended it
 */
function runNode(nodeArgs, env, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, nodeArgs, {
      env,
      stdio: 'inherit',
      cwd: process.env.INIT_CWD ?? process.cwd(),
    });
    const end = () => void (signal.reason.signal !== 'SIGINT' && child.kill('SIGTERM'));
    signal.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      resolve(code ?? 130);
    });
  });
}
