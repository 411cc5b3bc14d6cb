import { readLedger } from '#support/journal-reader.js';
import { aSubmission, LedgerUnderTest, someMembers } from './ledger-under-test.js';
import { benchServer, type StoreAddresses } from './bench-http.js';
import type { Verdict } from './bench-commit.js';
import { interleave, median, percentile, printRows, rateOf, rowOf, runOutstanding, type Side } from './measure.js';
import { OneByOne } from './one-by-one.js';

const CLIENTS = 64;
/** The usual way retries each conflict from the start; of it a few hundred say enough. */
const ONE_BY_ONE = 128;
const MARK_PER_SECOND = 1_000;
const MARK_P99_MS = 300;

/**
 * T10: 64 clients, one member. Once through the ledger alone, as the usual way is measured, which is a transaction an award with
 * retries on conflict, and once over HTTP, where each client waits for its answer before it sends again.
 */
export async function benchStorm(stores: StoreAddresses, units: number, rounds: number): Promise<Verdict[]> {
  const ledger = new LedgerUnderTest(stores.mongodbUri, 'bench_storm', 2);
  await ledger.start();
  const [member = ''] = someMembers(1);
  const oneByOne = new OneByOne(ledger.mongo);
  await oneByOne.start();
  const http = await benchServer(stores);
  try {
    const single: Side = {
      name: `a transaction an award, ${CLIENTS} at once`,
      run: () => {
        const submissions = Array.from({ length: ONE_BY_ONE }, () => aSubmission(member));
        return runOutstanding(ONE_BY_ONE, CLIENTS, async (unit) => {
          const submission = submissions[unit];
          if (submission !== undefined) await oneByOne.award(submission);
        });
      },
    };
    const grouped: Side = {
      name: `the ledger alone, ${CLIENTS} at once`,
      run: () => {
        const submissions = Array.from({ length: units }, () => aSubmission(member));
        return runOutstanding(units, CLIENTS, async (unit) => {
          const submission = submissions[unit];
          const outcome = submission === undefined ? null : await ledger.submit(submission);
          if (outcome?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
        });
      },
    };
    let purchases = 0;
    const overHttp: Side = {
      name: `over HTTP, ${CLIENTS} clients`,
      run: () => runOutstanding(units, CLIENTS, () => http.record('tormenta', (purchases += 1))),
    };
    for (const side of [grouped, single, overHttp]) await side.run();
    const sides = [grouped, overHttp, single];
    const runs = await interleave(sides, rounds);
    printRows(
      `T10, one member: activities a second; the mark is ${MARK_PER_SECOND} a second, p99 ${MARK_P99_MS} ms`,
      sides.map(({ name }) => rowOf(name, runs.get(name) ?? [])),
    );
    const { entries, breaches } = await readLedger(stores.mongodbUri, http.database);
    if (entries !== purchases || breaches.length > 0)
      throw new Error(`${entries} entries of ${purchases} purchases: ${breaches.join(' ')}`);
    console.log(`I1 to I5 hold: ${entries} entries of ${purchases} purchases, none twice, no balance below zero`);
    const ratioOf = (name: string): number => {
      const theirs = runs.get(single.name) ?? [];
      return median((runs.get(name) ?? []).map((run, round) => rateOf(run) / rateOf(theirs[round] ?? run)));
    };
    const marks = (side: Side): Verdict[] => {
      const measured = runs.get(side.name) ?? [];
      const p99 = median(measured.map(({ latenciesMs }) => percentile(latenciesMs, 0.99)));
      return [
        {
          name: `T10 rate, ${side.name}, against the mark`,
          ratio: median(measured.map(rateOf)) / MARK_PER_SECOND,
          floor: 1,
        },
        { name: `T10 the mark of p99, against ${side.name}`, ratio: MARK_P99_MS / p99, floor: 1 },
      ];
    };
    return [
      ...marks(grouped),
      ...marks(overHttp),
      { name: `${grouped.name}, against ${single.name}`, ratio: ratioOf(grouped.name), floor: null },
      { name: `${overHttp.name}, against ${single.name}`, ratio: ratioOf(overHttp.name), floor: null },
    ];
  } finally {
    await http.stop();
    await ledger.stop();
  }
}
