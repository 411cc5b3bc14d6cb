// How much JavaScript a reader fetches, gzipped: the shell once, then what each route adds to it. Reads the built client,
// so build first. `npm run size -w client`.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHELL_MAX = '60 kB';
const ROUTE_MAX = '45 kB';

const build = fileURLToPath(new URL('build', import.meta.url));
const read = (file) => readFileSync(join(build, file), 'utf8');
const preloads = [...read('200.html').matchAll(/href="\/(_app\/[^"]+\.js)"/g)].map(([, file]) => file);
// The words of one language come with the shell, whichever it is; Spanish stands for both. Why something was refused is
// fetched after the first screen, as what is imported lazily.
const words = findSpanish();
const shell = closure([...preloads, ...words]);

/** The chunk of the Spanish words, by a sentence that only it holds. */
function findSpanish() {
  const chunks = readdirSync(join(build, '_app/immutable/chunks')).map((chunk) => `_app/immutable/chunks/${chunk}`);
  const found = chunks.filter((chunk) => read(chunk).includes('Mientras no estabas'));
  if (found.length === 0) throw new Error('The Spanish words were not found in the built client.');
  return found;
}

/** A file with everything that it imports statically. What is imported lazily (the socket, confetti) comes later. */
function closure(files, found = new Set()) {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    const imports = [...read(file).matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g)].map(([, path]) =>
      join(dirname(file), path),
    );
    closure(imports, found);
  }
  return found;
}

const app = read(preloads.find((file) => file.includes('/entry/app.')));
const nodes = readdirSync(join(build, '_app/immutable/nodes'));
const nodeFile = (index) => `_app/immutable/nodes/${nodes.find((name) => name.startsWith(`${index}.`))}`;

/** Kit's own table: route → its page and its layouts, each a node by number (`~` marks a server's, of which we have none). */
const routes = [...app.matchAll(/"(\/[^"]*)":\[(\d+)(?:,\[([\d,]*)\])?/g)].map(([, route, leaf, layouts = '']) => {
  const own = closure([leaf, ...layouts.split(',').filter((index) => index !== '')].map(nodeFile));
  return { route, files: [...own].filter((file) => !shell.has(file)) };
});
if (routes.length === 0)
  throw new Error('No route was found in the built client: kit writes its table differently now.');

const at = (file) => join('build', file);
export default [
  { name: 'shell', path: [...shell].map(at), limit: SHELL_MAX, gzip: true },
  ...routes.map(({ route, files }) => ({ name: route, path: files.map(at), limit: ROUTE_MAX, gzip: true })),
];
