// Translates the TypeScript of one workspace (the current folder) from src/ to dist/ with swc, for shared, seeds and server
// alike: one set of options (server/.swcrc), source maps, `.js` endings kept, tests left out. The result appears under a
// temporary name and is renamed, so that a build that is interrupted never leaves half a dist/.
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from '@swc/core';

const workspace = process.cwd();
const source = path.join(workspace, 'src');
const target = path.join(workspace, 'dist');
const fresh = `${target}.new-${process.pid}`;
const former = `${target}.old-${process.pid}`;
const { $schema: _, ...options } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));

async function removeLeftovers() {
  for (const name of await readdir(workspace)) {
    const owner = /^dist\.(?:new|old)-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(path.join(workspace, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function translate(file) {
  const from = path.join(source, file);
  const to = path.join(fresh, file);
  await mkdir(path.dirname(to), { recursive: true });
  if (!file.endsWith('.ts')) return cp(from, to);
  const output = to.replace(/\.ts$/, '.js');
  const { code, map } = await transform(await readFile(from, 'utf8'), {
    ...options,
    swcrc: false,
    filename: from,
    sourceFileName: path.relative(path.join(target, path.dirname(file)), from),
  });
  await writeFile(output, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
  await writeFile(`${output}.map`, map);
}

await removeLeftovers();
await mkdir(fresh, { recursive: true });
try {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !/\.spec\.ts$|\.d\.ts$/.test(entry.name))
    .map((entry) => path.relative(source, path.join(entry.parentPath ?? entry.path, entry.name)));
  await Promise.all(files.map(translate));
  await rename(target, former).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, target);
  await rm(former, { recursive: true, force: true });
  console.log(`${path.basename(workspace)}: ${files.length} files built`);
} catch (error) {
  await rm(fresh, { recursive: true, force: true });
  console.error(error.message ?? error);
  process.exitCode = 1;
}
