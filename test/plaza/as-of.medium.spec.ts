import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { BoardCalendar } from '@verbena/server/leaderboards/board-calendar.service.js';
import { BoardCopiesRepository } from '@verbena/server/leaderboards/board-copies.repository.js';
import { BoardCopies } from '@verbena/server/leaderboards/board-copies.service.js';
import { BoardMirror } from '@verbena/server/leaderboards/board-mirror.repository.js';
import { BoardPast } from '@verbena/server/leaderboards/board-past.service.js';
import { BoardRunsRepository } from '@verbena/server/leaderboards/board-runs.repository.js';
import { BoardsProjector } from '@verbena/server/leaderboards/leaderboards.projector.js';
import { listOf } from '@verbena/server/leaderboards/place-order.js';
import { StandingsCopies } from '@verbena/server/leaderboards/standings-copies.service.js';
import { Rankings } from '@verbena/server/leaderboards/rankings.service.js';
import { runOn } from '@verbena/server/leaderboards/run-calendar.js';
import { StandingsRepository } from '@verbena/server/leaderboards/standings.repository.js';
import { Committer } from '@verbena/server/ledger/committer.js';
import type { JournalEntry, RecordedActivity } from '@verbena/server/ledger/journal-entry.js';
import { JournalPast } from '@verbena/server/ledger/journal-past.service.js';
import { laneIds, laneOfShard } from '@verbena/server/ledger/lanes.js';
import { LedgerRepository } from '@verbena/server/ledger/ledger.repository.js';
import { RandomPool } from '@verbena/server/ledger/random-pool.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import { SnapshotsRepository } from '@verbena/server/ledger/snapshots.repository.js';
import { SnapshotsService } from '@verbena/server/ledger/snapshots.service.js';
import type { Outcome, Submission } from '@verbena/server/ledger/submission.js';
import { localDateOf } from '@verbena/server/platform/clock/calendar.js';
import { Clock } from '@verbena/server/platform/clock/clock.js';
import { readConfig } from '@verbena/server/platform/config/config.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { Mongo } from '@verbena/server/platform/mongo/mongo.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { Redis } from '@verbena/server/platform/redis/redis.js';
import { ulid } from 'ulid';
import { definitionCompilers } from '#support/definition-compilers.js';
import { Seeded, SEED } from '#support/seeded.js';

const ZONE = 'Europe/Madrid';
const LANES = 2;
const STEPS = 95;
const ACTIVITIES_PER_STEP = 7;
const MEMBERS = 11;
const BEGINNING = Date.parse('2026-10-20T08:00:00Z');
const plaza = compileProgram(
  { zone: ZONE, time: 'wall' },
  { version: 1, definitions: PRESETS['shopping-centre'].definitions },
  [],
  definitionCompilers,
);

class MovedClock extends Clock {
  atMs = BEGINNING;
  now(): number {
    return this.atMs;
  }
}

/** What stood there at a moment, read the moment it was so. */
interface Noted {
  readonly atMs: number;
  readonly states: ReadonlyMap<string, MemberState>;
  readonly boards: readonly { readonly board: Board; readonly run: string; readonly places: readonly unknown[] }[];
}

const database = `as_of_${ulid()}`;
const config = readConfig({
  MONGODB_URI: process.env['MONGODB_URI'] ?? '',
  MONGODB_DATABASE: database,
  REDIS_URL: process.env['REDIS_URL'] ?? '',
  REDIS_PREFIX: database,
  VERBENA_LANES: String(LANES),
  DATA_DIR: mkdtempSync(path.join(process.env['VERBENA_TEST_DIR'] ?? tmpdir(), 'as-of-')),
});
const mongo = new Mongo(config);
const redis = new Redis(config);
const clock = new MovedClock();
const journal = new LedgerRepository(mongo);
/** Another node, which committed nothing itself. */
const elsewhere = new LedgerRepository(mongo);
const standings = new StandingsRepository(mongo);
const runs = new BoardRunsRepository(mongo);
const copiesOf = new BoardCopiesRepository(mongo);
const snapshotsOf = new SnapshotsRepository(mongo);
const mirror = new BoardMirror(redis, config);
const PROGRAM = ulid(BEGINNING);
const scope = scopeOf(PROGRAM);
const programs = {
  get: () => Promise.resolve(document),
  find: () => Promise.resolve(document),
  inForce: () => Promise.resolve(plaza),
  atVersion: () => Promise.resolve(plaza),
};
const document = {
  _id: PROGRAM,
  slug: 'plaza',
  name: 'Plaza',
  language: 'es' as const,
  zone: ZONE,
  currency: 'EUR',
  time: 'wall' as const,
  shiftWeeks: null,
  version: 1,
  createdAt: new Date(BEGINNING),
};
const heads = new Map(laneIds(LANES).map((lane) => [lane, 0]));
const projections = {
  settles: () => Promise.resolve(true),
  watermarks: () => Promise.resolve([...heads].map(([lane, q]) => ({ lane, q }))),
};
const projector = new BoardsProjector(standings, runs, mirror, programs, clock);
const calendar = new BoardCalendar(standings, runs, mirror, programs, projections, clock);
const copies = new BoardCopies(standings, runs, copiesOf, programs, projections, clock);
const past = new BoardPast(
  copiesOf,
  runs,
  standings,
  new Rankings(mirror, standings, new StandingsCopies(standings)),
  new JournalPast(journal),
  programs,
);
const snapshots = new SnapshotsService(snapshotsOf, journal, programs, config);
const committers = new Map<string, Committer>();
const members = Array.from({ length: MEMBERS }, () => ulid(BEGINNING));
const noted: Noted[] = [];
let keys = 0;

beforeAll(async () => {
  await mongo.ready();
  for (const repository of [journal, standings, runs, copiesOf, snapshotsOf]) await repository.ensureIndexes();
  while (!redis.isReady) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const lane of laneIds(LANES)) {
    const committer = new Committer(lane, {
      clock,
      random: new RandomPool(),
      store: journal,
      transport: { committed: () => undefined },
      programs,
      alarms: {
        quarantined: (_, error) => {
          throw error;
        },
        steppedDown: () => undefined,
        stateIsLarge: () => undefined,
      },
    });
    committer.start(await journal.openLane(lane, 1));
    committers.set(lane, committer);
  }
  await live();
}, 120_000);

afterAll(async () => {
  for (const committer of committers.values()) await committer.stop();
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
  redis.onModuleDestroy();
});

/** Six weeks of a program: purchases in and out of order, returns, people who hide and come back, runs that close. */
async function live(): Promise<void> {
  const dice = new Seeded(SEED);
  const returnable: JournalEntry[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    clock.atMs += dice.between(1, 20 * 3_600_000);
    const submissions = Array.from({ length: ACTIVITIES_PER_STEP }, () => aSubmission(dice, returnable));
    for (const outcome of await Promise.all(submissions.map(submit)))
      if (outcome.kind === 'accepted' && outcome.entry.activity.type === 'purchase') returnable.push(outcome.entry);
    await project();
    await calendar.closeDue();
    await copies.copyDay();
    noted.push(await note());
  }
}

function aSubmission(dice: Seeded, returnable: JournalEntry[]): Submission {
  const kind = dice.between(0, 19);
  const entry = kind === 0 ? returnable.splice(dice.between(0, Math.max(0, returnable.length - 1)), 1)[0] : undefined;
  const now = new Date(clock.now()).toISOString();
  if (entry !== undefined)
    return reversalOf(entry, { fingerprint: entry._id, channel: 'staff', occurredAt: now, receivedAt: now });
  // One member does most of it, so that it has snapshots.
  const member = dice.next() < 0.75 ? (members[0] ?? '') : dice.pick(members);
  const occurredAt = new Date(clock.now() - (dice.between(0, 4) === 0 ? dice.between(0, 8 * 86_400_000) : 0));
  if (kind === 1) return anActivity(member, 'member.changed', { boards: dice.pick(['alias', 'hidden']) }, occurredAt);
  return anActivity(
    member,
    'purchase',
    {
      totalMinor: dice.between(0, 9_000),
      departments: [{ name: dice.pick(['PAN', 'ROPA', 'FRUTA']), amountMinor: 1 }],
    },
    occurredAt,
  );
}

function anActivity(member: string, type: string, attributes: Record<string, unknown>, occurred: Date): Submission {
  keys += 1;
  const key = `k${keys}`;
  const occurredAt = occurred.toISOString();
  const activity: RecordedActivity = {
    ...{ type, key, source: 'program', occurredAt, receivedAt: occurredAt, channel: 'shop', attributes, depth: 0 },
  };
  const shard = shardOf(PROGRAM, member);
  return { scope, member, shard, entryId: entryIdOf(PROGRAM, 'program', key), fingerprint: hashOf(key), activity };
}

function submit(submission: Submission): Promise<Outcome> {
  const committer = committers.get(laneOfShard(submission.shard, LANES));
  if (committer === undefined) throw new Error('There is no such lane.');
  return committer.submit(submission);
}

async function project(): Promise<void> {
  for (const { _id: lane, q: toQ } of await journal.listLanes()) {
    const fromQ = heads.get(lane) ?? 0;
    heads.set(lane, toQ);
    if (toQ === fromQ) continue;
    const entries = await journal.readGroups(lane, fromQ, toQ);
    // What whoever committed them still holds is what lies there, field by field.
    expect(entries).toEqual(await elsewhere.readGroups(lane, fromQ, toQ));
    await projector.apply({ lane, fromQ, toQ, entries });
  }
}

async function note(): Promise<Noted> {
  const states = new Map((await journal.findStates(scope, members)).map(({ _id, state }) => [_id, state]));
  const boards: Noted['boards'][number][] = [];
  for (const board of plaza.boards) {
    const run = runOn(localDateOf(clock.now(), ZONE), board.period);
    const places = await standings.after(listOf(PROGRAM, board.id, run), null, 1_000);
    boards.push({ board, run, places: places.map(({ member, score }) => [member, score]) });
  }
  return { atMs: clock.now(), states, boards };
}

test('C11 what was known of a member at 1,000 random moments is what was read then', async () => {
  let pairs = 0;
  for (const { atMs, states } of noted) {
    const found = await Promise.all(members.map((member) => snapshots.at(scope, member, atMs)));
    for (const [index, { state, entry }] of found.entries()) {
      const member = members[index] ?? '';
      const wanted = states.get(member);
      expect([member, atMs, wanted === undefined ? 0 : state]).toEqual([member, atMs, wanted ?? 0]);
      expect(entry?.seq ?? 0).toBe(wanted?.seq ?? 0);
      pairs += 1;
    }
  }
  expect(pairs).toBeGreaterThanOrEqual(1_000);
  // Its journal is long enough that the last answers came from a snapshot.
  const [first = ''] = members;
  expect(noted.at(-1)?.states.get(first)?.seq).toBeGreaterThan(500);
  expect(await snapshotsOf.listBefore(first, new Date(clock.now()), 5)).toHaveLength(1);
});

test('C11 every board stood at those moments as it was read then, in open runs and in closed ones', async () => {
  let places = 0;
  const closed = new Map<string, { board: Board; run: string; places: readonly unknown[] }>();
  for (const { atMs, boards } of noted.filter((_, index) => index % 4 === 1)) {
    for (const { board, run, places: wanted } of boards) {
      const found = await past.read(scope, board, run, atMs, { member: null, rows: 1_000 });
      expect([board.id, run, atMs, found.rows.map(({ member, score }) => [member, score])]).toEqual([
        ...[board.id, run, atMs, wanted],
      ]);
      places += wanted.length;
      if (board.period === 'week') closed.set(run, { board, run, places: wanted });
    }
  }
  expect(places).toBeGreaterThan(200);
  const last = [...closed.keys()].toSorted().at(0) ?? '';
  const [board] = plaza.boards;
  if (board === undefined) throw new Error('The demo program has boards.');
  const frozen = await past.read(scope, board, last, clock.now(), { member: members[0] ?? '', rows: 1_000 });
  expect(frozen.closedAt).not.toBeNull();
  expect(frozen.own?.score).toBeGreaterThan(0);
});

test('C11 a member that hid itself has its score then, and no place', async () => {
  const [ever] = plaza.boards.filter(({ period }) => period === 'ever');
  if (ever === undefined) throw new Error('The demo program has a board for ever.');
  let hidden = 0;
  for (const { atMs } of noted.filter((_, index) => index % 20 === 5)) {
    for (const member of members.slice(0, 6)) {
      const { own } = await past.read(scope, ever, 'ever', atMs, { member, rows: 0 });
      const { state } = await snapshots.at(scope, member, atMs);
      expect([member, atMs, own?.score]).toEqual([member, atMs, state.earned['puntos']?.ever ?? 0]);
      if (own?.isHidden === true) {
        hidden += 1;
        expect(own.placed).toBeNull();
      }
    }
  }
  expect(hidden).toBeGreaterThan(0);
});

test('a snapshot that somebody changed is not believed, and is found', async () => {
  const [member = ''] = members;
  const [snapshot] = await snapshotsOf.listBefore(member, new Date(clock.now()), 1);
  if (snapshot === undefined) throw new Error('There is a snapshot by now.');
  const honest = (await snapshots.at(scope, member, clock.now())).state;
  const richer = { ...snapshot, state: { ...snapshot.state, balances: { puntos: 1_000_000 } } };
  await snapshotsOf.put(richer);
  const check = await snapshots.checkOf(member, false);
  for (const entry of await journal.readJournal(member, snapshot.seq - 1, 1)) await check.meet(entry, snapshot.state);
  expect(check.findings).toMatchObject([{ kind: 'snapshot', member, seq: snapshot.seq }]);
  expect((await snapshots.at(scope, member, clock.now())).state).toEqual(honest);
  // Folding on put the right one in its place.
  expect((await snapshotsOf.listBefore(member, new Date(clock.now()), 1))[0]).toEqual(snapshot);
});
