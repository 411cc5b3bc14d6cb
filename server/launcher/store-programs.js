import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { findOnPath, isExecutable, readJson, writeJson } from './files.js';
import { ensureEmbedded } from './tools.js';
import { say } from './words.js';

/**
 * @typedef {'mongod' | 'rust' | 'python'} DatabaseKind
 * @typedef {'redis' | 'valkey' | 'embedded'} RedisKind
 * @typedef {{ toolsDir: string, env: NodeJS.ProcessEnv, progress: import('./progress.js').Progress, signal?: AbortSignal | undefined }} Surroundings
 */

const DATABASE_NAMES = { mongod: 'mongod', rust: 'secantusd-rs', python: 'SecantusDB' };
const DATABASE_HINTS = { mongod: 'mongod on PATH', rust: 'npm run fast-db', python: 'Python 3.11+' };
const MONGOD_MAJOR_MIN = 7;
const REDIS_MAJOR_MIN = 7;

/**
 * Which database serves a data folder, and how it is called. A folder with data keeps the kind that wrote it: the three
 * do not read each other's files. A new one takes `asked`, else mongod or secantusd-rs on PATH, else what fast-db built,
 * else the embedded one.
 * @param {string} dataDir
 * @param {DatabaseKind | undefined} asked
 * @param {Surroundings} around
 * @returns {Promise<{ kind: DatabaseKind, command: string[] }>}
 */
export async function chooseDatabase(dataDir, asked, around) {
  const kept = keptKind(dataDir, 'database', 'db', ['mongod', 'rust', 'python']);
  const kind = /** @type {DatabaseKind} */ (kept ?? asked ?? databaseAtHand(around));
  const path = kind === 'python' ? null : databasePath(kind, around);
  if (kind !== 'python' && path === null) {
    const params = { folder: join(dataDir, 'db'), program: DATABASE_NAMES[kind], hint: DATABASE_HINTS[kind] };
    throw new LauncherFailure(say('store.missing', params), { code: 'store.missing' });
  }
  keepKind(dataDir, 'database', kind);
  if (path !== null) return { kind, command: [path] };
  return { kind, command: [(await ensureEmbedded(around)).python, '-I', '-m', 'secantus'] };
}

/**
 * The same for Redis: redis-server or valkey-server on PATH, else the embedded Valkey.
 * @param {string} dataDir
 * @param {RedisKind | undefined} asked
 * @param {Surroundings} around
 * @returns {Promise<{ kind: RedisKind, command: string[] }>}
 */
export async function chooseRedis(dataDir, asked, around) {
  const kept = keptKind(dataDir, 'redis', 'valkey', ['redis', 'valkey', 'embedded']);
  const kind = /** @type {RedisKind} */ (kept ?? asked ?? redisAtHand(around.env));
  const path = kind === 'embedded' ? null : findOnPath(`${kind}-server`, around.env);
  if (kind !== 'embedded' && path === null) {
    const params = { folder: join(dataDir, 'valkey'), program: `${kind}-server`, hint: `${kind}-server on PATH` };
    throw new LauncherFailure(say('store.missing', params), { code: 'store.missing' });
  }
  keepKind(dataDir, 'redis', kind);
  return { kind, command: [path ?? (await ensureEmbedded(around)).valkeyServer] };
}

/**
 * Whether a new data folder would be served by the embedded pair, or a part of it.
 * @param {Surroundings} around
 */
export function needsEmbedded(around) {
  const { MONGODB_URI, REDIS_URL } = around.env;
  return (
    (!MONGODB_URI && databaseAtHand(around) === 'python') || (!REDIS_URL && redisAtHand(around.env) === 'embedded')
  );
}

/**
 * @param {Surroundings} around
 * @returns {DatabaseKind}
 */
function databaseAtHand(around) {
  const mongod = databasePath('mongod', around);
  if (mongod !== null && majorOf(mongod) >= MONGOD_MAJOR_MIN) return 'mongod';
  return databasePath('rust', around) === null ? 'python' : 'rust';
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {RedisKind}
 */
function redisAtHand(env) {
  for (const kind of /** @type {const} */ (['redis', 'valkey'])) {
    const path = findOnPath(`${kind}-server`, env);
    if (path !== null && majorOf(path) >= REDIS_MAJOR_MIN) return kind;
  }
  return 'embedded';
}

/**
 * @param {'mongod' | 'rust'} kind
 * @param {Surroundings} around
 * @returns {string | null}
 */
function databasePath(kind, { env, toolsDir }) {
  const onPath = findOnPath(DATABASE_NAMES[kind], env);
  if (onPath !== null || kind === 'mongod') return onPath;
  const built = join(toolsDir, 'bin', DATABASE_NAMES.rust);
  return isExecutable(built) ? built : null;
}

/**
 * The major version that `--version` tells: "db version v7.0.14", "Redis server v=7.2.4 …".
 * @param {string} path
 * @returns {number} 0 when it does not say
 */
function majorOf(path) {
  try {
    const text = execFileSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/\bv=?(\d+)\./.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/**
 * @param {string} dataDir
 * @param {'database' | 'redis'} part
 * @param {string} folder
 * @param {string[]} kinds
 * @returns {string | null} `null` for a folder without data
 */
function keptKind(dataDir, part, folder, kinds) {
  const path = join(dataDir, folder);
  if (!existsSync(path) || readdirSync(path).length === 0) return null;
  const kind = readJson(join(dataDir, 'stores.json'))?.[part];
  return typeof kind === 'string' && kinds.includes(kind) ? kind : null;
}

/**
 * @param {string} dataDir
 * @param {'database' | 'redis'} part
 * @param {string} kind
 */
function keepKind(dataDir, part, kind) {
  const path = join(dataDir, 'stores.json');
  const kept = readJson(path) ?? {};
  if (kept[part] !== kind) writeJson(path, { ...kept, [part]: kind });
}
