import { ulid } from 'ulid';
import { readConfig } from '#platform/config/config.js';
import { shardOf } from '#platform/crypto/hash.js';
import { Mongo } from '#platform/mongo/mongo.js';
import type { JournalEntry } from './journal-entry.js';
import { toDocument } from './ledger.schema.js';
import { shardsOfLane } from './lanes.js';
import { LedgerRepository } from './ledger.repository.js';
import { ProjectionRunner } from './projection-runner.js';
import { ProjectionsRepository } from './projections.repository.js';
import type { LaneBatch, MemberJournal, ProjectedLane, Projector } from './projector.port.js';

const LANE = '1.0';
const mongo = new Mongo(
  readConfig({ REDIS_URL: 'redis://unused', ...process.env, MONGODB_DATABASE: `projections_${ulid()}` }),
);
const journal = new LedgerRepository(mongo);
const projections = new ProjectionsRepository(mongo);
const program = ulid();
const members: string[] = [];
const shard = { shards: new Set(shardsOfLane(LANE, 1)) };
const seqs = new Map<string, number>();
let head = 0;
let shape = 'a';
let nowMs = Date.parse('2026-11-25T10:00:00Z');

beforeAll(async () => {
  await mongo.ready();
  await journal.ensureIndexes();
  await projections.ensureIndexes();
  await journal.openLane(LANE, 1);
});

afterAll(async () => {
  await mongo.connection.dropDatabase();
  await mongo.onModuleDestroy();
});

/** A view that writes down what it is given; by `seq`, as every view must. */
class Notebook implements Projector {
  readonly name: string;
  readonly seen = new Map<string, number>();
  readonly batches: [number, number][] = [];
  readonly recomputed: string[] = [];
  failsAt: number | null = null;

  constructor(name = `view-${ulid()}`) {
    this.name = name;
  }

  shapeOf(): string {
    return shape;
  }

  begin(_: ProjectedLane): Promise<void> {
    return Promise.resolve();
  }

  async apply({ fromQ, toQ, entries }: LaneBatch): Promise<void> {
    this.batches.push([fromQ, toQ]);
    for (const { member, seq } of entries) this.seen.set(member, Math.max(seq, this.seen.get(member) ?? 0));
    if (this.failsAt !== null && toQ >= this.failsAt) throw new Error('killed');
    await Promise.resolve();
  }

  async recompute(_: string, __: unknown, journals: readonly MemberJournal[]): Promise<void> {
    for (const { member, entries } of journals.map((one) => ({ member: one.member, entries: () => one.entries() }))) {
      this.recomputed.push(member);
      for await (const page of entries()) for (const { seq } of page) this.seen.set(member, seq);
    }
  }
}

/** Commits a group with one entry for each of these, as far as a projection sees of it. */
async function commit(...who: readonly string[]): Promise<void> {
  head += 1;
  const at = new Date(nowMs).toISOString();
  const entries = who.map((member): JournalEntry => {
    const seq = (seqs.get(member) ?? 0) + 1;
    seqs.set(member, seq);
    if (!members.includes(member)) members.push(member);
    return {
      _id: ulid(),
      program,
      member,
      shard: shardOf(program, member),
      lane: LANE,
      q: head,
      seq,
      at,
      activity: {
        type: 'visit',
        key: `${head}`,
        source: 'program',
        occurredAt: at,
        receivedAt: at,
        channel: 'shop',
        attributes: {},
        depth: 0,
      },
      fingerprint: '',
      outcome: 'accepted',
      refusal: null,
      version: 1,
      engine: 1,
      facts: { calendar: { occurred: { program: '', member: '' }, now: { program: '', member: '' } } },
      lines: [],
      effects: [],
      receipt: { fired: [], missed: [] } as unknown as JournalEntry['receipt'],
      balances: {},
      salt: '',
      hash: '',
    };
  });
  await mongo.collection('journal').insertMany(entries.map(toDocument) as never[]);
  await mongo.collection<{ _id: string }>('lanes').updateOne({ _id: LANE }, { $set: { q: head } });
}

function aRunner(projector: Projector, node: string, store = projections): ProjectionRunner {
  return new ProjectionRunner(projector, { id: LANE, ...shard }, node, {
    journal,
    projections: store,
    programs: {
      listAll: () => Promise.resolve([{ _id: program, version: shape === 'a' ? 1 : 2 }]),
      inForce: () => Promise.resolve({ version: shape === 'a' ? 1 : 2 }),
    } as never,
    members: {
      list: (_: unknown, after: string | null, limit: number) =>
        Promise.resolve(
          members
            .toSorted()
            .filter((member) => after === null || member > after)
            .slice(0, limit)
            .map((_id) => ({ _id, shard: shardOf(program, _id) })),
        ),
    } as never,
    clock: { now: () => nowMs, elapsed: () => nowMs, pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  });
}

/** Beats until the view holds everything. */
async function untilWhole(runner: ProjectionRunner, view: Notebook): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    await runner.beat();
    if (members.every((member) => view.seen.get(member) === seqs.get(member))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(Object.fromEntries(view.seen)).toEqual(Object.fromEntries(seqs));
}

async function cursorOf(view: Notebook): Promise<number | undefined> {
  return (await projections.findCursor(view.name, LANE))?.q;
}

/** The watermark moves a moment after the view; so long it is waited for. */
async function untilAtHead(view: Notebook): Promise<void> {
  for (const until = Date.now() + 5_000; Date.now() < until && (await cursorOf(view)) !== head;)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await cursorOf(view)).toBe(head);
}

test('a lane that was never seen is computed from its members, and what comes then is followed', async () => {
  await commit(ulid(), ulid());
  await commit(...members.slice(0, 1), ulid());
  const view = new Notebook();
  const runner = aRunner(view, 'one');
  await untilWhole(runner, view);
  expect(view.recomputed.toSorted()).toEqual(members.toSorted());
  expect(view.batches).toEqual([]);
  await commit(members[0] ?? '', ulid());
  await untilWhole(runner, view);
  await untilAtHead(view);
  expect(view.batches).toEqual([[head - 1, head]]);
  await runner.stop();
});

test('killed before the watermark moved, the next leader is given the same groups again', async () => {
  const view = new Notebook();
  const first = aRunner(view, 'one');
  await untilWhole(first, view);
  const began = head;
  view.failsAt = head + 1;
  await commit(members[0] ?? '');
  await commit(members[1] ?? '');
  await first.beat();
  for (const until = Date.now() + 5_000; Date.now() < until && view.batches.length === 0;)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await cursorOf(view)).toBe(began);
  const after = new Notebook(view.name);
  const stopping = first.stop();
  const second = aRunner(after, 'one');
  await second.beat();
  for (const until = Date.now() + 5_000; Date.now() < until && after.batches.length === 0;) {
    await second.beat();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(after.batches[0]).toEqual([began, head]);
  await untilAtHead(after);
  await stopping;
  await second.stop();
});

test('one node leads a lane; another takes over when the lease has ended, and the first finds out', async () => {
  const view = new Notebook();
  const first = aRunner(view, 'one');
  await untilWhole(first, view);
  const other = new Notebook(view.name);
  const second = aRunner(other, 'two');
  await commit(members[0] ?? '');
  await second.beat();
  expect(other.batches).toEqual([]);
  await untilWhole(first, view);
  await untilAtHead(view);
  nowMs += 6_000;
  await second.beat();
  await commit(members[1] ?? '');
  await first.beat();
  await second.beat();
  for (const until = Date.now() + 5_000; Date.now() < until && other.batches.length === 0;)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(other.batches).toEqual([[head - 1, head]]);
  const count = view.batches.length;
  await commit(members[0] ?? '');
  await first.beat();
  await second.beat();
  await untilAtHead(other);
  expect(view.batches).toHaveLength(count);
  await Promise.all([first.stop(), second.stop()]);
});

test('definitions that change what the view goes by have the members computed anew, once', async () => {
  const view = new Notebook();
  const runner = aRunner(view, 'one');
  await untilWhole(runner, view);
  view.recomputed.splice(0);
  shape = 'b';
  for (const until = Date.now() + 5_000; Date.now() < until && view.recomputed.length < members.length;) {
    await runner.beat();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (let beats = 0; beats < 6; beats += 1) await runner.beat();
  expect(view.recomputed.toSorted()).toEqual(members.toSorted());
  expect((await projections.listRebuilds()).filter(({ projection }) => projection === view.name)).toEqual([]);
  shape = 'a';
  await runner.stop();
});

test('where asking for that fails, it is asked again, though nothing happens in the program any more', async () => {
  const view = new Notebook();
  let failures = 0;
  class Unsteady extends ProjectionsRepository {
    override askRebuild(...asked: Parameters<ProjectionsRepository['askRebuild']>): Promise<void> {
      if (shape === 'a' || failures > 0) return super.askRebuild(...asked);
      failures += 1;
      return Promise.reject(new Error('The call was lost.'));
    }
  }
  const runner = aRunner(view, 'one', new Unsteady(mongo));
  await untilWhole(runner, view);
  view.recomputed.splice(0);
  shape = 'b';
  for (const until = Date.now() + 5_000; Date.now() < until && view.recomputed.length < members.length;) {
    await runner.beat();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(failures).toBe(1);
  expect(view.recomputed.toSorted()).toEqual(members.toSorted());
  shape = 'a';
  await runner.stop();
});
