import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherFailure } from './failure.js';
import { findOnPath, isExecutable } from './files.js';
import { withLock } from './lock.js';
import { TOOLS_DIR } from './places.js';
import { progressOn } from './progress.js';
import { runLogged } from './run-logged.js';
import { endsWithSentence, untilInterrupted } from './terminal.js';
import { say } from './words.js';

/**
 * `npm run fast-db`: builds the Rust SecantusDB, 4 to 10 times as fast as the embedded Python one, into
 * `.data/tools/bin`. It appears there by a rename when it is whole.
 */

const VERSION = '0.5.3-beta.196';

await endsWithSentence(async () => {
  const progress = progressOn();
  const interrupt = untilInterrupted();
  try {
    await withLock(join(TOOLS_DIR, 'fast-db.lock'), () => build(progress, interrupt.signal), {
      onWait: () => progress.say('tools.wait'),
      signal: interrupt.signal,
    });
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    interrupt.end();
  }
});

/**
 * @param {import('./progress.js').Progress} progress
 * @param {AbortSignal} signal
 */
async function build(progress, signal) {
  const path = join(TOOLS_DIR, 'bin', 'secantusd-rs');
  const stamp = join(TOOLS_DIR, 'bin', 'secantusd-rs.version');
  if (isExecutable(path) && readVersion(stamp) === VERSION) return progress.say('fastdb.present', { path });
  const cargo = findOnPath('cargo');
  if (cargo === null) throw new LauncherFailure(say('fastdb.cargo'), { code: 'fastdb.cargo' });
  // The lock is ours, so what is there was left by a build that was cut off; cargo goes on from what it holds.
  const temporary = join(TOOLS_DIR, 'fast-db.tmp');
  const log = join(TOOLS_DIR, 'fast-db.log');
  mkdirSync(temporary, { recursive: true });
  const from = ['secantus-mdb', '--version', VERSION, '--locked', '--ignore-rust-version', '--force'];
  const to = ['--root', join(temporary, 'root'), '--target-dir', join(temporary, 'target')];
  await progress.step('fastdb.build', async () => {
    if (await runLogged(cargo, ['install', ...from, ...to], { log, signal })) return;
    throw new LauncherFailure(say('fastdb.failed', { log }), { code: 'fastdb.failed' });
  });
  const built = join(temporary, 'root', 'bin', 'secantusd-rs');
  mkdirSync(join(TOOLS_DIR, 'bin'), { recursive: true });
  chmodSync(built, 0o755);
  renameSync(built, path);
  writeFileSync(stamp, `${VERSION}\n`);
  rmSync(temporary, { recursive: true, force: true });
  progress.say('fastdb.done', { path });
}

/** @param {string} stamp */
function readVersion(stamp) {
  try {
    return readFileSync(stamp, 'utf8').trim();
  } catch {
    return null;
  }
}
