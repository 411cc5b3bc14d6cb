// Translates the TypeScript of one workspace (the current folder) from src/ to dist/ with swc, for shared and seeds: one set
// of options (server/.swcrc), source maps, `.js` endings kept, tests left out. The server itself is bundled: bundle.js.
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from '@swc/core';
import { replaceWhole } from './whole-folder.js';

const workspace = process.cwd();
const source = path.join(workspace, 'src');
const target = path.join(workspace, 'dist');
const { $schema: _, ...options } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));

/**
 * @param {string} file below src/
 * @param {string} fresh where dist/ is made
 */
async function translate(file, fresh) {
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

try {
  const count = await replaceWhole(target, async (fresh) => {
    const entries = await readdir(source, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !/\.spec\.ts$|\.d\.ts$/.test(entry.name))
      .map((entry) => path.relative(source, path.join(entry.parentPath ?? entry.path, entry.name)));
    await Promise.all(files.map((file) => translate(file, fresh)));
    return files.length;
  });
  // What `npm run build` says of this room.
  console.log(`${path.basename(workspace)}: ${count} files built`);
} catch (error) {
  console.error(error.message ?? error);
  process.exitCode = 1;
}
