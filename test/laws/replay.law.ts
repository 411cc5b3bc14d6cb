import fc from 'fast-check';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import type { CompiledProgram } from '@verbena/server/engine/compiled-program.js';
import { Committer, LIMITS } from '@verbena/server/ledger/committer.js';
import { clockSubmission } from '@verbena/server/ledger/member-clock.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { findDifference, replayMember } from '@verbena/server/ledger/replay-member.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { MemoryStore } from '#support/memory-store.js';
import { MovedClock } from '#support/moved-clock.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('replay');

const PROGRAM = '01J00000000000000000000LAW';
const START = Date.UTC(2026, 0, 5, 11);
const DAY_MS = 86_400_000;
const MEMBERS = 3;

/** Three versions: a doubled purchase, then a rule that counts what nobody counted before. */
const VERSIONS = versionsOf([
  () => undefined,
  ({ rules }) => {
    const [purchase] = rules;
    if (purchase?.earn[0] !== undefined) purchase.earn[0].amount.product[1] = { ratio: [2, 100] };
  },
  ({ rules }) => {
    rules.push({
      id: 'tercera',
      rev: 1,
      name: { es: 'A la tercera' },
      on: { activity: 'purchase' },
      when: { count: { activity: 'purchase', window: { days: 30 } }, op: 'gte', value: 3 },
      earn: [{ currency: 'puntos', amount: { product: [{ ratio: [40, 1] }] } }],
      zone: 'program',
    });
  },
]);

function versionsOf(changes: readonly ((definitions: Definitions) => void)[]) {
  let definitions = PRESETS['shopping-centre'].definitions;
  const numbered = changes.map((change, index) => {
    definitions = structuredClone(definitions);
    change(definitions);
    if (index > 0) for (const rule of definitions.rules.slice(0, 1)) rule.rev = 2;
    return { version: index + 1, definitions };
  });
  return (time: 'wall' | 'activities'): CompiledProgram[] =>
    numbered.map((version, index) =>
      compileProgram({ zone: 'Europe/Madrid', time }, version, numbered.slice(0, index).reverse(), definitionCompilers),
    );
}

/** What happens: days pass, somebody buys some days ago, an earlier purchase is taken back, the sweep looks, a version comes. */
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('buy' as const),
      member: fc.nat(MEMBERS - 1),
      ago: fc.nat(9),
      total: fc.nat(30_000),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.nat(45) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 380, max: 900 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('reverse' as const), act: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('sweep' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('publish' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

const memberId = (index: number): string => `01J0000000000000000000000${index}`;

class World {
  readonly store = new MemoryStore();
  readonly clock = new MovedClock(START);
  version = 0;
  private salts = 0;
  private readonly committer: Committer;

  constructor(readonly versions: readonly CompiledProgram[]) {
    this.committer = new Committer(
      '1.0',
      {
        clock: this.clock,
        // Salts that all differ, so that one taken for another shows.
        random: { bytes: (count) => Buffer.alloc(count, (this.salts += 1)) },
        store: this.store,
        transport: { committed: () => undefined },
        programs: {
          inForce: () => Promise.resolve(this.inForce()),
          atVersion: (_, version) => Promise.resolve(this.at(version)),
        },
        alarms: { quarantined: () => undefined, steppedDown: () => undefined, stateIsLarge: () => undefined },
      },
      { ...LIMITS, patienceMs: 60_000 },
    );
    this.committer.start(this.store.openLane('1.0'));
  }

  at(version: number): CompiledProgram {
    const found = this.versions[version - 1];
    if (found === undefined) throw new Error(`no version ${version}`);
    return found;
  }

  inForce(): CompiledProgram {
    return this.at(this.version + 1);
  }

  async live(acts: readonly Act[]): Promise<void> {
    for (const [index, one] of acts.entries()) await this.do(one, index);
  }

  private async do(one: Act, index: number): Promise<void> {
    if (one.what === 'wait') this.clock.atMs += one.days * DAY_MS;
    else if (one.what === 'publish') this.version = Math.min(this.version + 1, this.versions.length - 1);
    else if (one.what === 'sweep') await this.sweep();
    else if (one.what === 'buy') await this.committer.submit(this.purchase(one.member, one.ago, one.total, index));
    else {
      const entry = this.store.journal.get(entryIdOf(PROGRAM, 'program', `k${one.act}`));
      const { atMs } = this.clock;
      const at = new Date(atMs).toISOString();
      if (entry !== undefined)
        await this.committer.submit(
          reversalOf(entry, { fingerprint: 'asked', channel: 'shop', occurredAt: at, receivedAt: at }),
        );
    }
  }

  async sweep(): Promise<void> {
    for (const ledger of this.store.states.values())
      if (ledger.dueAt !== null && new Date(ledger.dueAt).getTime() <= this.clock.atMs)
        await this.committer.submit(
          clockSubmission(ledger, new Date(ledger.dueAt).getTime(), this.clock.atMs, scopeOf(PROGRAM)),
          true,
        );
  }

  private purchase(member: number, ago: number, total: number, index: number): Submission {
    const id = memberId(member);
    const at = new Date(this.clock.atMs).toISOString();
    const attributes = { totalMinor: total, privateLabelMinor: total % 700 };
    return {
      scope: scopeOf(PROGRAM),
      member: id,
      shard: shardOf(PROGRAM, id),
      entryId: entryIdOf(PROGRAM, 'program', `k${index}`),
      fingerprint: hashOf(attributes),
      activity: {
        type: 'purchase',
        key: `k${index}`,
        source: 'program',
        occurredAt: new Date(this.clock.atMs - ago * DAY_MS).toISOString(),
        receivedAt: at,
        channel: 'shop',
        attributes,
        depth: 0,
      },
    };
  }

  journals(): JournalEntry[][] {
    return Array.from({ length: MEMBERS }, (_, index) => this.store.journalOf(memberId(index)));
  }
}

const acts = fc.array(act, { minLength: 5, maxLength: 60, size: 'max' });

describe.each(['wall', 'activities'] as const)('replay, time by %s', (time) => {
  const versions = VERSIONS(time);

  test.each(seeds)(
    'D7 the past decided again under the versions that it records is the same to the last hash (seed %i)',
    async (seed) => {
      let entries = 0;
      let extended = 0;
      let struck = 0;
      await fc.assert(
        fc.asyncProperty(acts, async (list) => {
          const world = new World(versions);
          await world.live(list);
          for (const journal of world.journals()) {
            const replayed = replayMember(journal, {
              programOf: ({ version }) => world.at(version),
              isSame: true,
              untilMs: null,
            });
            expect(findDifference(journal, replayed)).toBeNull();
            entries += journal.length;
            extended += journal.filter(({ activity }) => activity.type === 'state.extended').length;
            struck += journal.filter(({ activity }) => activity.type === 'clock.struck').length;
          }
        }),
        { seed, numRuns: 30 },
      );
      expect(entries).toBeGreaterThan(300);
      expect(extended).toBeGreaterThan(2);
      expect(struck).toBeGreaterThan(5);
    },
  );

  test('D7 one entry under another version, or one altered figure, is found', async () => {
    const world = new World(versions);
    const buy = { what: 'buy' as const, member: 0, ago: 0, total: 5_000 };
    await world.live([buy, buy, buy]);
    const [journal = []] = world.journals();
    const other = replayMember(journal, {
      programOf: ({ seq }) => world.at(seq === 2 ? 2 : 1),
      isSame: true,
      untilMs: null,
    });
    expect(findDifference(journal, other)).toBe(2);
    const altered = journal.map((entry) =>
      entry.seq === 3 ? { ...entry, activity: { ...entry.activity, attributes: { totalMinor: 5_001 } } } : entry,
    );
    const replayed = replayMember(altered, { programOf: () => world.at(1), isSame: true, untilMs: null });
    expect(findDifference(altered, replayed)).toBe(3);
  });

  test.each(seeds)('D7 a draft over the past is what that past would have been under it (seed %i)', async (seed) => {
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const quiet = list.filter(({ what }) => what !== 'publish');
        const [past, wanted] = [new World(versions), new World(versions)];
        wanted.version = 1;
        await past.live(quiet);
        await wanted.live(quiet);
        // What only the draft gives may fall due where nothing did: the clock runs on to the end on both sides.
        await wanted.sweep();
        const untilMs = wanted.clock.atMs;
        for (const [index, journal] of past.journals().entries()) {
          const { ledger } = replayMember(journal, { programOf: () => wanted.at(2), isSame: false, untilMs });
          const books = wanted.store.states.get(memberId(index));
          expect(ledger?.state.balances).toEqual(books?.state.balances);
          expect(ledger?.state.missions).toEqual(books?.state.missions);
          expect(ledger?.state.tier).toEqual(books?.state.tier);
        }
      }),
      { seed, numRuns: 15 },
    );
  });
});
