import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { findOnPath, isExecutable } from './files.js';
import { TOOLS_DIR } from './places.js';
import { silent } from './progress.js';
import { runLogged } from './run-logged.js';
import { say } from './words.js';

/** The shell first: it is the same browser without windows, and the tests take a fifth less time in it. */
const CHROMIUM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];
/** Debian's packages of it, the best first; older releases have no shell of its own. */
const DEBIAN_PACKAGES = ['chromium-headless-shell', 'chromium'];
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The browser for the browser tests: `CHROMIUM_PATH`, then PATH; on Debian as root it is installed.
 * @param {{ env?: NodeJS.ProcessEnv, progress?: import('./progress.js').Progress, signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<string>} its path
 * @throws {LauncherFailure} `chromium.missing`
 */
export async function findChromium({ env = process.env, progress = silent, signal } = {}) {
  const asked = env.CHROMIUM_PATH;
  if (asked) {
    if (isExecutable(asked)) return asked;
    throw new LauncherFailure(say('chromium.wrong', { path: asked }), { code: 'chromium.missing' });
  }
  const found = findInstalled(env);
  if (found) return found;
  const apt = findOnPath('apt-get', env);
  if (apt && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    await progress.step('chromium.install', () => installFromDebian(apt, env, signal));
    const installed = findInstalled(env);
    if (installed) return installed;
  }
  throw new LauncherFailure(say('chromium.none'), { code: 'chromium.missing' });
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
function findInstalled(env) {
  for (const name of CHROMIUM_NAMES) {
    const path = findOnPath(name, env);
    if (path) return path;
  }
  return process.platform === 'darwin' ? (MAC_APPS.find(isExecutable) ?? null) : null;
}

/**
 * @param {string} apt
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal | undefined} signal
 */
async function installFromDebian(apt, env, signal) {
  const log = join(TOOLS_DIR, 'chromium-install.log');
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = async () => {
    for (const name of DEBIAN_PACKAGES) {
      const args = ['install', '-y', '--no-install-recommends', name];
      if (await runLogged(apt, args, { log, env: quiet, signal, append: true })) return true;
    }
    return false;
  };
  if (await install()) return;
  // A machine that never fetched its package lists knows no Chromium.
  await runLogged(apt, ['update'], { log, env: quiet, signal, append: true });
  await install();
}
