import fc from 'fast-check';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import { reversalIdOf, reversalOf } from '@verbena/server/ledger/reversal.js';
import type { Outcome, Submission } from '@verbena/server/ledger/submission.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { entryIdOf } from '@verbena/server/platform/crypto/hash.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCommitter, aSubmission, LAW_NOW, LAW_PROGRAM, memberId, relay } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { seedsOf } from '#support/seeds.js';
import { writeFault } from '#support/write-faults.js';

const seeds = seedsOf('taken-back');

const plaza = compileProgram(
  { zone: 'Europe/Madrid', time: 'activities' },
  { version: 1, definitions: PRESETS['shopping-centre'].definitions },
  [],
  definitionCompilers,
);

/** One thing that happens: somebody buys, joins by another's code, leaves, or an earlier purchase is taken back. */
type Act =
  | { readonly what: 'buy'; readonly member: number; readonly day: number; readonly total: number }
  | { readonly what: 'join'; readonly member: number; readonly day: number; readonly advocate: number }
  | { readonly what: 'leave'; readonly member: number; readonly day: number }
  | { readonly what: 'reverse'; readonly act: number; readonly by: number };

const MEMBERS = 4;
const member = fc.nat(MEMBERS - 1);
const day = fc.nat(60);
const buy = fc.record({ what: fc.constant('buy' as const), member, day, total: fc.nat(30_000) });
const join = fc.record({ what: fc.constant('join' as const), member, day, advocate: member });
const leave = fc.record({ what: fc.constant('leave' as const), member, day });
const reverse = fc.record({ what: fc.constant('reverse' as const), act: fc.nat(20), by: fc.nat(1) });
const acts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: buy },
    { weight: 3, arbitrary: join },
    { weight: 1, arbitrary: leave },
    { weight: 4, arbitrary: reverse },
  ),
  { minLength: 4, maxLength: 40, size: 'max' },
);
const keyOf = (index: number): string => `k${index}`;

/** The submission of an act; null where it takes back what is no purchase in the journal. */
function submissionFor(store: MemoryStore, list: readonly Act[], index: number): Submission | null {
  const act = list[index];
  if (act === undefined) return null;
  if (act.what === 'reverse') {
    const entry = store.journal.get(entryIdOf(LAW_PROGRAM, 'program', keyOf(act.act)));
    if (entry === undefined) return null;
    const { occurredAt } = entry.activity;
    const receivedAt = new Date(LAW_NOW).toISOString();
    return reversalOf(entry, { fingerprint: `asked by ${act.by}`, channel: 'shop', occurredAt, receivedAt });
  }
  const type = { buy: 'purchase', join: 'member.joined', leave: 'member.left' }[act.what];
  const attributes =
    act.what === 'buy' ? { totalMinor: act.total } : act.what === 'join' ? { advocate: memberId(act.advocate) } : {};
  const occurredAt = new Date(Date.UTC(2026, 0, 5 + act.day, 11)).toISOString();
  return aSubmission({ member: act.member, key: keyOf(index), type, occurredAt, attributes });
}

/** Each act once, alone, and what it causes before the next. */
async function plainly(list: readonly Act[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  const alarms: unknown[] = [];
  const committer = aCommitter(store, plaza, { alarms });
  let relayed = 0;
  for (const index of list.keys()) {
    const submission = submissionFor(store, list, index);
    if (submission !== null) await committer.submit(submission);
    relayed = await relay(store, committer, relayed);
  }
  expect(alarms).toEqual([]);
  return store;
}

function expectSoundBooks(store: MemoryStore): void {
  for (const [id, ledger] of store.states) {
    const verifier = new MemberVerifier(id, initialState(plaza));
    for (const entry of store.journalOf(id)) verifier.read(entry);
    verifier.finish(ledger);
    expect(verifier.findings).toEqual([]);
  }
}

/** How much of it the histories held: a law over nothing would hold too. */
const seen = { qualified: 0, takenBack: 0 };
afterAll(() => {
  expect(seen.qualified).toBeGreaterThan(20);
  expect(seen.takenBack).toBeGreaterThan(5);
});

const entriesOf = (store: MemoryStore, type: string): JournalEntry[] =>
  [...store.journal.values()].filter(({ activity }) => activity.type === type);

describe('taking back, in the ledger', () => {
  law('B6 C9 lost writes, lost answers, crashes and repeats of both callers and relay give the same books', (given) =>
    fc.asyncProperty(
      given,
      fc.infiniteStream(writeFault),
      fc.array(fc.nat(39), { maxLength: 4 }),
      async (list, faults, crashes) => {
        const store = new MemoryStore(() => faults.next().value ?? 'none');
        const alarms: unknown[] = [];
        let committer = aCommitter(store, plaza, { alarms });
        let relayed = 0;
        for (const index of list.keys()) {
          const submission = submissionFor(store, list, index);
          if (submission !== null) {
            const answers: Promise<Outcome>[] = [committer.submit(submission)];
            if (crashes.includes(index)) {
              // Another process takes the lane with the group in flight, and its relay begins anew.
              committer = aCommitter(store, plaza, { alarms });
              answers.push(committer.submit(submission));
              relayed = 0;
            }
            await Promise.all(answers);
            const again = await committer.submit(submission);
            expect(again.kind === 'refused' ? again.refusal.code : again.kind).toMatch(
              /^(replayed|activity\.(alreadyReversed|notReversible))$/,
            );
          }
          relayed = await relay(store, committer, relayed);
        }
        await relay(store, committer, 0);
        expect(alarms).toEqual([]);
        const wanted = await plainly(list);
        for (let index = 0; index < MEMBERS; index += 1)
          expect(store.states.get(memberId(index))).toEqual(wanted.states.get(memberId(index)));
        expect(store.journal.size).toBe(wanted.journal.size);
        expectSoundBooks(store);
      },
    ),
  );

  law('C5 an entry is taken back at most once, whoever asks; afterwards it is not in what was earned', (given) =>
    fc.asyncProperty(given, async (list) => {
      const store = await plainly(list);
      expectSoundBooks(store);
      const reversed = [...store.journal.values()].flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.type === 'activity.reversed' ? [effect.of] : [])),
      );
      expect(new Set(reversed).size).toBe(reversed.length);
      for (const of of reversed) {
        const entry = store.journal.get(of);
        const lines = [entry, entry && store.journal.get(reversalIdOf(entry))].flatMap((one) => one?.lines ?? []);
        const byRules = lines.filter(({ kind, by }) => kind !== 'expire' && by.kind === 'rule');
        expect(byRules.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      }
    }),
  );

  law(
    'I2 an invitation counts once a friend, for both; taking the purchase back takes both rewards back',
    (given) =>
      fc.asyncProperty(given, async (list) => {
        const store = await plainly(list);
        const qualified = [...store.journal.values()].filter(({ effects }) =>
          effects.some(({ type }) => type === 'referral.qualified'),
        );
        const rewards = entriesOf(store, 'referral.qualified');
        const takenBack = entriesOf(store, 'referral.qualified.reversed').map(
          ({ activity }) => activity.attributes['of'],
        );
        seen.qualified += qualified.length;
        seen.takenBack += takenBack.length;
        // One purchase a friend, and of it one reward for each side.
        expect(new Set(qualified.map((entry) => entry.member)).size).toBe(qualified.length);
        expect(rewards).toHaveLength(qualified.length * 2);
        for (const purchase of qualified) {
          const { caused = [], _id, activity } = purchase;
          const isReversed = store.journal.has(reversalIdOf(purchase));
          for (const { id, member: of } of caused) {
            const reward = store.journal.get(id);
            expect(reward).toMatchObject({ member: of, activity: { cause: _id, occurredAt: activity.occurredAt } });
            expect(reward?.activity.attributes).toMatchObject({ purchase: activity.key });
            expect(plaza.activityTypes.get('referral.qualified')?.validate(reward?.activity.attributes)).toEqual([]);
            // Who has left gets nothing, and has nothing to give back.
            const wasGiven = reward?.outcome === 'accepted';
            expect(takenBack.includes(id)).toBe(isReversed && wasGiven);
          }
          expect(new Set(caused.map(({ member: of }) => of)).size).toBe(2);
        }
        expect(takenBack).toHaveLength(new Set(takenBack).size);
      }),
    200,
  );
});

function law<T>(title: string, property: (given: typeof acts) => fc.IAsyncProperty<T>, numRuns = 40): void {
  test.each(seeds)(`${title} (seed %i)`, async (seed) => {
    await fc.assert(property(acts), { seed, numRuns });
  });
}
