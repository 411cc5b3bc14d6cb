// `npm run sim -- --seed N`: one simulated run, told; with `--trace` every step of it. `--seeds COUNT` and `--seconds S`: that many
// runs from there on, or as many as fit, until one fails. `--mutant NAME`: with a planted defect, until a run finds it.
import { parseArgs } from 'node:util';
import { silenceLogs } from '@verbena/server/platform/logger/silence-logs.js';
import { isMutant, type Mutant, MUTANTS } from './mutants.js';
import { type Result, simulate } from './simulate.js';

const LAST_STEPS = 40;
const USAGE = `npm run sim -- --seed N [--seeds COUNT] [--seconds S] [--mutant ${Object.keys(MUTANTS).join('|')}] [--trace]`;

silenceLogs();
let hasFailed = false;
process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readCommand();
  if (asked === null) {
    console.error(USAGE);
    return 2;
  }
  const { seed, seeds, seconds, mutant, isTraced } = asked;
  const begun = performance.now();
  const sums = { runs: 0, steps: 0, entries: 0 };
  const passed = (): number => (performance.now() - begun) / 1_000;
  while (sums.runs < seeds && passed() < seconds) {
    const result = await simulate(seed + sums.runs, mutant);
    sums.runs += 1;
    sums.steps += result.steps;
    sums.entries += result.entries;
    if (isTraced) console.log(result.trace().join('\n'));
    if (seeds === 1 || result.failures.length > 0) tell(result, isTraced);
    if (result.failures.length > 0) break;
  }
  const { runs, steps, entries } = sums;
  const each = `${(runs / passed()).toFixed(1)} seeds/s, ${Math.round(steps / runs)} steps and ${Math.round(entries / runs)} entries each`;
  console.log(`${runs} seeds from ${seed} in ${passed().toFixed(1)} s: ${each}.`);
  return hasFailed ? 1 : 0;
}

function tell({ seed, failures, faults, trace }: Result, isTraced: boolean): void {
  console.log(`Seed ${seed}: ${faults}.`);
  if (failures.length === 0) {
    console.log('Everything holds.');
    return;
  }
  hasFailed = true;
  for (const failure of failures) console.log(`  ${failure}`);
  if (!isTraced) console.log(`The last steps:\n  ${trace().slice(-LAST_STEPS).join('\n  ')}`);
  console.log(`Again, with every step: npm run sim -- --seed ${seed} --trace`);
}

function readCommand() {
  try {
    const options = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        seed: options,
        seeds: options,
        seconds: options,
        mutant: options,
        trace: { type: 'boolean', default: false },
      },
    });
    const numbers = [values.seed ?? '1', values.seeds ?? '', values.seconds ?? ''].map((text) =>
      text === '' ? null : Number(text),
    );
    if (numbers.some((number) => number !== null && !(number >= 0))) return null;
    const [seed = 1, seeds, seconds] = numbers;
    const { mutant: name } = values;
    if (name !== undefined && !isMutant(name)) return null;
    const mutant: Mutant | null = name === undefined ? null : MUTANTS[name];
    const many = seconds === null && mutant === null ? 1 : Number.POSITIVE_INFINITY;
    return {
      seed: seed ?? 1,
      seeds: seeds ?? many,
      seconds: seconds ?? Number.POSITIVE_INFINITY,
      mutant,
      isTraced: values.trace,
    };
  } catch {
    return null;
  }
}
