// `npm run check`: everything that can be said about the sources without running them, two steps at a time, in one table.
// A part: `npm run check -- format types`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { progressOn } from '../server/launcher/progress.js';
import { prepare } from '../server/launcher/setup.js';
import { endsWithSentence } from '../server/launcher/terminal.js';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `node_modules/.bin/${name}`;
const node = (file) => [process.execPath, file];

/** Each step and its commands, one after the other, with the folder where they run. */
const steps = [
  { name: 'types', commands: [[bin('nx'), 'run-many', '-t', 'typecheck', '--output-style=static']] },
  {
    name: 'components',
    commands: [[bin('svelte-check'), '--workspace', 'client', '--tsconfig', './tsconfig.json', '--fail-on-warnings']],
  },
  { name: 'format', commands: [[bin('prettier'), '--check', '--log-level=warn', '.']] },
  { name: 'lint', commands: [[bin('oxlint'), '--type-aware', '--deny-warnings', '.']] },
  { name: 'lint-svelte', commands: [[bin('eslint'), '--max-warnings=0', '.']] },
  {
    name: 'fences',
    commands: [
      [bin('depcruise'), '--config', '.dependency-cruiser.mjs', 'shared', 'seeds', 'server', 'client', 'test'],
    ],
  },
  { name: 'names', commands: [node('test/fences/names.js')] },
  { name: 'compose', commands: [node('test/fences/compose.js')] },
  { name: 'engines', commands: [node('test/fences/engines.js')] },
  // How much JavaScript a reader fetches is only known of a built client; nx makes it anew only where something changed.
  {
    name: 'size',
    commands: [
      [bin('nx'), 'run-many', '-t', 'build', '-p', '@verbena/client', '--output-style=static'],
      ['npm', 'run', 'size', '-w', 'client'],
    ],
  },
];

/** @returns {Promise<{ ok: boolean, output: string }>} */
function run([command, ...rest]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, rest, {
      cwd: checkout,
      env: { ...process.env, NX_DAEMON: 'false', NO_COLOR: '1' },
    });
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code, signal) =>
      resolve({ ok: code === 0, output: signal ? `${output}\nended by ${signal}` : output }),
    );
  });
}

async function runStep(step) {
  const begun = performance.now();
  let last = { ok: true, output: '' };
  for (const command of step.commands) {
    last = await run(command);
    if (!last.ok) break;
  }
  const seconds = (performance.now() - begun) / 1000;
  if (!last.ok) console.log(`\n── ${step.name} ──\n${last.output.trim()}\n`);
  return { name: step.name, ok: last.ok, seconds };
}

await endsWithSentence(() => prepare({ build: false, progress: progressOn() }));
if (process.exitCode) process.exit();

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !steps.some((step) => step.name === name));
if (unknown) {
  console.error(`There is no step "${unknown}". The steps are ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

// The client's generated types are read by several steps, so they are made first.
const sync = await run([process.execPath, fileURLToPath(new URL('fences/sync-client.js', import.meta.url))]);

const queue = steps.filter((step) => asked.length === 0 || asked.includes(step.name));
const results = sync.ok ? [] : [{ name: 'sync-client', ok: false, seconds: 0 }];
if (!sync.ok) console.log(sync.output);
const worker = async () => {
  for (let step = queue.shift(); step; step = queue.shift()) results.push(await runStep(step));
};
await Promise.all([worker(), worker()]);

results.sort(
  (one, other) => steps.findIndex((s) => s.name === one.name) - steps.findIndex((s) => s.name === other.name),
);
console.log('');
for (const { name, ok, seconds } of results)
  console.log(`${name.padEnd(14)}${seconds.toFixed(1).padStart(6)} s   ${ok ? 'ok' : 'FAILED'}`);
const failed = results.filter((result) => !result.ok).length;
console.log(`\ncheck: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
