import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './python.js';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verbena-python-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program of that name that answers the probe with a line, or fails. */
function plant(name, answer) {
  const path = join(folder, name);
  writeFileSync(path, answer === null ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho "${answer}"\n`);
  chmodSync(path, 0o755);
  return path;
}
const choose = () => findPython({ PATH: folder });

test('the newest name that fits is chosen', async () => {
  plant('python3', '3 11 ');
  const path = plant('python3.13', '3 13 ');
  plant('python3.11', '3 11 ');
  expect(await choose()).toEqual({ python: { path, version: '3.13' } });
});

test('python3 is taken when nothing more exact is there', async () => {
  const path = plant('python3', '3 12 ');
  expect(await choose()).toEqual({ python: { path, version: '3.12' } });
});

test('a name without a program behind it is passed over', async () => {
  plant('python3.14', null);
  const path = plant('python3.11', '3 11 ');
  expect(await choose()).toEqual({ python: { path, version: '3.11' } });
});

test('one without venv is passed over for one with it', async () => {
  plant('python3.12', '3 12 venv,ensurepip');
  const path = plant('python3.11', '3 11 ');
  expect(await choose()).toEqual({ python: { path, version: '3.11' } });
});

test('when only venv is missing that is the reason, whatever else is too old', async () => {
  plant('python3.12', '3 12 ensurepip');
  plant('python3', '3 9 ');
  expect(await choose()).toEqual({ python: null, reason: 'venv', version: '3.12' });
});

test('too old, or none at all', async () => {
  expect(await choose()).toEqual({ python: null, reason: 'none', version: null });
  plant('python3', '3 9 ');
  expect(await choose()).toEqual({ python: null, reason: 'old', version: '3.9' });
});
