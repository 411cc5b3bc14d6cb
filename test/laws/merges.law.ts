import fc from 'fast-check';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { submissionOf } from '@verbena/server/ledger/caused.js';
import type { Committer } from '@verbena/server/ledger/committer.js';
import { closingKey, deliver } from '@verbena/server/ledger/deliver.js';
import { laneOfShard } from '@verbena/server/ledger/lanes.js';
import { readClosed } from '@verbena/server/ledger/merged-past.js';
import { findDifference, replayMember } from '@verbena/server/ledger/replay-member.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import type { Outcome, Submission } from '@verbena/server/ledger/submission.js';
import { differenceWithout } from '@verbena/server/ledger/undo-difference.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { entryIdOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aCommitter, aSubmission, LAW_NOW, LAW_PROGRAM, memberId } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { aBadge, aMission, aRule, aSmallProgram, aTier } from '#support/small-program.js';
import { Seeded } from '#support/seeded.js';
import { seedsOf, twoMinutes } from '#support/seeds.js';
import { writeFault } from '#support/write-faults.js';

const seeds = seedsOf('merges');
const MEMBERS = 4;
const LANES = ['2.0', '2.1'];

const name = { es: 'Nombre' };
const product = (amount: number) => ({ product: [{ ratio: [amount, 1] as [number, number] }] });
const base = aSmallProgram({
  rules: [
    aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] }),
    aRule({
      id: 'tope',
      earn: [
        {
          currency: 'puntos',
          amount: { product: [{ ratio: [7, 1] }] },
          cap: [
            { per: 'month', times: 3 },
            { per: 'month', points: 10, by: 'shop' },
          ],
        },
      ],
    }),
    aRule({ id: 'de-tienda', on: { badge: 'tienda' }, earn: [{ currency: 'puntos', amount: product(13) }] }),
  ],
  missions: [
    aMission({ id: 'cuenta', goal: { kind: 'count', target: 4, per: 'month' } }),
    aMission({
      id: 'primera',
      goal: { kind: 'count', target: 1, per: 'ever' },
      reward: { points: [{ currency: 'puntos', amount: 500 }], badges: ['primera'] },
    }),
    aMission({ id: 'tiendas', goal: { kind: 'distinct', target: 3, field: 'shop', per: 'month' } }),
    aMission({ id: 'racha', goal: { kind: 'streak', weeks: 2 } }),
    aMission({ id: 'dias', goal: { kind: 'streak', unit: 'day', length: 3 } }),
    aMission({
      id: 'otra-vez',
      goal: { kind: 'count', target: 3, per: 'month' },
      reset: 'onCompletion',
      timesMax: 3,
    }),
    aMission({
      id: 'etapas',
      goal: { kind: 'sum', field: 'n', target: 200, per: 'month' },
      steps: [50, 120].map((at) => ({
        at,
        name,
        reward: { points: [{ currency: 'puntos', amount: 5 }], badges: at === 50 ? ['etapa'] : [] },
      })),
    }),
    aMission({
      id: 'lista',
      goal: { kind: 'set', field: 'shop', per: 'month', values: ['a', 'b', 'c'].map((value) => ({ value, name })) },
    }),
    aMission({
      id: 'pasos',
      goal: {
        kind: 'sequence',
        per: 'month',
        steps: ['a', 'b'].map((value) => ({ name, when: { field: 'shop', op: 'eq' as const, value } })),
      },
    }),
  ],
  badges: [
    aBadge({ id: 'etapa' }),
    aBadge({ id: 'primera' }),
    aBadge({ id: 'cinco', grant: { kind: 'count', activity: 'visit', target: 5 } }),
    aBadge({ id: 'tienda', grant: { kind: 'count', activity: 'visit', target: 2, by: 'shop' } }),
  ],
  tiers: [aTier('base', 0), aTier('plata', 400), aTier('oro', 1_500)],
});

const program = aCompiledProgram({
  definitions: {
    ...base,
    currencies: base.currencies.map((one) => ({ ...one, transfer: { perGift: 100, perDay: 1_000 } })),
    rules: [
      ...base.rules,
      aRule({
        id: 'espera',
        earn: [{ currency: 'puntos', amount: { product: [{ ratio: [3, 1] }] }, pending: { days: 9 } }],
      }),
    ],
  },
});

/** The same without one of its rules, and with badges that ask for more: what a draft would have, and what an undo puts in its place. */
const without = aCompiledProgram({
  definitions: {
    ...base,
    rules: base.rules.filter(({ id }) => id !== 'tope'),
    badges: base.badges.map((badge) =>
      badge.grant.kind === 'count' ? { ...badge, grant: { ...badge.grant, target: badge.grant.target + 1 } } : badge,
    ),
  },
});

const member = fc.nat(MEMBERS - 1);
const act = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constant('visit' as const),
      member,
      day: fc.nat(60),
      n: fc.integer({ min: 1, max: 90 }),
      shop: fc.constantFrom('a', 'b', 'c', 'd'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('return' as const), act: fc.nat(39), part: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('hold' as const), member, n: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('capture' as const, 'release' as const), act: fc.nat(39) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      member,
      to: member,
      n: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('merge' as const), member, into: member }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const histories = fc.array(act, { minLength: 8, maxLength: 40, size: 'max' });

/** A world of two lanes over one store. What is caused is relayed now and then, and again after a crash. */
class World {
  readonly alarms: unknown[] = [];
  private lanes: readonly Committer[];
  private relayed = 0;
  /** Who was joined to whom: the truth that routes are held to. */
  readonly into = new Map<number, number>();
  /** For whom each visit was sent. */
  readonly asked = new Map<string, number>();

  constructor(
    readonly store: MemoryStore,
    private readonly rules: CompiledProgram,
  ) {
    this.lanes = this.lead();
  }

  private lead(): Committer[] {
    return LANES.map((lane) => aCommitter(this.store, this.rules, { alarms: this.alarms, lane }));
  }

  crash(): void {
    this.lanes = this.lead();
    this.relayed = 0;
  }

  submit(submission: Submission): Promise<Outcome> {
    return deliver(submission, {
      commit: (one) => this.laneOf(one.member).submit(one),
      readEntries: (ids) => this.store.readEntries(ids),
      now: () => LAW_NOW,
    });
  }

  private laneOf(id: string): Committer {
    const name = laneOfShard(shardOf(LAW_PROGRAM, id), LANES.length);
    const lane = this.lanes.find((one) => one.lane === name);
    if (lane === undefined) throw new Error('There is no such lane.');
    return lane;
  }

  async relay(): Promise<void> {
    for (; this.relayed < this.store.outbox.length; this.relayed += 1)
      for (const cause of this.store.outbox[this.relayed]?.caused ?? []) {
        const outcome = await this.submit(submissionOf(cause, LAW_NOW));
        if (outcome.kind === 'refused') throw new Error(`${cause.activity.type} was refused: ${outcome.refusal.code}`);
      }
  }

  /** Where an account lives on now. */
  survivorOf(of: number): number {
    const next = this.into.get(of);
    return next === undefined ? of : this.survivorOf(next);
  }

  submissionFor(one: Act, index: number): Submission | null {
    const occurredAt = new Date(LAW_NOW - 3_600_000).toISOString();
    const given = { key: `k${index}`, occurredAt };
    switch (one.what) {
      case 'visit': {
        const day = new Date(Date.UTC(2026, 3, 20 + one.day, 11)).toISOString();
        const attributes = { n: one.n, shop: one.shop };
        this.asked.set(given.key, one.member);
        return aSubmission({ ...given, member: one.member, type: 'visit', occurredAt: day, attributes });
      }
      case 'hold': {
        const attributes = { currency: 'puntos', amount: one.n };
        return aSubmission({ ...given, member: one.member, type: 'points.held', attributes });
      }
      case 'send': {
        const attributes = { currency: 'puntos', amount: one.n, to: memberId(this.survivorOf(one.to)) };
        return aSubmission({ ...given, member: one.member, type: 'transfer.sent', attributes });
      }
      case 'capture':
      case 'release': {
        const holds = [...this.store.journal.values()].filter(
          ({ activity, outcome }) => activity.type === 'points.held' && outcome === 'accepted',
        );
        const held = holds[one.act % Math.max(1, holds.length)];
        const hold = held?.lines.find(({ pocket }) => pocket === 'held')?.ref;
        if (held === undefined || hold === undefined) return null;
        // Through the account that it was made for, whatever became of that.
        const of = Number(held.member.at(-1));
        return aSubmission({
          ...given,
          member: of,
          type: one.what === 'capture' ? 'points.captured' : 'points.released',
          attributes: { hold },
        });
      }
      case 'return': {
        const entry = this.entryOf(one.act);
        const isCapture = entry?.activity.type === 'points.captured';
        if (entry === undefined || (entry.activity.type !== 'visit' && !isCapture)) return null;
        const remaining = { ...entry.activity.attributes, n: 0 };
        const less = isCapture ? { key: given.key, amount: 1 } : { key: given.key, remaining, personal: null };
        const part = one.part ? { part: less } : {};
        return reversalOf(entry, {
          fingerprint: given.key,
          channel: 'shop',
          occurredAt,
          receivedAt: occurredAt,
          ...part,
        });
      }
      case 'merge': {
        const [from, into] = [this.survivorOf(one.member), this.survivorOf(one.into)];
        if (from === into) return null;
        this.into.set(from, into);
        return aSubmission({
          ...{ member: from, key: closingKey(memberId(from)), type: 'member.closed', occurredAt, source: 'house' },
          attributes: { into: memberId(into) },
        });
      }
    }
  }

  entryOf(index: number): JournalEntry | undefined {
    return this.store.journal.get(entryIdOf(LAW_PROGRAM, 'program', `k${index}`));
  }

  journals(): JournalEntry[][] {
    return Array.from({ length: MEMBERS }, (_, index) => this.store.journalOf(memberId(index)));
  }
}

const seen = { absorbed: 0, forwarded: 0, captured: 0, settled: 0, returned: 0, ofJoined: 0 };
afterAll(() => {
  expect(seen.absorbed).toBeGreaterThan(5);
  expect(seen.forwarded).toBeGreaterThan(1);
  expect(seen.captured).toBeGreaterThan(0);
  expect(seen.settled).toBeGreaterThan(0);
  expect(seen.returned).toBeGreaterThan(2);
  expect(seen.ofJoined).toBeGreaterThan(0);
});

/** All that members have, in whatever pocket, and what is on its way from an account that ended. */
function expectConserved(entries: readonly JournalEntry[]): void {
  let merged = 0;
  for (const { lines } of entries) {
    for (const { kind, amount } of lines) if (kind === 'merge') merged += amount;
    // Nothing comes in that did not leave before.
    expect(merged).toBeLessThanOrEqual(0);
  }
  expect(merged).toBe(0);
}

async function expectSoundBooks(world: World): Promise<void> {
  const { store } = world;
  for (const [id, ledger] of store.states) {
    const verifier = new MemberVerifier(id, initialState(program));
    const journal = store.journalOf(id);
    for (const entry of journal) verifier.read(entry);
    verifier.finish(ledger);
    expect(verifier.findings).toEqual([]);
    expect(ledger.state).not.toHaveProperty('transit');
    if (ledger.state.closed !== undefined) {
      const { seq, newestOccurredAt, balances, lots, closed, ...rest } = ledger.state;
      expect(rest).toEqual({ earned: {}, counters: {}, caps: {}, missions: {}, badges: {}, tier: null });
      expect(Object.values(balances).every((balance) => balance === 0)).toBe(true);
      expect(Object.values(lots).flat()).toEqual([]);
      expect([journal.at(-1)?.activity.type, closed, ledger.dueAt]).toEqual([
        'member.closed',
        expect.any(String),
        null,
      ]);
      expect([seq, newestOccurredAt]).toEqual([journal.length, expect.any(String)]);
    }
    const closedJournals = await readClosed(journal, (one) => Promise.resolve(store.journalOf(one)));
    const replayed = replayMember(journal, { programOf: () => program, isSame: true, untilMs: null }, closedJournals);
    expect(findDifference(journal, replayed)).toBeNull();
  }
}

function note(world: World): void {
  for (const journal of world.journals())
    for (const { activity, effects, member: of } of journal) {
      if (activity.type === 'member.absorbed') seen.absorbed += 1;
      if (activity.type === 'points.captured') seen.captured += 1;
      if (activity.type === 'transfer.settled') seen.settled += 1;
      if (effects.some(({ type }) => type === 'activity.reversed')) seen.returned += 1;
      if (effects.some((effect) => effect.type === 'activity.reversed' && effect.seq < 0)) seen.ofJoined += 1;
      if (activity.type === 'visit' && of !== memberId(world.asked.get(activity.key) ?? -1)) seen.forwarded += 1;
    }
}

test.each(seeds)(
  'A1 C9 accounts joined in chains, with lost answers and crashes: nothing is made or lost, all books are sound and replay (seed %i)',
  async (seed) => {
    const property = fc.asyncProperty(
      histories,
      fc.infiniteStream(writeFault),
      fc.array(fc.nat(39), { maxLength: 4 }),
      async (list, faults, crashes) => {
        const world = new World(new MemoryStore(() => faults.next().value ?? 'none'), program);
        for (const [index, one] of list.entries()) {
          const submission = world.submissionFor(one, index);
          if (submission === null) continue;
          const answers = [world.submit(submission)];
          if (crashes.includes(index)) {
            world.crash();
            answers.push(world.submit(submission));
          }
          await Promise.all(answers);
          await world.submit(submission);
          if (index % 3 === 0) await world.relay();
        }
        world.crash();
        await world.relay();
        expect(world.alarms).toEqual([]);
        expectConserved([...world.store.journal.values()]);
        await expectSoundBooks(world);
        note(world);
      },
    );
    await fc.assert(property, { seed, numRuns: 20, ...twoMinutes });
  },
);

test.each(seeds)(
  'C5 K8 whatever was joined to whatever, once all is taken back nothing is left of it (seed %i)',
  async (seed) => {
    const property = fc.asyncProperty(histories, async (list) => {
      const world = new World(new MemoryStore(), program);
      for (const [index, one] of list.entries()) {
        // What is set aside, spent or given away is not taken back with what earned it.
        if (one.what !== 'visit' && one.what !== 'return' && one.what !== 'merge') continue;
        const submission = world.submissionFor(one, index);
        if (submission !== null) await world.submit(submission);
      }
      await world.relay();
      const at = new Date(LAW_NOW).toISOString();
      const visits = [...world.store.journal.values()].filter(({ activity }) => activity.type === 'visit');
      for (const entry of new Seeded(visits.length).shuffle(visits))
        await world.submit(reversalOf(entry, { fingerprint: 'all', channel: 'shop', occurredAt: at, receivedAt: at }));
      expect(world.alarms).toEqual([]);
      for (const { state } of world.store.states.values()) {
        expect(state.balances['puntos'] ?? 0).toBe(0);
        expect(state.earned['puntos']?.ever ?? 0).toBe(0);
        expect(state.badges).toEqual({});
        expect(state.pending).toBeUndefined();
        const progress = Object.values(state.missions).flatMap(({ periods, weeks, completions }) => [
          ...Object.keys(periods),
          ...Object.keys(weeks),
          ...(completions === 0 ? [] : [completions]),
        ]);
        expect(progress).toEqual([]);
        const used = Object.values(state.caps).flatMap((periods) => Object.values(periods));
        expect(used.filter(({ times, points }) => times !== 0 || points !== 0)).toEqual([]);
      }
      await expectSoundBooks(world);
    });
    await fc.assert(property, { seed, numRuns: 20, ...twoMinutes });
  },
);

test.each(seeds)(
  'D7 J8 other rules over joined accounts: a backtest goes through them, an undo finds what it takes from whom, and says of whom it cannot (seed %i)',
  async (seed) => {
    let [found, left] = [0, 0];
    const property = fc.asyncProperty(histories, async (list) => {
      const world = new World(new MemoryStore(), program);
      for (const [index, one] of list.entries()) {
        const submission = world.submissionFor(one, index);
        if (submission !== null) await world.submit(submission);
      }
      await world.relay();
      for (const journal of world.journals()) {
        if (journal.length === 0) continue;
        const closed = await readClosed(journal, (one) => Promise.resolve(world.store.journalOf(one)));
        const shadow = replayMember(journal, { programOf: () => without, isSame: false, untilMs: null }, closed);
        for (const balance of Object.values(shadow.ledger?.state.balances ?? {}))
          expect(balance).toBeGreaterThanOrEqual(0);
        const undo = () =>
          differenceWithout(
            'plan',
            journal,
            {
              leftOut: { version: 1, instead: 1, without: 'tope', from: '2000-01-01', until: '2100-01-01' },
              atVersion: () => program,
              insteadOf: () => without,
              current: program,
              shortage: 'forgive',
            },
            new Set(),
            closed,
          );
        if (journal.at(-1)?.activity.type === 'member.closed') {
          expect(undo).toThrow('joined to another');
          left += 1;
        } else if (undo().undo !== null) found += 1;
      }
    });
    await fc.assert(property, { seed, numRuns: 20, ...twoMinutes });
    expect(found).toBeGreaterThan(1);
    expect(left).toBeGreaterThan(0);
  },
);

/** Plays acts, and answers what missions gave in all, and did not take back. */
async function rewardsAfter(list: readonly Act[]): Promise<number> {
  const world = new World(new MemoryStore(), program);
  for (const [index, one] of list.entries()) {
    const submission = world.submissionFor(one, index);
    if (submission !== null) await world.submit(submission);
  }
  expect(world.alarms).toEqual([]);
  const lines = [...world.store.journal.values()].flatMap((entry) => entry.lines);
  return lines.reduce(
    (sum, { by, kind, amount }) =>
      by.kind === 'mission' && (kind === 'earn' || kind === 'reverse') ? sum + amount : sum,
    0,
  );
}

const visit = (member: number, shop: 'a' | 'b' | 'c' = 'a'): Act => ({ what: 'visit', member, day: 0, n: 1, shop });
const back = (act: number): Act => ({ what: 'return', act, part: false });
const merge = (member: number, into: number): Act => ({ what: 'merge', member, into });

test('C5 what an account had earned alone goes with what earned it, whatever the other brings: a first purchase is not paid twice', async () => {
  const alone = await rewardsAfter([visit(0)]);
  expect(await rewardsAfter([visit(0), visit(1), merge(1, 0), back(1)])).toBe(alone);
  expect(await rewardsAfter([visit(0), visit(1), merge(1, 0), back(0)])).toBe(alone);
  expect(await rewardsAfter([visit(0), visit(1), merge(1, 0), back(0), back(1)])).toBe(0);
});

test('C5 a set that is still whole without what is returned keeps its reward', async () => {
  const [kept, once] = await Promise.all([
    rewardsAfter([visit(1), merge(1, 0), visit(0), visit(0, 'b'), visit(0, 'c'), back(0)]),
    rewardsAfter([visit(0), visit(0), visit(0, 'b'), visit(0, 'c'), back(0)]),
  ]);
  expect(kept).toBe(once);
});
