import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { budgetOfCurrency } from '@verbena/shared/programs/budget.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import type { Verdict } from './bench-commit.js';
import { aSubmission, LedgerUnderTest, program, someMembers } from './ledger-under-test.js';
import { interleave, median, printRows, rateOf, rowOf, runOutstanding, type Side } from './measure.js';

const OUTSTANDING = 1_024;
const MEMBERS = 4_000;
const LANES = 2;

/** The same program, with every point of it out of one budget that all members share and that never ends. */
const sharing: Definitions = {
  ...shoppingCentre,
  currencies: shoppingCentre.currencies.map((currency) => ({
    ...currency,
    budget: { limit: 1_000_000_000_000, per: 'ever', whenShort: 'partial' },
  })),
};

/** What it costs that every award takes from one budget that all members share. */
export async function benchBudgets(mongodbUri: string, units: number, rounds: number): Promise<Verdict[]> {
  const members = someMembers(MEMBERS);
  const compiled = compileProgram(
    { zone: 'Europe/Madrid', time: 'wall' },
    { version: 1, definitions: sharing },
    [],
    definitionCompilers,
  );
  const plain = new LedgerUnderTest(mongodbUri, 'bench_plain', LANES, program);
  const shared = new LedgerUnderTest(mongodbUri, 'bench_shared', LANES, compiled);
  const sideOf = (name: string, ledger: LedgerUnderTest): Side => ({
    name,
    run: async () => {
      const submissions = Array.from({ length: units }, (_, unit) => aSubmission(members[unit % MEMBERS] ?? ''));
      return runOutstanding(units, OUTSTANDING, async (unit) => {
        const submission = submissions[unit];
        const outcome = submission === undefined ? null : await ledger.submit(submission);
        if (outcome?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
      });
    },
  });
  const sides = [
    sideOf('nothing shared', plain),
    sideOf(`${budgetOfCurrency('puntos')} in every award`, shared),
  ] as const;
  for (const ledger of [plain, shared]) await ledger.start();
  for (const side of sides) await side.run();
  const runs = await interleave(sides, rounds);
  printRows(
    'Budgets: awards a second, without and with one that all members share',
    sides.map(({ name }) => rowOf(name, runs.get(name) ?? [])),
  );
  for (const ledger of [plain, shared]) await ledger.stop();
  const [without = [], within = []] = sides.map(({ name }) => runs.get(name));
  const ratio = median(within.map((run, round) => rateOf(run) / rateOf(without[round] ?? run)));
  return [{ name: 'C8 a budget that all share in every award, against none', ratio, floor: 0.6 }];
}
