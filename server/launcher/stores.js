import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LauncherFailure } from './failure.js';
import { askDatabase, pingDatabase, pingRedis } from './ping.js';
import { TOOLS_DIR } from './places.js';
import { freePort } from './ports.js';
import { silent } from './progress.js';
import { passwordOf } from './secrets.js';
import { endLeftRunning, findLeftRunning, killProcess, logFileOf, startProcess, stopProcess } from './store-process.js';
import { chooseDatabase, chooseRedis } from './store-programs.js';
import { say } from './words.js';
import { readJson, writeJson } from './files.js';
import { isRunning } from './processes.js';

/**
 * @typedef {import('./store-programs.js').DatabaseKind} DatabaseKind
 * @typedef {import('./store-programs.js').RedisKind} RedisKind
 * @typedef {import('./store-process.js').RunRecord} RunRecord
 */

/**
 * One running store. `start` runs it again on the same port and folder, after `stop`, `kill` or its own end.
 * @typedef {{
 *   kind: DatabaseKind | RedisKind, url: string, port: number, readonly pid: number, adopted: boolean,
 *   isRunning: () => boolean, stop: () => Promise<void>, kill: () => Promise<void>, start: () => Promise<void>,
 * }} Store
 */

/**
 * @typedef {{
 *   dataDir: string, toolsDir?: string, env?: NodeJS.ProcessEnv,
 *   progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined,
 * }} StoreOptions
 */

/** Long enough for a recovery after a crash with much data; a fresh start takes under a second. */
const READY_MS = 120_000;
const DATABASE_NAME = 'verbena';
/** The one user of a SecantusDB; it may do everything there. */
const DATABASE_USER = 'verbena';

/**
 * Starts the database of a data folder (`db/`) on loopback and waits until it takes writes. Without `port` a free one is
 * chosen. One that an interrupted run left running there is taken over if it is the same in `port` and `syncOnCommit`,
 * else ended first.
 * @param {StoreOptions & { port?: number | undefined, syncOnCommit?: boolean, kind?: DatabaseKind | undefined }} options
 *   `syncOnCommit: false` loses acknowledged writes when the database is killed: only for the test that shows it;
 *   `kind` asks for a program, where the folder has no data yet
 * @returns {Promise<Store>} `url` is `mongodb://[verbena:<password>@]127.0.0.1:<port>/verbena?directConnection=true…`; a mongod
 *   that was found asks for no password
 * @throws {import('./failure.js').LauncherFailure} `store.failed`, `store.slow`, `store.missing`, or those of `ensureEmbedded`
 */
export async function startDatabase({ syncOnCommit = true, kind: asked, ...options }) {
  const around = surroundings(options);
  const { kind, command } = await chooseDatabase(around.dataDir, asked, around);
  const folder = join(around.dataDir, 'db');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (kind !== 'mongod') await provideUser(around, folder, [...command, ...secantusFlags(around.dataDir, kind, true)]);
  return runStore({
    ...around,
    part: 'database',
    kind,
    // mongod keeps its own address in its replica set's configuration, so its port stays the same from run to run.
    port: options.port ?? (kind === 'mongod' ? await keptPort(around.dataDir) : undefined),
    mark: folder,
    commandOn: (port) =>
      kind === 'mongod'
        ? [...command, '--replSet', DATABASE_NAME, '--bind_ip', '127.0.0.1', '--port', `${port}`, '--dbpath', folder]
        : [
            ...[...command, ...secantusFlags(around.dataDir, kind, syncOnCommit)],
            ...['--auth', '--port', `${port}`, '--storage-path', folder],
          ],
    isReady: (port) => (kind === 'mongod' ? readyMongod(port) : pingDatabase(port)),
    isSame: (left) =>
      kind === 'mongod' ||
      (left.command.includes(' --auth ') && left.command.includes(' --sync-on-commit') === syncOnCommit),
    urlOf: (port) => databaseUrl(around.dataDir, kind, port),
  });
}

/**
 * Starts the Redis of a data folder (`valkey/`) on loopback, with the password of `secrets.json`, append-only and without
 * eviction, and waits until it has loaded its data. Otherwise like `startDatabase`.
 * @param {StoreOptions & { port?: number | undefined, kind?: RedisKind | undefined }} options
 * @returns {Promise<Store>} `url` is `redis://:<password>@127.0.0.1:<port>/0`
 * @throws {import('./failure.js').LauncherFailure} as `startDatabase`
 */
export async function startRedis({ kind: asked, ...options }) {
  const around = surroundings(options);
  const { kind, command } = await chooseRedis(around.dataDir, asked, around);
  const password = passwordOf(around.dataDir, 'redisPassword');
  const folder = join(around.dataDir, 'valkey');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const config = join(around.dataDir, 'run', 'redis.conf');
  return runStore({
    ...around,
    part: 'redis',
    kind,
    port: options.port,
    mark: config,
    commandOn: (port) => {
      writeRedisConfig(config, folder, port, password);
      return [...command, config];
    },
    isReady: (port) => pingRedis(port, password),
    isSame: () => true,
    urlOf: (port) => redisUrl(port, password),
  });
}

/**
 * Both stores: `MONGODB_URI` and `REDIS_URL` where they are set, else programs that are found or installed. The caller
 * holds the data folder's lock (`lockDataDir`), or a folder that nobody else knows.
 * @param {StoreOptions & { syncOnCommit?: boolean, kind?: DatabaseKind | undefined }} options
 * @returns {Promise<{
 *   mongodbUri: string, redisUrl: string, kind: DatabaseKind | 'external',
 *   readonly pids: { database: number | null, redis: number | null },
 *   database: Store | null, redis: Store | null,
 *   restart: (part: 'database' | 'redis') => Promise<void>, stop: () => Promise<void>,
 * }>} `kind` is the database's; `restart` ends the part if it still runs and starts it on the same port and folder;
 *   `stop` ends Redis, then the database. External ones are neither ended nor restarted.
 * @throws {import('./failure.js').LauncherFailure} as `startDatabase`; then nothing is left running
 */
export async function startStores({ syncOnCommit = true, kind, ...options }) {
  const env = options.env ?? process.env;
  // What an earlier run started here and this one does not use would otherwise stay for ever.
  if (env.MONGODB_URI) await endLeftRunning(resolve(options.dataDir), 'database');
  if (env.REDIS_URL) await endLeftRunning(resolve(options.dataDir), 'redis');
  const started = await Promise.allSettled([
    env.MONGODB_URI ? null : startDatabase({ ...options, syncOnCommit, kind }),
    env.REDIS_URL ? null : startRedis(options),
  ]);
  const [database, redis] = started.map((one) => (one.status === 'fulfilled' ? one.value : null));
  const stop = async () => {
    await redis?.stop();
    await database?.stop();
  };
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return {
    mongodbUri: database?.url ?? env.MONGODB_URI ?? '',
    redisUrl: redis?.url ?? env.REDIS_URL ?? '',
    kind: database ? /** @type {DatabaseKind} */ (database.kind) : 'external',
    get pids() {
      return { database: database?.pid ?? null, redis: redis?.pid ?? null };
    },
    database: database ?? null,
    redis: redis ?? null,
    restart: async (part) => {
      const store = part === 'database' ? database : redis;
      await store?.stop();
      await store?.start();
    },
    stop,
  };
}

/**
 * The addresses of the stores that run for a data folder now, for a command beside a running server.
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {{ mongodbUri: string | null, redisUrl: string | null }} `null` for one that does not run
 */
export function findRunningStores(dataDir, env = process.env) {
  const database = findLeftRunning(dataDir, 'database');
  const redis = findLeftRunning(dataDir, 'redis');
  const kept = readJson(join(dataDir, 'stores.json'));
  return {
    mongodbUri: env.MONGODB_URI || (database && databaseUrl(dataDir, String(kept?.database), database.port)),
    redisUrl: env.REDIS_URL || (redis && redisUrl(redis.port, passwordOf(dataDir, 'redisPassword'))),
  };
}

/** @param {string} dataDir @param {string} kind @param {number} port */
function databaseUrl(dataDir, kind, port) {
  const place = `127.0.0.1:${port}/${DATABASE_NAME}?directConnection=true`;
  if (kind === 'mongod') return `mongodb://${place}`;
  return `mongodb://${DATABASE_USER}:${passwordOf(dataDir, 'databasePassword')}@${place}&authSource=admin`;
}

/** @param {number} port @param {string} password */
function redisUrl(port, password) {
  return `redis://:${password}@127.0.0.1:${port}/0`;
}

/**
 * @param {{
 *   dataDir: string, env: NodeJS.ProcessEnv, signal?: AbortSignal | undefined, part: 'database' | 'redis',
 *   kind: DatabaseKind | RedisKind, port: number | undefined, mark: string, commandOn: (port: number) => string[],
 *   isReady: (port: number) => Promise<boolean>, isSame: (left: RunRecord) => boolean, urlOf: (port: number) => string,
 * }} plan
 * @returns {Promise<Store>}
 */
async function runStore({ dataDir, env, signal, part, kind, port: wanted, mark, commandOn, isReady, isSame, urlOf }) {
  /** @param {number} port @param {AbortSignal} [until] */
  const startOn = (port, until) =>
    startProcess({
      dataDir,
      part,
      program: say(`program.${part}`),
      command: commandOn(port),
      mark,
      port,
      cwd: dataDir,
      env: storeEnv(env),
      isReady: () => isReady(port),
      readyMs: READY_MS,
      ...(until === undefined ? {} : { signal: until }),
    });
  const left = findLeftRunning(dataDir, part);
  const adopted =
    left !== null && (wanted === undefined || wanted === left.port) && isSame(left) && (await isReady(left.port));
  if (left && !adopted) await stopProcess(dataDir, part, left);
  let record = adopted && left ? left : await startOn(wanted ?? (await freePort()), signal);
  const port = record.port;
  return {
    kind,
    url: urlOf(port),
    port,
    adopted,
    get pid() {
      return record.pid;
    },
    isRunning: () => isRunning(record.pid, record.mark),
    stop: async () => void (await stopProcess(dataDir, part, record)),
    kill: () => killProcess(record),
    start: async () => {
      if (!isRunning(record.pid, record.mark)) record = await startOn(port);
    },
  };
}

/**
 * @param {string} dataDir
 * @param {'rust' | 'python'} kind
 * @param {boolean} syncOnCommit
 * @returns {string[]} all but the port, the folder, and that it asks for a password
 */
function secantusFlags(dataDir, kind, syncOnCommit) {
  // Without --config it would read one from the home folder or /etc.
  const config = join(dataDir, 'run', 'database.toml');
  mkdirSync(join(dataDir, 'run'), { recursive: true, mode: 0o700 });
  writeFileSync(config, '# Written at each start; all settings are given as flags.\n', { mode: 0o600 });
  const flags = ['--config', config, '--host', '127.0.0.1', '--log-level', 'WARNING'];
  if (syncOnCommit) flags.push('--sync-on-commit');
  // The Rust server trims its oplog only together with this heartbeat.
  if (kind === 'rust') flags.push('--noop-heartbeat-seconds', '10');
  return flags;
}

/**
 * Makes the user of a SecantusDB, or gives it the password of `secrets.json`: for that it runs once without asking for one, on
 * a port that nobody was told of. It is noted beside the data by the password's hash, so it is done once, and again where that
 * was lost.
 * @param {ReturnType<typeof surroundings>} around
 * @param {string} folder
 * @param {string[]} command
 * @throws {LauncherFailure} `store.failed`, `store.slow`
 */
async function provideUser({ dataDir, env, signal }, folder, command) {
  const pwd = passwordOf(dataDir, 'databasePassword');
  const note = join(folder, 'user.sha256');
  const done = createHash('sha256').update(pwd).digest('hex');
  if (existsSync(note) && readFileSync(note, 'utf8') === done) return;
  await endLeftRunning(dataDir, 'database');
  const port = await freePort();
  const program = say('program.database');
  const record = await startProcess({
    dataDir,
    part: 'database',
    program,
    command: [...command, '--port', `${port}`, '--storage-path', folder],
    mark: folder,
    port,
    cwd: dataDir,
    env: storeEnv(env),
    isReady: () => pingDatabase(port),
    readyMs: READY_MS,
    signal,
  });
  try {
    const roles = [{ role: 'root', db: 'admin' }];
    const made = await askDatabase(port, { createUser: DATABASE_USER, pwd, roles });
    const { ok } = made.ok === 1 ? made : await askDatabase(port, { updateUser: DATABASE_USER, pwd });
    if (ok !== 1) {
      const log = logFileOf(dataDir, 'database');
      throw new LauncherFailure(say('store.failed', { program, log }), { code: 'store.failed' });
    }
  } finally {
    await stopProcess(dataDir, 'database', record);
  }
  writeFileSync(note, done, { mode: 0o600 });
}

/**
 * A mongod is one node of a replica set, which it must be told once, for transactions.
 * @param {number} port
 */
async function readyMongod(port) {
  try {
    const hello = await askDatabase(port, { hello: 1 });
    if (hello.ok === 1 && hello.setName === undefined) {
      const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
      await askDatabase(port, { replSetInitiate: { _id: DATABASE_NAME, members } }, { timeoutMs: 10_000 });
    }
    return hello.isWritablePrimary === true;
  } catch {
    return false;
  }
}

/** @param {string} dataDir */
async function keptPort(dataDir) {
  const path = join(dataDir, 'stores.json');
  const kept = readJson(path) ?? {};
  if (typeof kept.mongodPort === 'number') return kept.mongodPort;
  const mongodPort = await freePort();
  writeJson(path, { ...kept, mongodPort });
  return mongodPort;
}

/**
 * A file and not flags: the password must not be seen in the list of processes.
 * @param {string} path
 * @param {string} folder
 * @param {number} port
 * @param {string} password
 */
function writeRedisConfig(path, folder, port, password) {
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(folder)}`,
    `requirepass ${password}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    // Its command line must stay as it was given: an interrupted run's process is recognised by it.
    'set-proc-title no',
    'loglevel warning',
  ];
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/**
 * Settings of the shell that would change what the stores do, or how safely they write, stay outside.
 * @param {NodeJS.ProcessEnv} env
 */
function storeEnv(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(SECANTUS|PYTHON|RUST_|LD_PRELOAD)/.test(name)));
}

/** @param {StoreOptions} options */
function surroundings({ dataDir, toolsDir = TOOLS_DIR, env = process.env, progress = silent, signal }) {
  return { dataDir: resolve(dataDir), toolsDir, env, progress, signal };
}
