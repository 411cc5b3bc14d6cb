import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeJson } from './files.js';
import { isHealthy } from './health.js';
import { CHECKOUT } from './places.js';
import { isRunning } from './processes.js';
import { isPublic } from './reach.js';
import { startProcess, stopProcess } from './store-process.js';
import { say } from './words.js';

const READY_MS = 120_000;
/** Time for requests in flight and queued groups to be committed. */
const DRAIN_MS = 20_000;

/**
 * Starts the built server in a session of its own, waits until it is healthy, and writes `server.json { url, token }`
 * (0600), by which the commands of this machine find it.
 * @param {{
 *   dataDir: string, port: number, mongodbUri: string, redisUrl: string, isEmbedded: boolean, env: NodeJS.ProcessEnv,
 *   isDev?: boolean, signal?: AbortSignal | undefined,
 * }} options `isDev` runs the sources; `isEmbedded` opens sign-up for the demo where only this machine reaches it, unless
 *   `VERBENA_SIGNUP` says otherwise
 * @returns {Promise<{ url: string, token: string, pid: number, env: NodeJS.ProcessEnv, isRunning: () => boolean, stop: () => Promise<void> }>}
 *   `env` is also what its commands run with
 * @throws {import('./failure.js').LauncherFailure} `store.failed`, `store.slow`
 */
export async function startServer({ dataDir, port, mongodbUri, redisUrl, isEmbedded, isDev = false, env, signal }) {
  const token = randomBytes(32).toString('base64url');
  const url = `http://localhost:${port}`;
  const main = join(CHECKOUT, 'server', isDev ? 'src/main.ts' : 'dist/main.js');
  const serverEnv = {
    VERBENA_SIGNUP: isEmbedded && !isPublic(env) ? 'open' : 'operator',
    ...env,
    MONGODB_URI: mongodbUri,
    REDIS_URL: redisUrl,
    PORT: String(port),
    DATA_DIR: dataDir,
    VERBENA_URL: `http://127.0.0.1:${port}`,
    VERBENA_LOCAL_TOKEN: token,
  };
  const record = await startProcess({
    dataDir,
    part: 'server',
    program: say('program.server'),
    command: [process.execPath, ...(isDev ? devFlags() : ['--enable-source-maps']), main],
    mark: main,
    port,
    cwd: CHECKOUT,
    isShown: isDev,
    env: serverEnv,
    isReady: () => isHealthy(port),
    readyMs: READY_MS,
    signal,
  });
  const addressFile = join(dataDir, 'server.json');
  writeJson(addressFile, { url: serverEnv.VERBENA_URL, token });
  return {
    url,
    token,
    pid: record.pid,
    env: serverEnv,
    isRunning: () => isRunning(record.pid, record.mark),
    async stop() {
      rmSync(addressFile, { force: true });
      await stopProcess(dataDir, 'server', record, { limitMs: DRAIN_MS });
    },
  };
}

/** What runs the TypeScript sources as they are, again at every change of one of the rooms that the server imports. */
function devFlags() {
  // As two arguments each: of `--watch-path=…` given several times, Node 20 starts a watcher within a watcher.
  const rooms = ['shared', 'seeds', 'server'].flatMap((room) => ['--watch-path', join(CHECKOUT, room, 'src')]);
  const loader = pathToFileURL(join(CHECKOUT, 'server', 'dev-loader.mjs')).href;
  return [...rooms, '--watch-preserve-output', '--conditions=source', '--import', loader];
}
