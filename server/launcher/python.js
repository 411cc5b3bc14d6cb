import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from './files.js';

const run = promisify(execFile);

/** The wheels of the embedded stores need this version or a newer one. */
export const PYTHON_MINOR_MIN = 11;
const PYTHON_NAMES = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3'];

const PROBE = [
  'import importlib.util as u, sys',
  'parts = [m for m in ("venv", "ensurepip") if u.find_spec(m) is None]',
  'print("%d %d %s" % (sys.version_info[0], sys.version_info[1], ",".join(parts)))',
].join('\n');

/**
 * @typedef {{ path: string, version: string }} Python
 * @typedef {{ python: Python } | { python: null, reason: 'none' | 'old' | 'venv', version: string | null }} PythonChoice
 */

/**
 * The first Python on PATH that can make a virtual environment for the embedded stores: from python3.14 down to
 * python3.11, then python3.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<PythonChoice>} when none fits, the most hopeful reason: `venv` (only `venv` or `ensurepip` is missing), `old`, `none`
 */
export async function findPython(env = process.env) {
  /** @type {PythonChoice} */
  let best = { python: null, reason: 'none', version: null };
  for (const name of PYTHON_NAMES) {
    const path = findOnPath(name, env);
    if (path === null) continue;
    const found = await probe(path, env);
    if (found === null) continue;
    const version = `${found.major}.${found.minor}`;
    if (found.major !== 3 || found.minor < PYTHON_MINOR_MIN) {
      if (best.python === null && best.reason === 'none') best = { python: null, reason: 'old', version };
    } else if (found.missing !== '') {
      if (best.python === null && best.reason !== 'venv') best = { python: null, reason: 'venv', version };
    } else {
      return { python: { path, version } };
    }
  }
  return best;
}

/**
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ major: number, minor: number, missing: string } | null>} `null` when it does not run: a shim without a version behind it
 */
async function probe(path, env) {
  try {
    const { stdout } = await run(path, ['-I', '-c', PROBE], { env, timeout: 20_000 });
    const found = /^(\d+) (\d+) (\S*)\s*$/.exec(stdout);
    return found ? { major: Number(found[1]), minor: Number(found[2]), missing: found[3] ?? '' } : null;
  } catch {
    return null;
  }
}
