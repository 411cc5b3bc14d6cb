import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOOLS_DIR } from '@verbena/server/launcher/places.js';
import { runLogged } from '@verbena/server/launcher/run-logged.js';

/**
 * Makes sure that the packages of a peer, `test/bench/<name>/package.json`, lie in a folder of their own beside the stores' programs,
 * and gives what loads them from there. They are no part of the product: nothing but the bench ever sees them. Null, with a
 * sentence, where they cannot be had.
 */
export async function loadPeer(name: string): Promise<NodeJS.Require | null> {
  const from = fileURLToPath(new URL(`${name}/`, import.meta.url));
  const lockfile = readFileSync(path.join(from, 'package-lock.json'));
  const hash = createHash('sha256').update(lockfile).digest('hex').slice(0, 12);
  const folder = path.join(TOOLS_DIR, `bench-${name}-${hash}`);
  if (!existsSync(folder)) {
    const temporary = `${folder}.${process.pid}.tmp`;
    mkdirSync(temporary, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(path.join(from, file), path.join(temporary, file));
    const log = path.join(TOOLS_DIR, `bench-${name}.log`);
    const isThere = await runLogged('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      log,
      cwd: temporary,
    });
    if (!isThere) {
      rmSync(temporary, { recursive: true, force: true });
      console.log(`${name} could not be installed and is left out: ${log}`);
      return null;
    }
    renameSync(temporary, folder);
  }
  return createRequire(path.join(folder, 'package.json'));
}
