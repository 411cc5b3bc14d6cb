import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { npmCommand, npmEnv } from './install.js';
import { withLock } from './lock.js';
import { CHECKOUT } from './places.js';
import { silent } from './progress.js';
import { runLogged } from './run-logged.js';
import { say } from './words.js';

const WORKSPACES = ['shared', 'seeds', 'server', 'client'];
const ROOT_FILES = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'nx.json'];
const OUTPUTS = ['shared/dist', 'seeds/dist', 'server/dist', 'client/build'];
/** Made by the build or by an install, never read by it. */
const NOT_SOURCES = /^(dist|build|node_modules|\.svelte-kit|launcher|embedded)(\.|$)/;

/**
 * Makes sure that `dist` and the client are built from the sources as they are. When no source has changed since the
 * last time (path, size, time of change) nothing is run; else nx decides by content what to build.
 * @param {{ checkout?: string, progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<boolean>} whether a build was run
 * @throws {LauncherFailure} `build.failed`
 */
export async function ensureBuild({ checkout = CHECKOUT, progress = silent, signal } = {}) {
  if (isBuilt(checkout)) return false;
  return withLock(
    join(checkout, '.data', 'tools', 'build.lock'),
    async () => {
      if (isBuilt(checkout)) return false;
      await progress.step('build.run', () => build(checkout, signal));
      return true;
    },
    { onWait: () => progress.say('tools.wait'), ...(signal ? { signal } : {}) },
  );
}

/**
 * @param {string} checkout
 * @param {AbortSignal | undefined} signal
 */
async function build(checkout, signal) {
  const log = join(checkout, '.data', 'tools', 'build.log');
  const sources = fingerprintOfSources(checkout);
  const [command, ...first] = npmCommand();
  const env = { ...npmEnv(), NX_DAEMON: 'false', NX_TUI: 'false' };
  const done = await runLogged(command, [...first, 'run', '--silent', 'build'], { log, cwd: checkout, env, signal });
  if (!done) throw new LauncherFailure(say('build.failed', { log }), { code: 'build.failed' });
  const stamp = stampFile(checkout);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, stampOf(sources, checkout));
}

/** @param {string} checkout */
function isBuilt(checkout) {
  const stamp = stampFile(checkout);
  if (!existsSync(stamp) || !OUTPUTS.every((output) => existsSync(join(checkout, output)))) return false;
  return readFileSync(stamp, 'utf8') === stampOf(fingerprintOfSources(checkout), checkout);
}

/**
 * The times of the outputs belong to it: a build that somebody else ran is looked at by nx once.
 * @param {string} sources
 * @param {string} checkout
 */
function stampOf(sources, checkout) {
  const outputs = OUTPUTS.map((output) => join(checkout, output));
  return `${sources} ${outputs.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)).join(' ')}\n`;
}

/** @param {string} checkout */
function stampFile(checkout) {
  return join(checkout, '.data', 'tools', 'built');
}

/**
 * @param {string} checkout
 * @returns {string} a hash over path, size and time of change of every source of the build
 */
export function fingerprintOfSources(checkout) {
  const hash = createHash('sha256').update(process.versions.node);
  /** @param {string} path */
  const add = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
    if (!found?.isDirectory()) return;
    for (const name of readdirSync(path).sort()) add(join(path, name));
  };
  for (const name of ROOT_FILES) add(join(checkout, name));
  for (const workspace of WORKSPACES) {
    const folder = join(checkout, workspace);
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) if (!NOT_SOURCES.test(name)) add(join(folder, name));
  }
  return hash.digest('hex');
}
