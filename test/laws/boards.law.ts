import fc from 'fast-check';
import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { Effect } from '@verbena/shared/ledger/effect.js';
import type { PointsLine } from '@verbena/shared/ledger/points-line.js';
import type { JournalEntry } from '@verbena/server/ledger/projector.port.js';
import type { Ranking } from '@verbena/server/leaderboards/rankings.service.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { aBoard, anEarning, BoardsUnderTest } from '#support/boards-under-test.js';
import { Seeded } from '#support/seeded.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('boards');
const MEMBERS = 7;
const RUNS_PER_SEED = 4;
const START = Date.UTC(2026, 9, 26, 9);
const DAY_MS = 86_400_000;

const BOARDS: readonly Board[] = [
  aBoard(),
  aBoard({ id: 'mes', period: 'month', ties: 'shared' }),
  aBoard({ id: 'siempre', period: 'ever', ties: 'shared' }),
  aBoard({ id: 'dia', period: 'day' }),
  aBoard({ id: 'otra', currency: 'besos', period: 'ever' }),
];

/** What happens to one member, in order of arrival: `late` is how many days before its decision it happened. */
const act = fc.record({
  member: fc.nat(MEMBERS - 1),
  kind: fc.constantFrom(
    ...([
      'earn',
      'earn',
      'earn',
      'earn',
      'earn',
      'twice',
      'reverse',
      'expire',
      'hide',
      'show',
      'leave',
      'join',
    ] as const),
    'merge',
  ),
  into: fc.nat(MEMBERS - 1),
  // Few amounts, so that ties are common.
  amount: fc.constantFrom(10, 10, 20, 30, 1_000_000_000_000),
  late: fc.constantFrom(0, 0, 0, 1, 6, 30),
  pauseMs: fc.constantFrom(0, 0, 1, 500, 100_000, 8 * 3_600_000, DAY_MS),
  opensGroup: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const history = fc.record({ acts: fc.array(act, { minLength: 5, maxLength: 70 }), chance: fc.nat() });

/** What the entries of an account had come to, and of those joined to it, by currency and day. */
function earnedOf(journal: readonly JournalEntry[], member: string): Record<string, Record<string, number>> {
  const earned: Record<string, Record<string, number>> = {};
  const add = (currency: string, day: string, amount: number): void => {
    const days = (earned[currency] ??= {});
    days[day] = (days[day] ?? 0) + amount;
  };
  for (const entry of journal.filter((one) => one.member === member)) {
    for (const { kind, currency, lot, amount } of entry.lines)
      if (kind !== 'expire') add(currency, lot.activated, amount);
    for (const effect of entry.effects)
      if (effect.type === 'member.absorbed')
        for (const [currency, days] of Object.entries(effect.earned))
          for (const [day, amount] of Object.entries(days)) add(currency, day, amount);
  }
  return earned;
}

const NOTHING: Extract<Effect, { type: 'member.closed' }>['state'] = {
  ...{ seq: 0, newestOccurredAt: null, balances: {}, lots: {}, earned: {}, counters: {}, caps: {}, missions: {} },
  ...{ badges: {}, tier: null },
};

/** The journal that a history leaves, groups numbered by lane. An account that ended takes nothing in: the other does. */
function writeJournal(under: BoardsUnderTest, members: readonly string[], acts: readonly Act[]): JournalEntry[] {
  const journal: JournalEntry[] = [];
  const seqs = new Map<string, number>();
  const groups = new Map<string, number>();
  const open = new Map<string, PointsLine[]>();
  let atMs = START;
  const joined = new Map<string, string>();
  const survivorOf = (id: string): string => (joined.has(id) ? survivorOf(joined.get(id) ?? '') : id);
  for (const { member: index, into, kind, amount, late, pauseMs, opensGroup } of acts) {
    const member = survivorOf(members[index] ?? '');
    const other = survivorOf(members[into] ?? '');
    const lane = under.laneOf(member);
    if (pauseMs > 0) atMs += pauseMs;
    if (opensGroup || pauseMs > 0 || !groups.has(lane)) groups.set(lane, (groups.get(lane) ?? 0) + 1);
    const seq = (seqs.get(member) ?? 0) + 1;
    seqs.set(member, seq);
    const day = new Date(atMs - late * DAY_MS).toISOString().slice(0, 10);
    const mine = open.get(member) ?? [];
    open.set(member, mine);
    const lines: PointsLine[] = [];
    const effects: Effect[] = [];
    if (kind === 'earn' || kind === 'twice') {
      lines.push(anEarning(amount, day));
      if (kind === 'twice') lines.push(anEarning(5, day), anEarning(amount, day, 'besos'));
      mine.push(...lines);
    } else if (kind === 'reverse') {
      const [earned] = mine.splice(0, 1);
      if (earned !== undefined) lines.push({ ...earned, amount: -earned.amount, kind: 'reverse' });
    } else if (kind === 'expire') lines.push({ ...anEarning(-amount, day), kind: 'expire' });
    else if (kind === 'hide') effects.push({ type: 'member.changed', boards: 'hidden' });
    else if (kind === 'show') effects.push({ type: 'member.changed', boards: 'alias' });
    else if (kind === 'merge' && member !== other) {
      joined.set(member, other);
      open.set(other, [...(open.get(other) ?? []), ...mine]);
      effects.push({ type: 'member.closed', into: other, state: NOTHING });
    } else if (kind === 'leave') effects.push({ type: 'member.left' });
    else effects.push({ type: 'member.joined' });
    const at = new Date(atMs).toISOString();
    journal.push(under.anEntry(member, seq, groups.get(lane) ?? 1, at, lines, effects));
    if (!joined.has(member)) continue;
    const otherLane = under.laneOf(other);
    const next = (seqs.get(other) ?? 0) + 1;
    seqs.set(other, next);
    groups.set(otherLane, (groups.get(otherLane) ?? 0) + 1);
    const earned = earnedOf(journal, member);
    const absorbed: Effect = { type: 'member.absorbed', from: member, seq, refs: {}, earned, changes: {} };
    journal.push(under.anEntry(other, next, groups.get(otherLane) ?? 1, at, [], [absorbed]));
  }
  return journal;
}

interface Plain {
  readonly member: string;
  readonly score: number;
  readonly reachedAt: number;
}

/** The boards a second time, plain and slow: every run with those who have a place in it, in order. */
function sortOffline(journal: readonly JournalEntry[]): Map<string, Plain[]> {
  const sums = new Map<string, Map<string, { score: number; reachedAt: number }>>();
  const hidden = new Map<string, boolean>();
  const left = new Map<string, boolean>();
  for (const entry of journal) {
    for (const effect of entry.effects) {
      if (effect.type === 'member.changed' && effect.boards !== undefined)
        hidden.set(entry.member, effect.boards === 'hidden');
      if (effect.type === 'member.left' || effect.type === 'member.closed') left.set(entry.member, true);
      if (effect.type === 'member.joined') left.set(entry.member, false);
    }
    for (const board of BOARDS) {
      const byRun = new Map<string, number>();
      for (const { currency, kind, amount, lot } of entry.lines)
        if (currency === board.currency && kind !== 'expire') {
          const run = plainRun(lot.activated, board.period);
          byRun.set(run, (byRun.get(run) ?? 0) + amount);
        }
      for (const effect of entry.effects)
        if (effect.type === 'member.absorbed')
          for (const [day, amount] of Object.entries(effect.earned[board.currency] ?? {})) {
            const run = plainRun(day, board.period);
            byRun.set(run, (byRun.get(run) ?? 0) + amount);
          }
      for (const [run, amount] of byRun) {
        if (amount === 0 || Date.parse(entry.at) > plainEnd(run) + 120_000) continue;
        const members = sums.get(`${board.id}|${run}`) ?? new Map<string, { score: number; reachedAt: number }>();
        sums.set(`${board.id}|${run}`, members);
        const score = (members.get(entry.member)?.score ?? 0) + amount;
        members.set(entry.member, { score, reachedAt: Date.parse(entry.at) });
      }
    }
  }
  const sorted = new Map<string, Plain[]>();
  for (const [run, members] of sums) {
    const placed = [...members].filter(
      ([member, { score }]) => score > 0 && hidden.get(member) !== true && left.get(member) !== true,
    );
    const rows = placed.map(([member, sum]) => ({ member, ...sum }));
    rows.sort((a, b) => b.score - a.score || a.reachedAt - b.reachedAt || (a.member < b.member ? -1 : 1));
    sorted.set(run, rows);
  }
  return sorted;
}

function plainRun(day: string, period: Board['period']): string {
  if (period === 'ever') return 'ever';
  if (period === 'day') return day;
  if (period === 'month') return day.slice(0, 7);
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((thursday.getTime() - firstDay) / DAY_MS + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

function plainEnd(run: string): number {
  if (run === 'ever') return Number.POSITIVE_INFINITY;
  if (run.length === 10) return Date.parse(`${run}T00:00:00Z`) + DAY_MS;
  if (!run.includes('W')) return Date.UTC(Number(run.slice(0, 4)), Number(run.slice(5, 7)), 1);
  // The Monday after: found by trying, so that it owes nothing to a formula.
  for (let day = Date.UTC(Number(run.slice(0, 4)), 0, 1); ; day += DAY_MS) {
    const [today, next] = [day, day + DAY_MS].map((ms) => plainRun(new Date(ms).toISOString().slice(0, 10), 'week'));
    if (today === run && next !== run) return day + DAY_MS;
  }
}

/** Ranks by definition: how many stand before, or how many have more. */
function plainRank(rows: readonly Plain[], index: number, { ties }: Board): number {
  const score = rows[index]?.score ?? 0;
  return ties === 'earliest' ? index + 1 : rows.filter((row) => row.score > score).length + 1;
}

async function expectEqual(under: BoardsUnderTest, journal: readonly JournalEntry[], members: readonly string[]) {
  const expected = sortOffline(journal);
  const runs = await under.runs.listOpen();
  const withPlaces = [...expected].filter(([, rows]) => rows.length > 0).map(([run]) => run);
  const known = new Set(runs.map(({ board, run }) => `${board}|${run}`));
  expect(withPlaces.filter((run) => !known.has(run))).toEqual([]);
  for (const [run, rows] of expected) {
    const board = BOARDS.find(({ id }) => run.startsWith(`${id}|`)) ?? aBoard();
    const list = `${under.program}|${run}`;
    for (const isFromMirror of [true, false]) {
      const all = await under.read(list, board, null, isFromMirror);
      expect([run, all.total, all.rows.map(({ member, score, reachedAtMs }) => [member, score, reachedAtMs])]).toEqual([
        run,
        rows.length,
        rows.map(({ member, score, reachedAt }) => [member, score, reachedAt]),
      ]);
      expect(all.rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => plainRank(rows, index, board)));
      for (const member of members.slice(0, 3))
        expectOwn(await under.read(list, board, member, isFromMirror), rows, member, board);
    }
  }
}

function expectOwn({ own }: Ranking, rows: readonly Plain[], member: string, board: Board): void {
  const index = rows.findIndex((row) => row.member === member);
  if (index === -1) {
    expect(own).toMatchObject({ placed: null, around: [], toNext: null });
    return;
  }
  const score = rows[index]?.score ?? 0;
  expect(own?.placed).toMatchObject({ place: index + 1, rank: plainRank(rows, index, board), score });
  const first = Math.max(0, index - 3);
  expect(own?.around.map(({ place, rank, member: one }) => [place, rank, one])).toEqual(
    rows.slice(first, index + 4).map((row, at) => [first + at + 1, plainRank(rows, first + at, board), row.member]),
  );
  const next = rows.slice(0, index).findLast((row) => board.ties === 'earliest' || row.score > score);
  expect(own?.toNext ?? null).toEqual(
    next === undefined ? null : { member: next.member, points: next.score - score + 1 },
  );
}

describe.each(seeds)('boards, seed %i', (seed) => {
  let under: BoardsUnderTest;
  beforeEach(async () => {
    const stores = { mongodbUri: process.env['MONGODB_URI'] ?? '', redisUrl: process.env['REDIS_URL'] ?? '' };
    under = new BoardsUnderTest(stores, ulid(), BOARDS, new Date(Date.UTC(2026, 8, 1)));
    await under.start();
  });
  afterEach(() => under.stop());

  async function empty(): Promise<void> {
    for (const name of ['standings', 'boardMembers', 'boardRuns']) await under.mongo.collection(name).deleteMany({});
    await under.redis.commands.del(under.redis.key('boards', 'meta'));
  }

  test('#72 #75 #76 H10 any batching with any repeats equals an offline sort of the journal, in both stores, and so does a rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ acts, chance }) => {
        await empty();
        const random = new Seeded(chance);
        const members = Array.from({ length: MEMBERS }, () => ulid());
        const journal = writeJournal(under, members, acts);
        const heads = new Map<string, number>();
        for (const { lane, q } of journal) heads.set(lane, Math.max(heads.get(lane) ?? 0, q));
        const qs = new Map(under.lanes.map(({ id }) => [id, 0]));
        let projector = under.newProjector();
        await under.mend(projector, qs);
        for (;;) {
          const waiting = under.lanes.filter(({ id }) => (qs.get(id) ?? 0) < (heads.get(id) ?? 0));
          if (waiting.length === 0) break;
          const lane = random.pick(waiting);
          const fromQ = qs.get(lane.id) ?? 0;
          const toQ = random.between(fromQ + 1, Math.min(fromQ + 6, heads.get(lane.id) ?? 0));
          const entries = journal
            .filter((entry) => entry.lane === lane.id && entry.q > fromQ && entry.q <= toQ)
            .toSorted((a, b) => a.q - b.q || a.seq - b.seq);
          await projector.apply({ lane: lane.id, fromQ, toQ, entries });
          const what = random.between(0, 9);
          // Killed before the watermark moved: another node begins where the watermark still stands.
          if (what === 0) {
            projector = under.newProjector();
            await under.mend(projector, qs);
            continue;
          }
          if (what === 1) await projector.apply({ lane: lane.id, fromQ, toQ, entries });
          qs.set(lane.id, toQ);
          if (what === 2) await under.redis.commands.del(under.redis.key('boards', 'meta'));
          await projector.tend({ ...lane, q: toQ });
        }
        await under.mend(projector, qs);
        await expectEqual(under, journal, members);

        const again = random.shuffle(members).slice(0, random.between(1, MEMBERS));
        for (const { id } of under.lanes) {
          const own = again.filter((member) => under.laneOf(member) === id);
          await projector.recompute(
            id,
            scopeOf(under.program),
            own.map((member) => under.journalOf(member, journal)),
          );
        }
        await expectEqual(under, journal, members);

        await empty();
        const anew = under.newProjector();
        await under.mend(anew, qs);
        for (const { id } of under.lanes) {
          const own = random.shuffle(members).filter((member) => under.laneOf(member) === id);
          await anew.recompute(
            id,
            scopeOf(under.program),
            own.map((member) => under.journalOf(member, journal)),
          );
        }
        await under.mend(anew, qs);
        await expectEqual(under, journal, members);
      }),
      { seed, numRuns: RUNS_PER_SEED },
    );
  });
});
