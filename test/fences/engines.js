// Node 20.20 is the floor: a direct dependency that refuses it would break the first install of somebody else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import semver from 'semver';

const floor = '20.20.0';
const checkout = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const root = read(path.join(checkout, 'package.json'));

const refusals = [];
let count = 0;
for (const room of ['.', ...root.workspaces]) {
  const folder = path.join(checkout, room);
  const manifest = read(path.join(folder, 'package.json'));
  const places = createRequire(path.join(folder, 'package.json')).resolve.paths('x') ?? [];
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const found = places.map((place) => path.join(place, name, 'package.json')).find(exists);
    if (!found) refusals.push(`${room}: ${name} is not installed.`);
    else {
      count += 1;
      const { version, engines } = read(found);
      if (engines?.node && !semver.satisfies(floor, engines.node)) {
        refusals.push(`${room}: ${name} ${version} wants Node ${engines.node}, which excludes ${floor}.`);
      }
    }
  }
}

function exists(file) {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

console.log(refusals.length ? refusals.join('\n') : `${count} direct dependencies take Node ${floor}.`);
process.exitCode = refusals.length ? 1 : 0;
