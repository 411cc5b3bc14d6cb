// `npm test`: every stage in order, on stores of its own, and an honest last line.
//   npm test                       all stages
//   npm test -- flows wallet       one stage, and of it the files (or, if no file is called so, the tests) named wallet
//   npm test -- faults --rounds 20 --seed 7
//   npm test -- browser --full     every page in each language and theme, not in turns
//   npm test -- affected           of spec, medium and flows what the last commit and what is not committed can reach (--since main)
// It runs beside `npm start`: of .data it touches only tools/, its data live in a temporary folder that it removes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, prepare } from '../server/launcher/setup.js';
import { LauncherFailure } from '../server/launcher/failure.js';
import { progressOn } from '../server/launcher/progress.js';
import { startStores } from '../server/launcher/stores.js';
import { affectedStages, changedSince, testsReached } from './affected.js';
import { stages } from './jest.config.js';
import { lastLineOf, nothing, outcomeOf, slowIn } from './stage-outcome.js';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const shared = path.join(checkout, '..', 'shared');
const isCi = /^(?:1|true)$/.test(process.env.CI ?? '');
/** What a stage finds ready. The faults start, kill and restart stores of their own. */
const needs = {
  spec: {},
  medium: { stores: true },
  laws: { stores: true },
  sim: {},
  flows: { build: true, stores: true },
  browser: { build: true, stores: true, chromium: true },
  faults: { build: true, tools: true },
  excerpt: { build: true, stores: true },
};
/** Stages that start servers, or browsers, share two cores badly. */
const workers = { spec: 2, medium: 2, laws: 2, sim: 2, flows: 2, browser: 2, faults: 1, excerpt: 1 };

/** Workers are processes of their own; they take the flags from NODE_OPTIONS. */
const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];
const nodeOptions = [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' ');

/** @typedef {import('./stage-outcome.js').Outcome} Outcome */

const ask = readCommand(process.argv.slice(2));
const progress = progressOn();
const abort = new AbortController();
let jest = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    abort.abort();
    if (jest) jest.kill('SIGTERM');
  });
}
process.exitCode = await main();

async function main() {
  const outcomes = /** @type {Outcome[]} */ ([]);
  const folder = await mkdtemp(path.join(tmpdir(), 'verbena-test-'));
  try {
    const files = ask.isAffected ? await affectedFiles() : null;
    const stagesRun = ask.stages.filter((stage) => files?.[stage].length !== 0);
    const wanted = stagesRun.map((stage) => needs[stage]);
    const build = wanted.some((need) => need.build);
    const usesStores = wanted.some((need) => need.stores || need.tools);
    await prepare({ build, stores: usesStores, progress, signal: abort.signal });
    const env = { ...process.env, NX_DAEMON: 'false', TMPDIR: folder, VERBENA_TEST_DIR: folder };
    if (ask.rounds) env.ROUNDS = ask.rounds;
    if (ask.seed) env.SEED = ask.seed;
    if (ask.full) env.FULL = '1';
    if (wanted.some((need) => need.chromium))
      env.CHROMIUM_PATH = await findChromium({ progress, signal: abort.signal });
    if (isCi && !existsSync(shared)) {
      outcomes.push({
        stage: 'material',
        passed: 0,
        failed: 1,
        skipped: 0,
        seconds: 0,
        note: `${shared} is missing, and CI=true asks for it`,
      });
    }
    for (const stage of stagesRun) {
      if (abort.signal.aborted) outcomes.push({ ...nothing(stage), failed: 1, note: 'interrupted' });
      else
        outcomes.push(
          await withStores(stage, folder, (addresses) =>
            runStage(stage, folder, { ...env, ...addresses }, files?.[stage]),
          ),
        );
    }
  } catch (error) {
    const sentence = error instanceof LauncherFailure ? error.message : (error?.stack ?? String(error));
    console.error(sentence);
    outcomes.push({ ...nothing('set-up'), failed: 1, note: sentence.split('\n', 1)[0] });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return tell(outcomes);
}

/**
 * Runs a stage with the addresses of stores that were started for it, or with none: it must not find the developer's own. Each
 * stage has new ones, since with what earlier stages left in it the embedded database takes three times the work for the same.
 * @template T
 * @param {string} stage
 * @param {string} folder
 * @param {(addresses: Record<string, string | undefined>) => Promise<T>} run
 * @returns {Promise<T>}
 */
async function withStores(stage, folder, run) {
  if (!needs[stage].stores) return run({ MONGODB_URI: undefined, REDIS_URL: undefined });
  const dataDir = path.join(folder, `stores-${stage}`);
  const stores = await progress.step('store.start', () => startStores({ dataDir, signal: abort.signal }));
  try {
    return await run({ MONGODB_URI: stores.mongodbUri, REDIS_URL: stores.redisUrl });
  } finally {
    await stores.stop().catch((error) => console.error(error));
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** @returns {Promise<Record<string, string[]>>} by stage, the files of tests that what changed can reach */
async function affectedFiles() {
  await prepare({ build: false, progress, signal: abort.signal });
  const changed = await changedSince(checkout, ask.since);
  const files = {};
  for (const stage of ask.stages)
    files[stage] = await testsReached(checkout, stage, changed, { ...process.env, NODE_OPTIONS: nodeOptions });
  const counts = ask.stages.map((stage) => `${files[stage].length} of ${stage}`).join(', ');
  console.log(`${changed.length} files changed; they reach ${counts}.`);
  return files;
}

/** @returns {Promise<Outcome>} */
async function runStage(stage, folder, env, files) {
  console.log(`\n── ${stage} ──`);
  const begun = performance.now();
  const report = path.join(folder, `${stage}.json`);
  const names = ask.names;
  const isByTitle = names.length > 0 && !(await someFileIsCalled(stage, names));
  const byName = isByTitle ? ['-t', names.join('|')] : names;
  const filter = files ? ['--runTestsByPath', ...files] : byName;
  const code = await runJest(
    [
      '--selectProjects',
      stage,
      '--maxWorkers',
      String(workers[stage]),
      '--testTimeout',
      String(stages[stage].seconds * 1000),
    ],
    ['--json', '--outputFile', report, '--passWithNoTests', ...filter],
    { ...env, VERBENA_STAGE: stage },
  );
  const seconds = (performance.now() - begun) / 1000;
  const told = await readFile(report, 'utf8').then(JSON.parse, () => null);
  await rm(report, { force: true });
  const outcome = outcomeOf({ stage, report: told, code, seconds, isPart: names.length > 0, isByTitle });
  return { ...outcome, slow: slowIn(told, stages[stage].budget) };
}

/** @returns {Promise<number | string>} the exit code, or the signal */
function runJest(options, rest, env) {
  return new Promise((resolve) => {
    const bin = path.join(checkout, 'node_modules/jest/bin/jest.js');
    const args = [...flags, bin, '--config', 'test/jest.config.js', ...options, ...rest];
    jest = spawn(process.execPath, args, {
      cwd: checkout,
      stdio: 'inherit',
      env: { ...env, NODE_OPTIONS: nodeOptions },
    });
    jest.on('error', (error) => resolve(error.message));
    jest.on('close', (code, signal) => {
      jest = null;
      resolve(code ?? signal ?? 'no code');
    });
  });
}

async function someFileIsCalled(stage, names) {
  const patterns = names.map((name) => new RegExp(name, 'i'));
  for (const room of ['shared/src', 'seeds/src', 'server', 'client/src', 'test']) {
    const folder = path.join(checkout, room);
    if (!existsSync(folder)) continue;
    for (const file of await readdir(folder, { recursive: true })) {
      const full = path.join(folder, file);
      if (/node_modules|[/\\]dist/.test(file) || !stages[stage].ending.test(file)) continue;
      if (patterns.some((pattern) => pattern.test(full))) return true;
    }
  }
  return false;
}

/**
 * Prints what failed once more (whoever reads only the end must find it), the table and the last line.
 * @param {Outcome[]} outcomes
 * @returns {number} the exit code
 */
function tell(outcomes) {
  for (const { test, reason } of outcomes.flatMap(({ failures = [] }) => failures)) {
    console.log(`\nfailed: ${path.relative(checkout, test)}\n${reason.replace(/^/gm, '  ')}`);
  }
  for (const { file, seconds, budget } of outcomes.flatMap(({ slow = [] }) => slow))
    console.log(
      `\nslow: ${path.relative(checkout, file)} took ${seconds.toFixed(0)} s of the ${budget} s that it should`,
    );
  console.log(
    `\n${'stage'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`,
  );
  for (const { stage, passed, failed, skipped, seconds, note } of outcomes) {
    const numbers = `${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}`;
    console.log(`${stage.padEnd(10)}${numbers}${seconds.toFixed(1).padStart(9)}${note ? `   ${note}` : ''}`);
  }
  const { line, isGood } = lastLineOf(outcomes, { mayBeNone: ask.isAffected });
  console.log(`\n${line}`);
  return isGood ? 0 : 1;
}

/** @param {string[]} args */
function readCommand(args) {
  const names = [];
  const options = {};
  for (let at = 0; at < args.length; at += 1) {
    const option = /^--(rounds|seed|since)(?:=(.+))?$/.exec(args[at]);
    if (option) options[option[1]] = option[2] ?? args[++at];
    else if (args[at] === '--full') options.full = true;
    else if (args[at].startsWith('-'))
      refuse(`npm test does not know ${args[at]}; it knows --rounds, --seed, --since and --full.`);
    else names.push(args[at]);
  }
  const all = Object.keys(stages);
  const isAffected = names[0] === 'affected';
  if (isAffected) names.shift();
  const asked = [];
  while (names.length > 0 && all.includes(names[0])) asked.push(names.shift());
  if (asked.length === 0 && names.length > 0)
    refuse(`There is no stage "${names[0]}". The stages are ${all.join(', ')}; affected is a part of them.`);
  if (isAffected && names.length > 0) refuse(`What is affected has no names: ${names.join(' ')}.`);
  const wanted = asked.length > 0 ? asked : isAffected ? affectedStages : all;
  return { stages: all.filter((stage) => wanted.includes(stage)), names, isAffected, ...options };
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(2);
}
