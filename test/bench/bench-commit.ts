import { decideInto } from '@verbena/server/ledger/decide-group.js';
import type { GroupDraft } from '@verbena/server/ledger/group-draft.js';
import { RandomPool } from '@verbena/server/ledger/random-pool.js';
import { sealGroup } from '@verbena/server/ledger/seal-group.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { aSpend, aSubmission, LedgerUnderTest, program, someMembers } from './ledger-under-test.js';
import {
  interleave,
  median,
  printRows,
  rateOf,
  type Row,
  rowOf,
  type Run,
  runOutstanding,
  type Side,
} from './measure.js';
import { MediciLedger } from './medici-ledger.js';
import { BareInsert, OneByOne } from './one-by-one.js';

export interface Verdict {
  readonly name: string;
  readonly ratio: number;
  readonly floor: number | null;
}

const OUTSTANDING = 1_024;
const MEMBERS = 4_000;
const BARE_GROUP = 128;
/** So many transactions of one award at once: more only makes them wait for one another. */
const ONE_BY_ONE_AT_ONCE = 64;
/** As many as medici is fastest with. */
const MEDICI_AT_ONCE = 16;
/** Who spends: each has the points of one award of medici, and of every award of ours. */
const SPENDERS = 400;

/**
 * Group commit against one transaction an award (B1), against bare `insertMany` of the same documents (B2), and against medici (B3),
 * awards and spends, on the same database.
 */
export async function benchCommit(mongodbUri: string, units: number, rounds: number): Promise<Verdict[]> {
  const ledgers = new Map<number, LedgerUnderTest>();
  for (const lanes of [2, 4]) {
    const ledger = new LedgerUnderTest(mongodbUri, `bench_${lanes}`, lanes);
    await ledger.start();
    ledgers.set(lanes, ledger);
  }
  const members = someMembers(MEMBERS);
  const memberOf = (unit: number): string => members[unit % MEMBERS] ?? '';
  const first = ledgers.get(2);
  if (first === undefined) throw new Error('no ledger');
  const oneByOne = new OneByOne(first.mongo);
  await oneByOne.start();

  const sending = (
    name: string,
    lanes: number,
    outstanding: number,
    submissionOf: (unit: number) => Submission,
  ): Side => ({
    name,
    run: async () => {
      const ledger = ledgers.get(lanes);
      if (ledger === undefined) throw new Error('no ledger');
      const submissions = Array.from({ length: units }, (_, unit) => submissionOf(unit));
      return runOutstanding(units, outstanding, async (unit) => {
        const submission = submissions[unit];
        const outcome = submission === undefined ? null : await ledger.submit(submission);
        if (outcome?.kind !== 'accepted' || outcome.entry.refusal !== null)
          throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
      });
    },
  });
  const grouped = (lanes: number, outstanding: number): Side =>
    sending(`${lanes} lanes, ${outstanding} outstanding`, lanes, outstanding, (unit) => aSubmission(memberOf(unit)));
  const spending = sending(`a spend, 2 lanes, ${OUTSTANDING} outstanding`, 2, OUTSTANDING, (unit) =>
    aSpend(memberOf(unit % SPENDERS), 1),
  );
  const single: Side = {
    name: `a transaction an award, ${ONE_BY_ONE_AT_ONCE} at once`,
    run: async () => {
      const fewer = Math.max(500, Math.floor(units / 6));
      const submissions = Array.from({ length: fewer }, (_, unit) => aSubmission(memberOf(unit)));
      return runOutstanding(fewer, ONE_BY_ONE_AT_ONCE, async (unit) => {
        const submission = submissions[unit];
        if (submission !== undefined) await oneByOne.award(submission);
      });
    },
  };
  const bare: Side = {
    name: `bare insertMany, groups of ${BARE_GROUP}, 2 at once`,
    run: () => insertBare(first, units, memberOf),
  };

  // States and caches warm, as they are in a server that runs.
  for (const lanes of [2, 4]) await grouped(lanes, OUTSTANDING).run();
  await single.run();
  const medici = await MediciLedger.begin(mongodbUri, 'bench_medici');
  const peers = medici === null ? null : sidesOf(medici, units, memberOf);
  if (peers !== null) for (const side of [peers.commit, peers.spend]) await side.run();
  await spending.run();
  const sides = [
    grouped(2, OUTSTANDING),
    grouped(4, OUTSTANDING),
    single,
    bare,
    ...(peers === null ? [] : [peers.commit]),
    spending,
    ...(peers === null ? [] : [peers.spend]),
    grouped(2, 64),
    grouped(2, 256),
  ];
  const runs = await interleave(sides, rounds);
  const rows: Row[] = sides.map(({ name }) => rowOf(name, runs.get(name) ?? []));
  printRows('Commit: awards a second, through rules, journal, state, fence and outbox', rows);
  printSealing(rounds);
  for (const ledger of ledgers.values()) await ledger.stop();
  await medici?.stop();

  const ratio = (a: string, b: string): number => medianRatio(runs.get(a) ?? [], runs.get(b) ?? []);
  const verdicts: Verdict[] = [];
  for (const lanes of [2, 4]) {
    const ours = `${lanes} lanes, ${OUTSTANDING} outstanding`;
    verdicts.push({
      name: `B1 group commit, ${lanes} lanes, against a transaction an award`,
      ratio: ratio(ours, single.name),
      floor: 8,
    });
    verdicts.push({
      name: `B2 group commit, ${lanes} lanes, against bare insertMany`,
      ratio: ratio(ours, bare.name),
      floor: 0.5,
    });
    if (peers !== null)
      verdicts.push({
        name: `B3 group commit, ${lanes} lanes, against medici, ${MEDICI_AT_ONCE} at once`,
        ratio: ratio(ours, peers.commit.name),
        floor: 12,
      });
  }
  if (peers !== null)
    verdicts.push({
      name: 'B3 a spend of ours against medici with a lock in a transaction',
      ratio: ratio(spending.name, peers.spend.name),
      floor: 30,
    });
  verdicts.push({
    name: 'group commit, 64 clients, against a transaction an award',
    ratio: ratio('2 lanes, 64 outstanding', single.name),
    floor: null,
  });
  verdicts.push({
    name: 'group commit, 256 clients, against a transaction an award',
    ratio: ratio('2 lanes, 256 outstanding', single.name),
    floor: null,
  });
  return verdicts;
}

async function insertBare(ledger: LedgerUnderTest, units: number, memberOf: (unit: number) => string): Promise<Run> {
  const bare = new BareInsert(ledger.mongo);
  bare.prepare(Array.from({ length: units }, (_, unit) => aSubmission(memberOf(unit))));
  const groups = Math.ceil(units / BARE_GROUP);
  const run = await runOutstanding(groups, 2, (group) => bare.insert(group * BARE_GROUP, BARE_GROUP));
  return { ...run, units, cpuUs: (run.cpuUs * groups) / units };
}

/** What a peer does in as many units as are measured; of the slow ones fewer say as much. */
function sidesOf(
  medici: MediciLedger,
  units: number,
  memberOf: (unit: number) => string,
): { readonly commit: Side; readonly spend: Side } {
  return {
    commit: {
      name: `medici, ${MEDICI_AT_ONCE} at once`,
      run: () =>
        runOutstanding(Math.max(SPENDERS, Math.floor(units / 6)), MEDICI_AT_ONCE, (unit) =>
          medici.award(memberOf(unit % SPENDERS), 100),
        ),
    },
    spend: {
      name: `a spend of medici, locked, ${MEDICI_AT_ONCE} at once`,
      run: () =>
        runOutstanding(Math.max(200, Math.floor(units / 24)), MEDICI_AT_ONCE, (unit) =>
          medici.spend(memberOf(unit % SPENDERS), 1),
        ),
    },
  };
}

/** What numbering and sealing an entry costs, without a store: hashes of all that no other hash covers, and the lane's link. */
function printSealing(rounds: number): void {
  const members = someMembers(BARE_GROUP);
  const draft: GroupDraft = { lane: 'seal', q: 1, atMs: Date.now(), entries: [], ledgers: new Map(), caused: [] };
  const random = new RandomPool();
  for (const member of members) decideInto(draft, aSubmission(member), program, random);
  const run = (): number => {
    const started = performance.now();
    for (let group = 0; group < 40; group += 1) sealGroup('0'.repeat(64), draft.entries);
    return ((performance.now() - started) * 1_000) / (40 * BARE_GROUP);
  };
  run();
  console.log(`sealing an entry: ${median(Array.from({ length: rounds }, run)).toFixed(1)} µs`);
}

/** The ratio of each round, then the median: a round in which the machine was slow was slow for both. */
function medianRatio(ours: readonly Run[], theirs: readonly Run[]): number {
  return median(ours.map((run, round) => rateOf(run) / rateOf(theirs[round] ?? run)));
}
