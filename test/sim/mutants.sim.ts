import { silenceLogs } from '@verbena/server/platform/logger/silence-logs.js';
import { type Mutant, MUTANTS } from './mutants.js';
import { FIRST_SEED, tellSeeds } from './seeds.js';
import { simulate } from './simulate.js';

silenceLogs();

const SEEDS_MAX = 2_000;
const GUARDED_SEEDS = 40;

const mutants: [string, Mutant][] = Object.entries(MUTANTS);

test.each(mutants)('T25 the planted defect "%s" is found', async (name, mutant) => {
  for (let seeds = 1; seeds <= SEEDS_MAX; seeds += 1) {
    const { failures } = await simulate(FIRST_SEED + seeds - 1, mutant);
    const found = failures.find((failure) => (mutant.breaks ?? /./).test(failure));
    if (found === undefined) continue;
    tellSeeds(`${name} (${mutant.says}): found in seed ${seeds} of at most ${SEEDS_MAX}: ${found.slice(0, 160)}`);
    expect(found).not.toBe('');
    return;
  }
  throw new Error(`${SEEDS_MAX} seeds from ${FIRST_SEED} did not find that ${mutant.says}.`);
});

test('T25 without the fence alone a dead leader may commit, and still the books hold: keys, states and numbers catch it', async () => {
  let zombies = 0;
  for (let seeds = 0; seeds < GUARDED_SEEDS; seeds += 1) {
    const { failures } = await simulate(FIRST_SEED + seeds, MUTANTS.fence);
    zombies += failures.filter((failure) => failure.startsWith('I8 ')).length;
    expect([seeds, failures.filter((failure) => !failure.startsWith('I8 '))]).toEqual([seeds, []]);
  }
  expect(zombies).toBeGreaterThan(0);
});
