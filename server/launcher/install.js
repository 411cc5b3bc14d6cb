import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { withLock } from './lock.js';
import { CHECKOUT } from './places.js';
import { silent } from './progress.js';
import { endLeftAtWork, runLogged } from './run-logged.js';
import { say } from './words.js';

const INSTALL = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'];
const NODE_MIN = [20, 20];

/**
 * @param {string} [version] like `20.20.1`
 * @throws {LauncherFailure} `node.old`
 */
export function requireNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorMin = 0, minorMin = 0] = NODE_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return;
  throw new LauncherFailure(say('node.old', { version }), { code: 'node.old' });
}

/**
 * What `node_modules/.verbena` says after a complete install for this lockfile, Node and platform.
 * @param {string} lockfile its text
 * @param {{ node?: string, platform?: string }} [machine]
 */
export function stampOf(
  lockfile,
  { node = process.versions.node, platform = `${process.platform}-${process.arch}` } = {},
) {
  const hash = createHash('sha256').update(lockfile).digest('hex');
  return `${hash} node${node.split('.')[0]} ${platform}\n`;
}

/**
 * Makes sure that the JavaScript packages are those of the lockfile. `npm ci` is not used: it refuses a lockfile that
 * was made on another platform. The stamp is written last; an install that was cut off is begun anew from nothing,
 * because npm takes half-unpacked packages for whole ones.
 * @param {{ checkout?: string, progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {LauncherFailure} `install.failed`
 */
export async function ensureInstall({ checkout = CHECKOUT, progress = silent, signal } = {}) {
  if (isInstalled(checkout)) return false;
  return withLock(
    join(checkout, '.data', 'tools', 'install.lock'),
    async () => {
      if (isInstalled(checkout)) return false;
      await progress.step('install.run', () => install(checkout, signal));
      return true;
    },
    { onWait: () => progress.say('tools.wait'), ...(signal ? { signal } : {}) },
  );
}

/** @param {string} checkout */
function isInstalled(checkout) {
  const stamp = join(checkout, 'node_modules', '.verbena');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(readLockfile(checkout));
}

/**
 * @param {string} checkout
 * @param {AbortSignal | undefined} signal
 */
async function install(checkout, signal) {
  const modules = join(checkout, 'node_modules');
  const cutOff = join(modules, '.verbena-installing');
  const log = join(checkout, '.data', 'tools', 'npm-install.log');
  await endLeftAtWork(log);
  if (existsSync(cutOff)) rmSync(modules, { recursive: true, force: true, maxRetries: 10 });
  mkdirSync(modules, { recursive: true });
  rmSync(join(modules, '.verbena'), { force: true });
  writeFileSync(cutOff, '');
  const stamp = stampOf(readLockfile(checkout));
  const [command, ...first] = npmCommand();
  const done = await runLogged(command, [...first, ...INSTALL], {
    log,
    cwd: checkout,
    env: npmEnv(),
    signal,
  });
  if (!done) throw new LauncherFailure(say('install.failed', { log }), { code: 'install.failed' });
  rmSync(cutOff, { force: true });
  writeFileSync(join(modules, '.verbena'), stamp);
}

/**
 * The npm that runs us, else the one on PATH.
 * @returns {[string, ...string[]]}
 */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script && /\.c?js$/.test(script) ? [process.execPath, script] : ['npm'];
}

/**
 * The environment for an inner npm: what the outer one says about its own script and workspace stays outside.
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnv() {
  const own = /^npm_(lifecycle|package|command|config_(workspace|omit|include|production|global|local_prefix|prefix))/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name) && name !== 'NODE_ENV'));
}

/** @param {string} checkout */
function readLockfile(checkout) {
  return readFileSync(join(checkout, 'package-lock.json'), 'utf8');
}
