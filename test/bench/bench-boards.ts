import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { BoardsProjector } from '@verbena/server/leaderboards/leaderboards.projector.js';
import type { JournalEntry } from '@verbena/server/ledger/projector.port.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { aBoard, anEarning, type BoardStores, BoardsUnderTest } from '#support/boards-under-test.js';
import { Seeded } from '#support/seeded.js';
import { percentile } from './measure.js';

const GROUP = 128;
const READS = 400;
const UPDATES = 20_000;
const DAY = '2026-11-25';

/**
 * One board of so many members: how long it takes to count them from nothing, to copy it into an empty Redis, a page of it (the
 * first hundred, what is around a member, its place), and how many entries a second are taken in. Reported, without a floor.
 */
export async function benchBoards(stores: BoardStores, members: number): Promise<void> {
  const board = aBoard({ id: 'siempre', period: 'ever' });
  const under = new BoardsUnderTest(stores, ulid(), [board], new Date('2026-01-01T00:00:00Z'));
  await under.start();
  try {
    const bench = new BoardBench(under, board, members);
    console.log(`\nBoards: one board of ${members} members, entries in groups of ${GROUP}, two lanes`);
    row('counted from nothing, MongoDB and Redis', await bench.build(), 'entries a second');
    await bench.read('a page from Redis', true);
    await bench.read('a page from MongoDB', false);
    row('entries taken in, one a member and batch', await bench.update(), 'entries a second');
    await bench.copy();
    await bench.recompute();
  } finally {
    await under.stop();
  }
}

class BoardBench {
  private readonly random = new Seeded(7);
  private readonly people: string[];
  private readonly journals = new Map<string, JournalEntry[]>();
  private readonly qs: Map<string, number>;
  private readonly list: string;
  private readonly projector: BoardsProjector;

  constructor(
    private readonly under: BoardsUnderTest,
    private readonly board: Board,
    members: number,
  ) {
    this.people = Array.from({ length: members }, () => ulid());
    this.qs = new Map(under.lanes.map(({ id }) => [id, 0]));
    this.list = `${under.program}|${board.id}|ever`;
    this.projector = under.newProjector();
  }

  async build(): Promise<number> {
    await this.under.mend(this.projector, this.qs);
    return this.apply(this.people, 16);
  }

  update(): Promise<number> {
    return this.apply(
      Array.from({ length: UPDATES }, () => this.random.pick(this.people)),
      1,
    );
  }

  async read(name: string, isFromMirror: boolean): Promise<void> {
    const latencies: number[] = [];
    for (let count = 0; count < READS; count += 1) {
      const member = this.random.pick(this.people);
      const started = performance.now();
      const { own } = await this.under.read(this.list, this.board, member, isFromMirror);
      latencies.push(performance.now() - started);
      if (own?.placed == null) throw new Error('a member has no place');
    }
    const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
    console.log(
      `${name.padEnd(44)}p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   (${READS} reads, one at a time)`,
    );
  }

  async copy(): Promise<void> {
    await this.under.redis.commands.del(this.under.redis.key('boards', 'meta'));
    const started = performance.now();
    await this.under.mend(this.projector, this.qs);
    const seconds = (performance.now() - started) / 1_000;
    row('copied into an emptied Redis', this.people.length / seconds, `members a second (${seconds.toFixed(1)} s)`);
  }

  async recompute(): Promise<void> {
    const some = this.people.slice(0, 5_000);
    const started = performance.now();
    for (const { id } of this.under.lanes) {
      const own = some.filter((member) => this.under.laneOf(member) === id);
      for (let at = 0; at < own.length; at += 100)
        await this.projector.recompute(
          id,
          scopeOf(this.under.program),
          own.slice(at, at + 100).map((member) => this.under.journalOf(member, this.journals.get(member) ?? [])),
        );
    }
    const seconds = (performance.now() - started) / 1_000;
    row('members replaced by a rebuild, journals aside', some.length / seconds, 'members a second');
  }

  /** Projects one entry for each of these, so many groups a batch; answers entries a second, spent in the projector. */
  private async apply(who: readonly string[], groupsPerBatch: number): Promise<number> {
    const byLane = new Map<string, string[]>();
    for (const member of who) {
      const lane = this.under.laneOf(member);
      const others = byLane.get(lane);
      if (others === undefined) byLane.set(lane, [member]);
      else others.push(member);
    }
    let spentMs = 0;
    for (const [lane, members] of byLane) {
      for (let at = 0; at < members.length; at += GROUP * groupsPerBatch) {
        const fromQ = this.qs.get(lane) ?? 0;
        const part = members.slice(at, at + GROUP * groupsPerBatch);
        const entries = part.map((member, index) => this.anEntry(member, fromQ + 1 + Math.floor(index / GROUP)));
        const toQ = fromQ + Math.ceil(part.length / GROUP);
        const started = performance.now();
        await this.projector.apply({ lane, fromQ, toQ, entries });
        spentMs += performance.now() - started;
        this.qs.set(lane, toQ);
      }
    }
    return who.length / (spentMs / 1_000);
  }

  private anEntry(member: string, q: number): JournalEntry {
    const journal = this.journals.get(member) ?? [];
    this.journals.set(member, journal);
    const at = new Date(Date.parse(`${DAY}T08:00:00Z`) + q * 100).toISOString();
    const lines = [anEarning(this.random.between(1, 5_000), DAY)];
    const entry = this.under.anEntry(member, journal.length + 1, q, at, lines, []);
    journal.push(entry);
    return entry;
  }
}

function row(name: string, rate: number, unit: string): void {
  console.log(`${name.padEnd(44)}${Math.round(rate).toString().padStart(8)} ${unit}`);
}
