// Builds the server: what runs (main.js, and in commands/ the verbs and the children) with all that it imports, our own
// sources and libraries alike, in a few files of dist/. One by one Node reads 3,800 files before the server listens, which is
// more than half of a start; and a start is what members wait for after a crash.
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { rolldown } from 'rolldown';
import { replaceWhole } from './whole-folder.js';

const workspace = fileURLToPath(new URL('.', import.meta.url));
const source = path.join(workspace, 'src');
const { $schema: _, ...options } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));

/** The verbs that people give; a `.child` beside them is started by the server. */
const VERBS = ['export', 'import', 'seed', 'verify'];
/** Stay packages: a binary, and files that are served from their folder. */
const EXTERNAL = [/^argon2$/, /^swagger-ui-dist(?:\/|$)/];
const LIBRARIES = 'libraries';

try {
  const files = await replaceWhole(path.join(workspace, 'dist'), bundle);
  // What `npm run build` says of this room.
  console.log(`server: ${files} files built`);
} catch (error) {
  console.error(error.message ?? error);
  process.exitCode = 1;
}

/**
 * @param {string} fresh
 * @returns {Promise<number>} how many files there are to run
 */
async function bundle(fresh) {
  const bundled = await rolldown({
    input: await readEntries(),
    platform: 'node',
    external: EXTERNAL,
    resolve: { conditionNames: ['source', 'node'] },
    // Nest's modules are found by what their files do when they are loaded.
    treeshake: false,
    plugins: [{ name: 'swc', transform: { filter: { id: /\.ts$/ }, handler: translate } }],
    onLog: (level, log, show) => {
      // Nest asks for packages that it can do without, and goes on without them.
      if (log.code !== 'UNRESOLVED_IMPORT') show(level, log);
    },
  });
  const { output } = await bundled.write({
    dir: fresh,
    format: 'esm',
    // Nest's log and the reference of the API say the names of classes.
    keepNames: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups: [{ name: LIBRARIES, test: /node_modules/ }] },
    banner: ({ fileName }) =>
      `const distFolder = new URL('${fileName.includes('/') ? '../' : './'}', import.meta.url);`,
  });
  await bundled.close();
  const chunks = output.filter(({ type }) => type === 'chunk').map(({ fileName }) => fileName);
  // Node reads a map with its file; nobody looks for a line of a library by it, and it is the largest of all.
  for (const file of chunks) if (file.startsWith(LIBRARIES)) await rm(path.join(fresh, `${file}.map`), { force: true });
  return chunks.length;
}

/** @returns {Promise<Record<string, string>>} where each file that is run begins, by its name in dist/ */
async function readEntries() {
  const names = (await readdir(path.join(source, 'commands')))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => VERBS.includes(name) || name.endsWith('.child'));
  const commands = names.map((name) => [`commands/${name}`, path.join(source, 'commands', `${name}.ts`)]);
  return { main: path.join(source, 'main.ts'), ...Object.fromEntries(commands) };
}

/**
 * TypeScript with decorators and their metadata. A file of ours that asks where it lies is told where it would lie in dist/
 * without bundling, so that its neighbours and what lies outside are found from there.
 * @param {string} text
 * @param {string} file
 */
async function translate(text, file) {
  const inDist = path.relative(source, file).replace(/\.ts$/, '.js');
  const placed = text.replaceAll('import.meta.url', `new URL(${JSON.stringify(inDist)}, distFolder).href`);
  const isOurs = file.startsWith(source + path.sep);
  const { code, map } = await transform(isOurs ? placed : text, { ...options, swcrc: false, filename: file });
  return { code, map, moduleType: 'js' };
}
