import { silenceLogs } from '@verbena/server/platform/logger/silence-logs.js';
import { type Mutant, MUTANTS } from './mutants.js';
import { FIRST_SEED, tellSeeds } from './seeds.js';
import { simulate } from './simulate.js';

silenceLogs();

const SEEDS_MAX = 2_000;
const GUARDED_SEEDS = 40;

const mutants: [string, Mutant][] = Object.entries(MUTANTS);

test.each(mutants)('T25 the planted defect "%s" is found', async (name, mutant) => {
  let found: string | undefined;
  let seeds = 0;
  for (; found === undefined && seeds < SEEDS_MAX; seeds += 1) {
    const { failures } = await simulate(FIRST_SEED + seeds, mutant);
    found = failures.find((failure) => (mutant.breaks ?? /./).test(failure));
  }
  tellSeeds(
    `${name} (${mutant.says}): ${seeds} of at most ${SEEDS_MAX} seeds from ${FIRST_SEED}: ${found?.slice(0, 160)}`,
  );
  expect([name, found]).toEqual([name, expect.any(String)]);
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
