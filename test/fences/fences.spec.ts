import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { otherHalf, planted } from './planted-breaches.js';

// A fence that nobody ever saw report something may be no fence. The ports' own fence (two owners of a name, or none) acts
// when the server boots and is tested there.

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['shared', 'seeds', 'server', 'client', 'test'];
let tree = '';
/** The tools are slow on a busy machine, and only they are. */
const toolMs = 120_000;

beforeAll(async () => {
  tree = await mkdtemp(path.join(tmpdir(), 'verbena-planted-'));
  const put = async (file: string, text: string) => {
    await mkdir(path.join(tree, path.dirname(file)), { recursive: true });
    await writeFile(path.join(tree, file), text);
  };
  for (const [file, text] of Object.entries(planted.ground)) await put(file, text);
  const breaches = [planted.imports, planted.lint, planted.components, planted.names].flatMap((kind) =>
    Object.values(kind),
  );
  for (const [file, text] of [...breaches, otherHalf]) await put(file, text);

  await copyFile(path.join(checkout, 'package.json'), path.join(tree, 'package.json'));
  for (const room of rooms)
    await copyFile(path.join(checkout, room, 'package.json'), path.join(tree, room, 'package.json'));
  const tsconfig = {
    extends: path.join(checkout, 'tsconfig.base.json'),
    include: ['**/*.ts'],
    exclude: ['node_modules'],
  };
  await put('tsconfig.json', JSON.stringify(tsconfig));

  await mkdir(path.join(tree, 'node_modules/@verbena'), { recursive: true });
  for (const name of await readdir(path.join(checkout, 'node_modules'))) {
    if (name === '@verbena' || (name.startsWith('.') && name !== '.bin')) continue;
    await symlink(path.join(checkout, 'node_modules', name), path.join(tree, 'node_modules', name));
  }
  for (const room of rooms) await symlink(path.join(tree, room), path.join(tree, 'node_modules/@verbena', room));
  await put('node_modules/verbena-undeclared/package.json', '{ "name": "verbena-undeclared", "main": "main.js" }');
  await put('node_modules/verbena-undeclared/main.js', 'exports.parse = () => 0;\n');
});

afterAll(() => rm(tree, { recursive: true, force: true }));

function runTool(file: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: tree, maxBuffer: 64_000_000, env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' } };
    execFile(process.execPath, [path.join(checkout, file), ...args], options, (_error, out, err) =>
      resolve(out || err),
    );
  });
}

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}
interface Cruise {
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

describe('dependency-cruiser', () => {
  let cruise: Cruise;
  beforeAll(async () => {
    const config = path.join(checkout, '.dependency-cruiser.mjs');
    const tool = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
    const output = await runTool(tool, '--config', config, '--output-type', 'json', ...rooms);
    try {
      cruise = JSON.parse(output) as Cruise;
    } catch {
      throw new Error(output);
    }
  }, toolMs);

  test.each(Object.entries(planted.imports))('reports a breach of %s', (rule, [file]) => {
    const files = cruise.summary.violations.filter((violation) => violation.rule.name === rule).map(({ from }) => from);
    expect(files).toContain(file);
  });

  test('has a planted breach for every rule', () => {
    const isOneOfMany = /^server-[a-z]+-(?:imports|private)$/;
    const rules = cruise.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule) => !(rule in planted.imports) && !isOneOfMany.test(rule))).toEqual([]);
  });

  test('leaves what is allowed alone', () => {
    const accused = cruise.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
    expect(accused.filter((line) => Object.keys(planted.ground).some((file) => line.endsWith(` ${file}`)))).toEqual([]);
  });
});

describe('oxlint', () => {
  let found: { code: string; filename: string }[];
  beforeAll(async () => {
    await copyFile(path.join(checkout, '.oxlintrc.json'), path.join(tree, '.oxlintrc.json'));
    const output = await runTool('node_modules/oxlint/bin/oxlint', '--type-aware', '--format=json', ...rooms);
    try {
      found = (JSON.parse(output) as { diagnostics: typeof found }).diagnostics;
    } catch {
      throw new Error(output);
    }
  }, toolMs);

  test.each(Object.entries(planted.lint))('reports a breach of %s', (rule, [file]) => {
    expect(found.map(({ code, filename }) => `${code} ${filename.replaceAll('\\', '/')}`)).toContain(`${rule} ${file}`);
  });
});

describe('eslint', () => {
  let found: Map<string, string[]>;
  beforeAll(async () => {
    const config = path.join(tree, 'eslint.config.js');
    await writeFile(config, `export { default } from ${JSON.stringify(path.join(checkout, 'eslint.config.js'))};\n`);
    const output = await runTool('node_modules/eslint/bin/eslint.js', '--config', config, '--format=json', '.');
    try {
      const files = JSON.parse(output) as { filePath: string; messages: { ruleId: string }[] }[];
      found = new Map(
        files.map(({ filePath, messages }) => [path.relative(tree, filePath), messages.map(({ ruleId }) => ruleId)]),
      );
    } catch {
      throw new Error(output);
    }
  }, toolMs);

  test.each(Object.entries(planted.components))('reports a breach of %s', (rule, [file]) => {
    expect(found.get(file)).toContain(rule);
  });
});

describe('names', () => {
  let said: string[];
  beforeAll(async () => {
    said = (await runTool('test/fences/names.js', tree)).split('\n');
  }, toolMs);

  test.each(Object.entries(planted.names))('says: %s', (sentence, [file]) => {
    expect(said).toContain(`${file}: ${sentence}.`);
  });
});

describe('manifests', () => {
  test('engines: a dependency that refuses Node 20.20 is named', async () => {
    const manifest = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8')) as {
      workspaces: string[];
    };
    const folder = path.join(tree, 'engines');
    await mkdir(path.join(folder, 'node_modules/too-new'), { recursive: true });
    await writeFile(
      path.join(folder, 'package.json'),
      JSON.stringify({ ...manifest, workspaces: [], dependencies: { 'too-new': '1.0.0' }, devDependencies: {} }),
    );
    await writeFile(
      path.join(folder, 'node_modules/too-new/package.json'),
      '{ "version": "1.0.0", "engines": { "node": ">=22.12" } }',
    );
    expect(await runTool('test/fences/engines.js', folder)).toContain('too-new 1.0.0 wants Node >=22.12');
  });

  test('M8 compose: an unknown key, what is not there and a port for everybody are named', async () => {
    const file = path.join(tree, 'compose.yml');
    const more = "    secrets: [key]\n    ports: ['8080:80', '127.0.0.1:8025:8025']\n";
    await writeFile(file, `services:\n  api:\n    imagee: verbena\n    depends_on: [database]\n${more}`);
    const said = await runTool('test/fences/compose.js', file);
    expect(said).toContain('/services/api must NOT have additional properties');
    expect(said).toContain('api depends on database, which is not there');
    expect(said).toContain('api reads the secret key, which is not declared');
    expect(said).toContain('api publishes 8080:80 to more than this machine');
    expect(said).not.toContain('8025');
  });
});
