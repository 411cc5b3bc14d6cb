import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

/**
 * Writes a JSON file whole or not at all, for its owner only: to a temporary name beside it, then renamed.
 * @param {string} path
 * @param {unknown} value
 */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** What a run keeps in its data folder. Whatever else lies there is left alone: somebody may have named a folder by mistake. */
const KEPT = ['db', 'valkey', 'run', 'logs', 'lock', 'demo', 'secrets', 'seeded', 'server', 'stores'].flatMap(
  (name) => [name, `${name}.json`],
);

/**
 * Takes from everybody else on this machine a data folder, and in it what a run keeps there.
 * @param {string} folder
 * @returns {boolean} whether all of it is ours alone now: a file of somebody else's, or a disk without modes, stays as it is
 */
export function keepPrivate(folder) {
  let isPrivate = true;
  /** @param {string} path @param {readonly string[]} [names] */
  const close = (path, names) => {
    try {
      const stat = lstatSync(path);
      if (stat.isSymbolicLink()) return;
      if ((stat.mode & 0o077) !== 0) chmodSync(path, stat.mode & 0o700);
      isPrivate &&= (lstatSync(path).mode & 0o077) === 0;
      if (stat.isDirectory()) for (const name of names ?? readdirSync(path)) close(join(path, name));
    } catch (error) {
      // Stores that an interrupted run left running come and go with their files meanwhile.
      isPrivate &&= /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
    }
  };
  close(folder, KEPT);
  return isPrivate;
}

/**
 * @param {string} path
 * @returns {Record<string, unknown> | null} `null` when it is missing or is not a JSON object
 */
export function readJson(path) {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The first executable of that name on PATH.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} its absolute path
 */
export function findOnPath(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (isAbsolute(folder) && isExecutable(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
