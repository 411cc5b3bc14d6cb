// Names that say nothing, test files that no stage would run, and folders that server/modules.js does not know.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { modules } from '../../server/modules.js';

const rooms = ['shared', 'seeds', 'server', 'client', 'test'];
const passedOver = new Set(['node_modules', 'dist', 'build', '.svelte-kit', 'static', 'complete-journey-excerpt']);
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const stagePatterns = [
  /^(?:shared|seeds|server|client|test)\/.*\.spec\.(?:ts|js)$/,
  /^test\/laws\/.*\.law\.ts$/,
  /^test\/sim\/.*\.sim\.ts$/,
  /^test\/flows\/.*\.flow\.ts$/,
  /^test\/browser\/.*\.story\.ts$/,
  /^test\/faults\/.*\.fault\.ts$/,
  /^test\/excerpt\/.*\.check\.ts$/,
];

/**
 * @param {string} checkout the folder that holds the rooms
 * @returns {string[]} a sentence for each breach
 */
export function breachesIn(checkout) {
  const breaches = [];
  for (const file of filesIn(checkout)) {
    const name = path.posix.basename(file);
    const [stem = ''] = name.split('.');
    // Tools look for their own files by names of theirs: `.swcrc`, `.size-limit.js`.
    if (stem === '') continue;
    if (/^(?:index|utils?|helpers?|common|types)$/.test(stem)) breaches.push(`${file}: a name that says nothing.`);
    if (/-v\d+$/.test(stem)) breaches.push(`${file}: history belongs in git, not in a name.`);
    if (/\.(?:ts|js|mjs|cjs)$/.test(name) && !file.includes('/routes/') && !kebab.test(stem))
      breaches.push(`${file}: files are kebab-case.`);
    if (name.endsWith('.svelte') && !file.includes('/routes/') && !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)) {
      breaches.push(`${file}: components are PascalCase.`);
    }
    if (
      /\.(?:spec|law|sim|flow|story|fault|check)\.(?:ts|js)$/.test(name) &&
      !stagePatterns.some((pattern) => pattern.test(file))
    ) {
      breaches.push(`${file}: no stage of npm test runs it.`);
    }
    if (/\.(?:test)\.(?:ts|js)$/.test(name)) breaches.push(`${file}: no stage of npm test runs it.`);
    const folder = /^(?:server\/src\/([^/]+)\/|test\/modules\/([^/.]+)\.fixtures\.ts$)/
      .exec(file)
      ?.slice(1)
      .find(Boolean);
    if (folder && folder !== 'commands' && !modules.some((module) => module.name === folder)) {
      breaches.push(`${file}: server/modules.js does not know ${folder}.`);
    }
  }
  return breaches;
}

function* filesIn(checkout, folder = '') {
  for (const entry of readdirSync(path.join(checkout, folder), { withFileTypes: true })) {
    const file = folder ? `${folder}/${entry.name}` : entry.name;
    if (!folder && !rooms.includes(entry.name)) continue;
    if (entry.isDirectory() && !passedOver.has(entry.name) && !entry.name.startsWith('dist.'))
      yield* filesIn(checkout, file);
    else if (entry.isFile()) yield file;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const breaches = breachesIn(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)));
  console.log(breaches.length ? breaches.join('\n') : 'Names and stages are in order.');
  process.exitCode = breaches.length ? 1 : 0;
}
