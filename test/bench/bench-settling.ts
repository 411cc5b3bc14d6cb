import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import type { Budget } from '@verbena/shared/programs/budget.js';
import type { MemberDemand } from '@verbena/server/backtests/demand.js';
import { SettledTally } from '@verbena/server/backtests/settled-tally.js';
import { Settlement } from '@verbena/server/backtests/settlement.js';
import { type CountedPast, countShadow, shadow } from '@verbena/server/backtests/shadow-outcome.js';
import { newTally } from '@verbena/server/backtests/tally.js';
import { readBasket } from '@verbena/server/commands/import/basket.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { Committer, LIMITS } from '@verbena/server/ledger/committer.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { hasCompleteJourney, readBaskets } from '#support/complete-journey.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { MemoryStore } from '#support/memory-store.js';
import { MovedClock } from '#support/moved-clock.js';

const PROGRAM = '01J00000000000000000000LAW';
const GROUP = 128;

/** Twice the points, out of a budget that runs out every day, in the middle of each month, or once and for all. */
const BUDGETS: readonly Budget[] = [
  { limit: 20_000, per: 'day', whenShort: 'partial' },
  { limit: 500_000, per: 'month', whenShort: 'nothing' },
  { limit: 5_000_000, per: 'ever', whenShort: 'partial' },
];

/** What giving out what all share costs a backtest of half a year of baskets: in one process, over journals in memory. */
export async function benchSettling(): Promise<void> {
  if (!hasCompleteJourney) {
    console.log('\nSettling: skipped, half a year of baskets does not lie beside this checkout');
    return;
  }
  const { pasts, untilMs } = await liveThrough();
  console.log(
    `\nSettling: ${pasts.length} members, ${pasts.reduce((sum, { entries }) => sum + entries.length, 0)} entries`,
  );
  for (const budget of BUDGETS) settle(pasts, programWith(budget), untilMs, budget);
}

function settle(pasts: readonly CountedPast[], program: CompiledProgram, untilMs: number, budget: Budget): void {
  const rules = { program, currency: 'puntos', untilMs };
  const bare = heapMb();
  const first = timed(() => {
    const part = newTally();
    return pasts.map((past) => countShadow(part, past, shadow(past, rules), rules, { isRanked: false }));
  });
  const demand = first.value.filter(({ figures }) => figures.length > 0);
  const log = heapMb() - bare;
  const { heap, rounds, unsettled, seconds } = runRounds(demand, pasts, rules);
  console.log(
    `  ${budget.limit} a ${budget.per}: first ${first.seconds.toFixed(1)} s, log ${log.toFixed(1)} MB; rounds of ${rounds.join(', ')} ` +
      `members ${seconds.toFixed(1)} s, at most ${(heap - bare).toFixed(0)} MB beside the journals; undecided ${unsettled}`,
  );
}

function runRounds(
  demand: readonly MemberDemand[],
  pasts: readonly CountedPast[],
  rules: { readonly program: CompiledProgram; readonly currency: string; readonly untilMs: number },
) {
  const pastOf = new Map(pasts.map((past) => [past.member, past]));
  const rounds: number[] = [];
  let heap = 0;
  const { value: settlement, seconds } = timed(() => {
    const settling = new Settlement(demand, rules.program.budgets);
    const settled = new SettledTally(settling, rules);
    for (let again = settling.begin(); again !== null; again = settling.begin()) {
      rounds.push(again.length);
      const block = settled.block();
      for (const member of again) {
        const past = pastOf.get(member);
        if (past !== undefined) block.add(past);
      }
      heap = Math.max(heap, heapMb());
      for (const _ of block.decide());
      heap = Math.max(heap, heapMb());
      settling.end();
    }
    return settling;
  });
  return { heap, rounds, unsettled: settlement.unsettled.length, seconds };
}

/** The baskets as they were given, through the real committer on one lane. */
async function liveThrough(): Promise<{ pasts: readonly CountedPast[]; untilMs: number }> {
  const program = programWith(null);
  const store = new MemoryStore();
  const clock = new MovedClock(Date.UTC(2017, 0, 1));
  const committer = new Committer(
    '1.0',
    {
      clock,
      random: { bytes: (count) => Buffer.alloc(count, 7) },
      store,
      transport: { committed: () => undefined },
      programs: { inForce: () => Promise.resolve(program), atVersion: () => Promise.resolve(program) },
      alarms: { quarantined: () => undefined, steppedDown: () => undefined, stateIsLarge: () => undefined },
    },
    { ...LIMITS, groupMax: GROUP, patienceMs: 600_000 },
  );
  committer.start(store.openLane('1.0'));
  let group: Promise<unknown>[] = [];
  for (const row of readBaskets()) {
    const draft = readBasket(row);
    const externalId = 'externalId' in draft.member ? draft.member.externalId : '';
    const member = `01J${externalId.padStart(23, '0')}`;
    const occurredAt = new Date(draft.occurredAt ?? 0).toISOString();
    const { type, key, attributes } = draft;
    clock.atMs = Math.max(clock.atMs, Date.parse(occurredAt));
    const activity = { type, key, source: 'program', channel: 'shop', attributes, depth: 0 } as const;
    const submitted = committer.submit({
      scope: scopeOf(PROGRAM),
      member,
      shard: shardOf(PROGRAM, member),
      entryId: entryIdOf(PROGRAM, 'program', key),
      fingerprint: hashOf(key),
      activity: { ...activity, occurredAt, receivedAt: occurredAt },
    });
    group.push(submitted);
    if (group.length < GROUP) continue;
    await Promise.all(group);
    group = [];
  }
  await Promise.all(group);
  const journals = new Map<string, JournalEntry[]>([...store.states.keys()].map((member) => [member, []]));
  for (const entry of store.journal.values()) journals.get(entry.member)?.push(entry);
  const pasts = [...store.states].map(([member, { state }]): CountedPast => {
    const entries = (journals.get(member) ?? []).toSorted((a, b) => a.seq - b.seq);
    return { member, entries, holds: state };
  });
  return { pasts, untilMs: clock.atMs };
}

function programWith(budget: Budget | null): CompiledProgram {
  const definitions = structuredClone(shoppingCentre);
  const earning = definitions.rules.find(({ id }) => id === 'compra')?.earn[0];
  if (earning === undefined) throw new Error('The preset has no rule compra.');
  if (budget !== null) {
    earning.amount.product[1] = { ratio: [2, 100] };
    earning.budget = budget;
  }
  const zone = { zone: 'Europe/Madrid', time: 'activities' } as const;
  return compileProgram(zone, { version: budget === null ? 1 : 2, definitions }, [], definitionCompilers);
}

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const started = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - started) / 1_000 };
}

/** What is really held. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
