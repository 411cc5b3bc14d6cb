import fc from 'fast-check';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import { assessmentOf, needsAssessment } from '@verbena/server/ledger/assess-member.js';
import { Committer, LIMITS } from '@verbena/server/ledger/committer.js';
import { needsExtension } from '@verbena/server/ledger/extend-state.js';
import type { MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import { findDifference, replayMember } from '@verbena/server/ledger/replay-member.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aSubmission, LAW_NOW, memberId } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { MovedClock } from '#support/moved-clock.js';
import { seedsOf } from '#support/seeds.js';
import { aRule, aSmallProgram, aTier, points } from '#support/small-program.js';
import { writeFault } from '#support/write-faults.js';

const seeds = seedsOf('publications');
const MEMBERS = 3;
const DAY_MS = 86_400_000;

/** What a version asks for its two tiers, and whether a rule of it counts visits. */
const version = fc.record({
  plata: fc.integer({ min: 1, max: 60 }),
  more: fc.integer({ min: 1, max: 60 }),
  counts: fc.boolean(),
});
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('visit' as const), member: fc.nat(MEMBERS - 1), n: fc.nat(40) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.constant({ what: 'publish' as const }) },
  { weight: 2, arbitrary: fc.constant({ what: 'pass' as const }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
type Version = typeof version extends fc.Arbitrary<infer V> ? V : never;

function versionsOf(list: readonly Version[], time: 'wall' | 'activities', months: number | null): CompiledProgram[] {
  const period = months === null ? {} : { period: { kind: 'rolling' as const, months } };
  const numbered = list.map(({ plata, more, counts }, index) => {
    const given = { ...period, rev: index + 1 };
    const visits = { count: { activity: 'visit', window: { days: 30 } }, op: 'gte' as const, value: 1_000 };
    const definitions = aSmallProgram({
      rules: [
        aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] }),
        // What a tier gives may be enough for the next one.
        aRule({ id: 'bienvenida', on: { tier: 'plata' }, earn: points(7) }),
        ...(counts ? [aRule({ id: 'mil', when: visits })] : []),
      ],
      tiers: [aTier('base', 0, given), aTier('plata', plata, given), aTier('oro', plata + more, given)],
    });
    return { version: index + 1, definitions };
  });
  return numbered.map((one, index) =>
    compileProgram({ zone: 'Europe/Madrid', time }, one, numbered.slice(0, index).reverse(), definitionCompilers),
  );
}

class World {
  readonly store: MemoryStore;
  readonly clock = new MovedClock(LAW_NOW);
  at = 0;
  private salts = 0;
  private readonly committer: Committer;

  constructor(
    readonly versions: readonly CompiledProgram[],
    faults: readonly (typeof writeFault extends fc.Arbitrary<infer F> ? F : never)[],
  ) {
    const left = [...faults];
    this.store = new MemoryStore(() => left.shift() ?? 'none');
    this.committer = new Committer(
      '1.0',
      {
        clock: this.clock,
        random: { bytes: (count) => Buffer.alloc(count, (this.salts += 1)) },
        store: this.store,
        transport: { committed: () => undefined },
        programs: {
          inForce: () => Promise.resolve(this.inForce),
          atVersion: (_, number) => Promise.resolve(this.versions[number - 1] ?? this.inForce),
        },
        alarms: {
          quarantined: (_, error) => {
            throw error instanceof Error ? error : new Error(String(error));
          },
          steppedDown: () => undefined,
          stateIsLarge: () => undefined,
        },
      },
      { ...LIMITS, patienceMs: 60_000 },
    );
    this.committer.start(this.store.openLane('1.0'));
  }

  get inForce(): CompiledProgram {
    const found = this.versions[this.at];
    if (found === undefined) throw new Error('There is no such version.');
    return found;
  }

  async do(one: Act, index: number): Promise<void> {
    if (one.what === 'wait') this.clock.atMs += one.days * DAY_MS;
    else if (one.what === 'publish') this.at = Math.min(this.at + 1, this.versions.length - 1);
    else if (one.what === 'pass') await this.pass();
    else
      await this.committer.submit(
        aSubmission({
          member: one.member,
          key: `k${index}`,
          type: 'visit',
          occurredAt: new Date(this.clock.atMs).toISOString(),
          attributes: { n: one.n },
        }),
      );
  }

  /** As the pass of a publication does it: only who is in need is submitted. Twice at once, as two nodes might. */
  async pass(): Promise<void> {
    const needy = [...this.store.states.values()].filter(
      (one) => needsExtension(one, this.inForce) || needsAssessment(one, this.inForce, this.clock.atMs),
    );
    await Promise.all(
      [...needy, ...needy].map((one, place) => {
        const asked = assessmentOf(one, this.inForce, this.clock.atMs, this.clock.atMs);
        return this.committer.submit({ ...asked, entryId: `pass ${this.at} ${one._id} ${place}` }, true);
      }),
    );
  }
}

/** The same a second time, from the description alone: the place on the ladder that the points of a member reach today. */
function placeReached({ state }: MemberLedger, asked: Version, today: string, months: number | null): number {
  const from = new Date(`${today}T00:00:00Z`);
  from.setUTCMonth(from.getUTCMonth() - (months ?? 0));
  // By its name: a rule that counts visits keeps days too.
  const days = Object.entries(state.counters).find(([id]) => id.startsWith('earned_puntos_'))?.[1];
  const sum =
    months === null
      ? (state.earned['puntos']?.years[today.slice(0, 4)] ?? 0)
      : Object.entries(days ?? {}).reduce(
          (total, [day, amount]) => (day > from.toISOString().slice(0, 10) && day <= today ? total + amount : total),
          0,
        );
  return [0, asked.plata, asked.plata + asked.more].findLastIndex((threshold) => sum >= threshold);
}

const LADDER = ['base', 'plata', 'oro'];
const placeOf = (id: string | undefined): number => Math.max(0, LADDER.indexOf(id ?? 'base'));
const seen = { assessed: 0, own: 0, replayed: 0 };
afterAll(() => {
  expect(Object.entries(seen).filter(([, count]) => count <= 10)).toEqual([]);
});

describe.each([
  ['wall', null],
  ['wall', 6],
  ['activities', null],
] as const)('publications, time by %s, months %s', (time, months) => {
  test.each(seeds)(
    'G8 D5 after a pass nobody stands below what its points reach; each rises once a version, by an entry that replays (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(version, { minLength: 2, maxLength: 5 }),
          fc.array(act, { minLength: 8, maxLength: 40, size: 'max' }),
          fc.array(writeFault, { maxLength: 30 }),
          async (asked, acts, faults) => {
            const world = new World(versionsOf(asked, time, months), faults);
            for (const [index, one] of acts.entries()) {
              await world.do(one, index);
              if (one.what !== 'pass') continue;
              for (const ledger of world.store.states.values()) {
                const ownMs = Date.parse(ledger.state.newestOccurredAt ?? '');
                const today = new Date(time === 'wall' ? world.clock.atMs : ownMs).toISOString().slice(0, 10);
                const reached = placeReached(
                  ledger,
                  asked[world.at] ?? { plata: 1, more: 1, counts: false },
                  today,
                  months,
                );
                expect(placeOf(ledger.state.tier?.id)).toBeGreaterThanOrEqual(reached);
                expect(needsExtension(ledger, world.inForce)).toBe(false);
              }
            }
            for (let member = 0; member < MEMBERS; member += 1) check(world, memberId(member));
          },
        ),
        { seed, numRuns: 40 },
      );
    },
  );
});

function check(world: World, member: string): void {
  const journal = world.store.journalOf(member);
  const [first] = journal;
  if (first === undefined) return;
  const keys = journal.filter(({ activity }) => activity.type === 'tier.assessed').map(({ activity }) => activity.key);
  expect(new Set(keys).size).toBe(keys.length);
  seen.assessed += keys.length;
  let state = initialState(world.versions[first.version - 1] ?? world.inForce);
  let version = first.version;
  for (const entry of journal) {
    const before = state;
    state = fold(before, entry);
    if (entry.activity.type === 'tier.assessed') {
      const { effects } = entry;
      expect(effects.some((effect) => effect.type === 'tier.moved' && effect.direction === 'up')).toBe(true);
      expect(placeOf(state.tier?.id)).toBeGreaterThan(placeOf(before.tier?.id));
      expect(state.newestOccurredAt).toBe(before.newestOccurredAt);
      // Nothing of its own was decided under the version before it.
      expect(version).toBeLessThan(Number(entry.activity.key.split(':')[1]));
    } else if (entry.activity.type === 'visit' && version < entry.version) seen.own += 1;
    if (entry.activity.type !== 'state.extended') version = entry.version;
  }
  expect(state).toEqual(world.store.states.get(member)?.state);
  const replayed = replayMember(journal, {
    programOf: (entry) => world.versions[entry.version - 1] ?? world.inForce,
    isSame: true,
    untilMs: null,
  });
  expect(findDifference(journal, replayed)).toBeNull();
  seen.replayed += 1;
}
