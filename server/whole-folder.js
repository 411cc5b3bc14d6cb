// A folder that is made anew and then takes the place of the former one: whoever reads it finds the one or the other, whole.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lets `make` fill a new folder and puts it in the place of `target`. When `make` fails, `target` stays as it was; what a
 * killed run left lying is removed by the next.
 * @template T
 * @param {string} target an absolute path
 * @param {(fresh: string) => Promise<T>} make
 * @returns {Promise<T>} what `make` gave
 */
export async function replaceWhole(target, make) {
  const fresh = `${target}.new-${process.pid}`;
  const former = `${target}.old-${process.pid}`;
  await removeLeftovers(target);
  await mkdir(fresh, { recursive: true });
  try {
    const made = await make(fresh);
    await rename(target, former).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(fresh, target);
    await rm(former, { recursive: true, force: true });
    return made;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** @param {string} target */
async function removeLeftovers(target) {
  const folder = path.dirname(target);
  for (const name of await readdir(folder)) {
    const [, owner] = name.startsWith(`${path.basename(target)}.`) ? (/\.(?:new|old)-(\d+)$/.exec(name) ?? []) : [];
    if (owner && !isAlive(Number(owner))) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
