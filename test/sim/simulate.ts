import { countedShape } from '@verbena/server/leaderboards/count-entries.js';
import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import type { OutboxRow } from '@verbena/server/ledger/journal-entry.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import type { JournalDocument, LaneDocument } from '@verbena/server/ledger/ledger.schema.js';
import { ProjectionsRepository } from '@verbena/server/ledger/projections.repository.js';
import type { MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import { checkWorld } from './check-world.js';
import { Device } from './device.js';
import { MemoryDatabase } from './memory-database.js';
import { MemoryMirror } from './memory-mirror.js';
import type { Mutant } from './mutants.js';
import { Nodes } from './nodes.js';
import { someMembers, somePlans } from './plans.js';
import { Promises, Shop } from './shop.js';
import { LANES, type Surroundings } from './sim-node.js';
import { SimProgram } from './sim-program.js';
import { CALM, isOut, OUTAGE, someWeather, type Weather } from './weather.js';
import { World } from './world.js';

export interface Result {
  readonly seed: number;
  /** What did not hold; empty for a good run. */
  readonly failures: readonly string[];
  /** What happened, in order: `<ms> <label>`. Equal for equal runs. */
  readonly trace: () => readonly string[];
  readonly steps: number;
  readonly entries: number;
  /** The kinds of activities that the journal has in the end. */
  readonly types: readonly string[];
  /** The faults that this seed chose, in words. */
  readonly faults: string;
}

/** A working day in November, a day before a week's and nine before a year's end. */
const STARTS_MS = [Date.UTC(2026, 10, 24, 9), Date.UTC(2026, 10, 28, 22, 58), Date.UTC(2026, 11, 31, 22, 59)];
const YEAR_MS = 365 * 86_400_000;
const STORM_MS_MAX = 90_000;
const REST_MS_MAX = 120_000;
const SETTLE_MS = 2_500;

/** One run of one seed: a storm in which everything happens, then calm, in which everything must come to rest and be right. */
export async function simulate(seed: number, mutant: Mutant | null = null): Promise<Result> {
  const world = new World(seed, STARTS_MS[seed % STARTS_MS.length] ?? 0);
  const { random } = world;
  const weather = someWeather(random);
  let current: Pick<Weather, keyof typeof CALM> = weather;
  const database = new MemoryDatabase(() => world.elapsedMs, mutant?.unchecked);
  const mirror = new MemoryMirror(world, mutant?.mirrorAdds);
  const members = someMembers(random, random.between(3, 5));
  const startMs = world.wallMs;
  const program = new SimProgram(
    startMs + (random.next() < 0.3 ? random.between(500, 4_000) : Number.MAX_SAFE_INTEGER / 2),
  );
  const around: Surroundings = {
    world,
    database,
    mirror,
    program,
    members,
    storeWeather: () => (current === weather && isOut(weather, world) ? OUTAGE : current.store),
    redisLoss: () => current.redisLoss,
    ledgerRepository: (mongo) => new LedgerRepository(mongo),
    standingsRepository: (mongo) => new StandingsRepository(mongo),
    projectionsRepository: (mongo) => new ProjectionsRepository(mongo),
    ...mutant?.parts,
  };
  const nodes = new Nodes(around, weather);
  const promises = new Promises();
  const pickNode = () => nodes.pick();
  const plans = somePlans(random, members, startMs, random.between(8, 40));
  const shops = plans.map((plan) => new Shop(world, plan, promises, pickNode, () => current.requests));
  const devices = members
    .slice(0, 2)
    .map((member) => new Device(world, member, pickNode, () => current.sockets, mutant?.sinceOf ?? ((cur) => cur)));
  nodes.begin();
  for (const shop of shops) void shop.run();
  const isSent = (): boolean => shops.every(({ isDone }) => isDone);
  const failures: string[] = [];
  try {
    await world.run(() => isSent() && nodes.isStormOver, STORM_MS_MAX);
    world.note('calm');
    current = CALM;
    nodes.calm();
    // What was sent once more, long after it was answered, has come by then.
    await world.run(() => false, 4_500);
    const atRest = (): boolean => isSent() && nodes.isUp && isAtRest(around, nodes.nowMs, devices);
    const hasRested = await world.run(atRest, REST_MS_MAX);
    // What only seemed to rest, such as a mirror that knows that it missed something, moves on by itself.
    if (hasRested) await world.run(() => false, SETTLE_MS);
    if (!hasRested || !(await world.run(atRest, REST_MS_MAX)))
      failures.push(`It does not come to rest: ${whatMoves(around, nodes.nowMs, devices, isSent())}`);
    failures.push(
      ...nodes.zombies,
      ...checkWorld({
        database,
        mirror,
        program,
        members,
        promises,
        devices,
        wallMs: nodes.nowMs,
        hasYearPassed: nodes.nowMs - startMs > YEAR_MS,
      }),
    );
  } catch (error) {
    failures.push(`It broke: ${String(error instanceof Error ? error.stack : error)}`);
  }
  const journal = database.all('journal') as unknown as JournalDocument[];
  const types = [...new Set(journal.map(({ activity }) => activity.type))];
  const entries = journal.length;
  return { seed, failures, trace: () => world.trace, steps: world.steps, entries, types, faults: weather.says };
}

function isAtRest(around: Surroundings, nowMs: number, devices: readonly Device[]): boolean {
  return whatMoves(around, nowMs, devices, true) === '';
}

/** What is still under way, in words; the empty string where nothing is. */
function whatMoves(
  { database, mirror, program }: Surroundings,
  nowMs: number,
  devices: readonly Device[],
  isSent: boolean,
): string {
  if (!isSent) return 'not everything was answered';
  const lanes = database.all('lanes') as unknown as LaneDocument[];
  if (lanes.length < LANES) return 'the lanes are not opened';
  const outbox = database.all('outbox') as unknown as OutboxRow[];
  for (const lane of lanes) {
    if (outbox.some((row) => row.lane === lane._id && row.caused.length > 0 && row.q > lane.relayed))
      return `lane ${lane._id} is not relayed`;
    const cursor = database.find('projections', { _id: `boards|${lane._id}` })[0];
    if (cursor?.['q'] !== lane.q)
      return `the boards of lane ${lane._id} stand at ${String(cursor?.['q'])}, it at ${lane.q}`;
    if (mirror.lanes.get(lane._id) !== lane.q) return `the mirror of lane ${lane._id} is behind`;
  }
  const shape = countedShape(program.inForce(nowMs).boards);
  for (const one of database.all('projections')) {
    if (one['program'] === undefined) continue;
    if (one['rebuildAt'] instanceof Date) return `${one._id} is computed anew`;
    if (one['shape'] !== shape) return `${one._id} goes by an older version`;
  }
  const states = new Map((database.all('memberStates') as unknown as MemberLedger[]).map((one) => [one._id, one]));
  for (const { _id, dueAt } of states.values()) if (dueAt !== null && dueAt.getTime() <= nowMs) return `${_id} is due`;
  for (const device of devices)
    if (!device.stands(states.get(device.member)?.seq ?? 0)) return `a device of ${device.member} is behind`;
  return '';
}
