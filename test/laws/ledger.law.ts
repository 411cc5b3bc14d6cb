import fc from 'fast-check';
import { PRESETS } from '@verbena/seeds/presets/presets.js';
import { compileProgram } from '@verbena/server/engine/compile-program.js';
import { fold } from '@verbena/server/engine/fold.js';
import { initialState } from '@verbena/server/engine/initial-state.js';
import type { GroupWrite, WriteResult } from '@verbena/server/ledger/committer.ports.js';
import type { JournalEntry, MemberLedger } from '@verbena/server/ledger/journal-entry.js';
import { outboxId } from '@verbena/server/ledger/journal-entry.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import type { Outcome, Submission } from '@verbena/server/ledger/submission.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { definitionCompilers } from '#support/definition-compilers.js';
import { aCommitter, aSubmission, memberId } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { seedsOf } from '#support/seeds.js';
import { writeFault } from '#support/write-faults.js';

const seeds = seedsOf('ledger');

const plaza = compileProgram(
  { zone: 'Europe/Madrid', time: 'activities' },
  { version: 1, definitions: PRESETS['shopping-centre'].definitions },
  [],
  definitionCompilers,
);

interface Act {
  readonly member: number;
  readonly day: number;
  readonly total: number;
  readonly departments: readonly string[];
  readonly isCoupon: boolean;
}

const departments = ['PAN', 'FRUTA', 'CARNE', 'PESCADO', 'FLORES', 'LIBROS', 'ROPA', 'CAFÉ', 'QUESO'];
const act = fc.record({
  member: fc.nat(3),
  day: fc.nat(120),
  total: fc.nat(40_000),
  departments: fc.subarray(departments, { maxLength: 4 }),
  isCoupon: fc.boolean(),
});
function submissionOf({ member, day, total, departments: named, isCoupon }: Act, index: number): Submission {
  const occurredAt = new Date(Date.UTC(2026, 0, 5 + day, 11)).toISOString();
  const type = isCoupon ? 'coupon.redeemed' : 'purchase';
  const attributes = isCoupon
    ? { coupon: String(total), campaign: '1' }
    : {
        totalMinor: total,
        privateLabelMinor: total % 700,
        departments: named.map((name) => ({ name, amountMinor: 100 })),
      };
  return aSubmission({ member, key: `k${index}`, type, occurredAt, attributes });
}

/** Loses the answer to one group, and writes it when the next one comes or a journal is read. */
class LateStore extends MemoryStore {
  asked = 0;
  losesNumber = 1;
  private late: GroupWrite | null = null;

  override async writeGroup(group: GroupWrite): Promise<WriteResult> {
    this.asked += 1;
    if (this.asked > 20) throw new Error('The committer tries the same again and again.');
    if (this.asked === this.losesNumber) {
      this.late = group;
      return 'unknown';
    }
    await this.writeLate();
    return super.writeGroup(group);
  }

  override async readJournal(member: string, afterSeq: number, limit: number): Promise<JournalEntry[]> {
    await this.writeLate();
    return super.readJournal(member, afterSeq, limit);
  }

  private async writeLate(): Promise<void> {
    const { late } = this;
    this.late = null;
    if (late !== null) await super.writeGroup(late);
  }
}

/** Each member's activities one after another, alone: what any other way must come to. */
async function plainly(acts: readonly Act[]): Promise<MemoryStore> {
  const store = new MemoryStore();
  const committer = aCommitter(store, plaza, { groupMax: 1 });
  for (const [index, one] of acts.entries()) await committer.submit(submissionOf(one, index));
  return store;
}

/** State without what grouping may change: the hash covers `seq` and facts, which do not depend on the group. */
function essence(ledger: MemberLedger | undefined): unknown {
  return ledger === undefined ? null : { seq: ledger.seq, hash: ledger.hash, state: ledger.state };
}

function expectSameBooks(found: MemoryStore, wanted: MemoryStore): void {
  for (let member = 0; member < 4; member += 1) {
    expect(essence(found.states.get(memberId(member)))).toEqual(essence(wanted.states.get(memberId(member))));
  }
  expect(found.journal.size).toBe(wanted.journal.size);
}

function expectSoundBooks(store: MemoryStore): void {
  for (const [member, ledger] of store.states) {
    const verifier = new MemberVerifier(member, initialState(plaza));
    for (const entry of store.journalOf(member)) verifier.read(entry);
    verifier.finish(ledger);
    expect(verifier.findings).toEqual([]);
  }
  expect(store.outbox.map(({ _id }) => _id)).toEqual(store.outbox.map((_, index) => outboxId('1.0', index + 1)));
}

describe('the ledger', () => {
  test.each(seeds)(
    'B6 C9 any grouping, any interleaving between members, duplicates anywhere give the same books (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(act, { minLength: 1, maxLength: 40 }),
          fc.integer({ min: 1, max: 16 }),
          fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
          fc.array(fc.nat(39), { maxLength: 20 }),
          async (acts, groupMax, weights, repeats) => {
            const store = new MemoryStore();
            const committer = aCommitter(store, plaza, { groupMax });
            // A stable order within each member, any order between them.
            const order = acts
              .map((_, index) => index)
              .sort((a, b) => memberOrder(acts, weights, a) - memberOrder(acts, weights, b) || a - b);
            const deliveries: Promise<Outcome>[] = [];
            for (const index of order) {
              const one = acts[index];
              if (one === undefined) continue;
              deliveries.push(committer.submit(submissionOf(one, index)));
              const earlier = repeats.includes(index) ? order[Math.floor(order.indexOf(index) / 2)] : undefined;
              const again = earlier === undefined ? undefined : acts[earlier];
              if (earlier !== undefined && again !== undefined)
                deliveries.push(committer.submit(submissionOf(again, earlier)));
              if (index % 3 === 0) await deliveries.at(-1);
            }
            const outcomes = await Promise.all(deliveries);
            expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(acts.length);
            expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(0);
            expectSameBooks(store, await plainly(acts));
            expectSoundBooks(store);
          },
        ),
        { seed, numRuns: 60 },
      );
    },
  );

  test('B6 a commit that comes after its answer was lost and after the states were read anew holds nobody up', async () => {
    const store = new LateStore();
    const committer = aCommitter(store, plaza);
    const one: Act = { member: 0, day: 1, total: 1_000, departments: [], isCoupon: false };
    expect((await committer.submit(submissionOf(one, 0))).kind).toBe('replayed');
    expect((await committer.submit(submissionOf(one, 1))).kind).toBe('accepted');
    expect(store.asked).toBeLessThan(6);
    expectSameBooks(store, await plainly([one, one]));
    expectSoundBooks(store);
  });

  test('B6 a reversal whose commit came late is answered with its entry, not with a refusal that something was taken back already', async () => {
    const store = new LateStore();
    store.losesNumber = 2;
    const committer = aCommitter(store, plaza);
    const one: Act = { member: 0, day: 1, total: 1_000, departments: [], isCoupon: false };
    const bought = await committer.submit(submissionOf(one, 0));
    if (bought.kind !== 'accepted') throw new Error(`The purchase was ${bought.kind}.`);
    const { occurredAt, receivedAt } = bought.entry.activity;
    const request = { fingerprint: 'back', channel: 'shop', occurredAt, receivedAt } as const;
    const taken = await committer.submit(reversalOf(bought.entry, request));
    expect(taken).toMatchObject({ kind: 'replayed', entry: { activity: { type: 'purchase.reversed' } } });
    const other = await committer.submit(reversalOf(bought.entry, { ...request, fingerprint: 'other' }));
    expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'activity.alreadyReversed' } });
    expectSoundBooks(store);
  });

  test.each(seeds)(
    'B6 C9 lost writes, lost answers and crashes with retries give the same books, and lose nothing answered (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(act, { minLength: 1, maxLength: 25 }),
          fc.infiniteStream(writeFault),
          fc.array(fc.nat(24), { maxLength: 3 }),
          async (acts, faults, crashes) => {
            const store = new MemoryStore(() => faults.next().value ?? 'none');
            let committer = aCommitter(store, plaza);
            for (const [index, one] of acts.entries()) {
              const answered = committer.submit(submissionOf(one, index));
              if (crashes.includes(index)) {
                // The process dies with the group in flight; another takes the lane under a higher epoch, the client retries.
                committer = aCommitter(store, plaza);
                await Promise.all([answered, committer.submit(submissionOf(one, index))]);
              }
              const outcome = await answered;
              if (outcome.kind === 'accepted' || outcome.kind === 'replayed')
                expect(store.journal.has(outcome.entry._id)).toBe(true);
              const again = await committer.submit(submissionOf(one, index));
              expect(again.kind).toBe('replayed');
            }
            expectSameBooks(store, await plainly(acts));
            expectSoundBooks(store);
          },
        ),
        { seed, numRuns: 25 },
      );
    },
  );

  test.each(seeds)(
    'C9 the state is the fold of the journal, and no balance is ever below zero (seed %i)',
    async (seed) => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 60 }), async (acts) => {
          const store = await plainly(acts);
          for (const [member, { state }] of store.states) {
            let folded = initialState(plaza);
            for (const entry of store.journalOf(member)) {
              folded = fold(folded, entry);
              for (const balance of Object.values(folded.balances)) expect(balance).toBeGreaterThanOrEqual(0);
            }
            expect(folded).toEqual(state);
          }
        }),
        { seed, numRuns: 40 },
      );
    },
  );

  test('B6 the same key with another body is refused and changes nothing', async () => {
    const store = new MemoryStore();
    const committer = aCommitter(store, plaza, { groupMax: 8 });
    const first = submissionOf({ member: 0, day: 1, total: 1_000, departments: [], isCoupon: false }, 1);
    await committer.submit(first);
    const before = JSON.stringify([...store.journal.values()]);
    const outcome = await committer.submit({ ...first, fingerprint: 'another' });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'activity.keyReused' } });
    expect(JSON.stringify([...store.journal.values()])).toBe(before);
  });

  test('T4 a committer whose lane was taken over commits nothing more', async () => {
    const store = new MemoryStore();
    const zombie = aCommitter(store, plaza, { groupMax: 8 });
    await zombie.submit(submissionOf({ member: 0, day: 1, total: 1_000, departments: [], isCoupon: false }, 1));
    aCommitter(store, plaza, { groupMax: 8 });
    const outcome = await zombie.submit(
      submissionOf({ member: 0, day: 2, total: 1_000, departments: [], isCoupon: false }, 2),
    );
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'lane.moved' } });
    expect(store.journal.size).toBe(1);
  });
});

function memberOrder(acts: readonly Act[], weights: readonly number[], index: number): number {
  // Each act goes no earlier than those of its member before it.
  const member = acts[index]?.member;
  let latest = 0;
  for (let before = 0; before <= index; before += 1) {
    if (acts[before]?.member === member) latest = Math.max(latest, weights[before % weights.length] ?? 0);
  }
  return latest;
}
