import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build.js';
import { LauncherFailure } from './failure.js';
import { keepPrivate } from './files.js';
import { ensureInstall, requireNode } from './install.js';
import { tryLock } from './lock.js';
import { TOOLS_DIR } from './places.js';
import { silent } from './progress.js';
import { needsEmbedded } from './store-programs.js';
import { ensureEmbedded } from './tools.js';
import { say } from './words.js';

export { ensureBuild } from './build.js';
export { findChromium } from './chromium.js';
export { ensureInstall } from './install.js';
export { ensureEmbedded } from './tools.js';

/**
 * What every command needs before it can begin, each step skipped in milliseconds when it is done already: the right
 * Node, the packages, the build, and (with `stores`, where nothing else is at hand) the embedded stores' programs.
 * @param {{
 *   build?: boolean, stores?: boolean, env?: NodeJS.ProcessEnv,
 *   progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined,
 * }} [options]
 * @throws {LauncherFailure} with a sentence that says what to do
 */
export async function prepare({ build = true, stores = false, env = process.env, progress = silent, signal } = {}) {
  requireNode();
  await ensureInstall({ progress, signal });
  const around = { toolsDir: TOOLS_DIR, env, progress, signal };
  if (stores && needsEmbedded(around)) await ensureEmbedded(around);
  if (build) await ensureBuild({ progress, signal });
}

/**
 * A data folder, made where there is none; other users of the machine read nothing in it, an earlier run's files included.
 * @param {string} dataDir
 * @param {import('./progress.js').Progress} progress
 */
export function openDataDir(dataDir, progress) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!keepPrivate(dataDir)) progress.say('data.open', { folder: dataDir });
}

/**
 * Takes the lock of a data folder for a command that starts stores there itself.
 * @param {string} dataDir
 * @returns {import('./lock.js').Lock}
 * @throws {LauncherFailure} `lock.held` when `npm start` or another command has it
 */
export function lockDataDir(dataDir) {
  const { lock, holder } = tryLock(join(dataDir, 'lock'));
  if (lock) return lock;
  throw new LauncherFailure(say('lock.command', { pid: holder.pid, folder: dataDir }), { code: 'lock.held' });
}
