import fc from 'fast-check';
import { initialState } from '@verbena/server/engine/initial-state.js';
import type { JournalEntry } from '@verbena/server/ledger/journal-entry.js';
import type { Submission } from '@verbena/server/ledger/submission.js';
import { MemberVerifier } from '@verbena/server/ledger/verify-member.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aCommitter, aSubmission, memberId, relay } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { aRule, aSmallProgram } from '#support/small-program.js';
import { seedsOf } from '#support/seeds.js';
import { writeFault } from '#support/write-faults.js';

const seeds = seedsOf('transfers');
const LIMIT = { perGift: 60, perDay: 100 };

const base = aSmallProgram({
  rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
});
const program = aCompiledProgram({
  definitions: {
    ...base,
    currencies: base.currencies.map((one) => ({ ...one, transfer: LIMIT, expiry: { kind: 'months', months: 1 } })),
  },
});

const MEMBERS = 3;
const member = fc.nat(MEMBERS - 1);
const day = fc.nat(50);
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('visit' as const), member, day, n: fc.integer({ min: 1, max: 90 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('send' as const),
      member,
      day,
      n: fc.integer({ min: 1, max: 70 }),
      to: member,
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom('leave' as const, 'join' as const), member, day }) },
);
const histories = fc.array(act, { minLength: 10, maxLength: 40, size: 'max' });
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function submissionFor(one: Act, index: number): Submission {
  const type = { visit: 'visit', send: 'transfer.sent', leave: 'member.left', join: 'member.joined' }[one.what];
  const attributes =
    one.what === 'visit'
      ? { n: one.n }
      : one.what === 'send'
        ? { currency: 'puntos', amount: one.n, to: memberId(one.to) }
        : {};
  const occurredAt = new Date(Date.UTC(2026, 0, 5 + one.day, 11)).toISOString();
  return aSubmission({ member: one.member, key: `k${index}`, type, occurredAt, attributes, channel: 'app' });
}

const seen = { settled: 0, returned: 0, refused: new Set<string | null>() };
afterAll(() => {
  expect(seen.settled).toBeGreaterThan(50);
  expect(seen.returned).toBeGreaterThan(5);
  for (const code of ['transfer.self', 'transfer.tooMuch', 'transfer.dayLimit', 'points.notEnough', 'member.left'])
    expect(seen.refused).toContain(code);
});

/**
 * Entry by entry in the order of their commits: what all have, and what is on its way, is what was earned and has not expired.
 * What has arrived and is not settled yet stands on both sides for a moment, and counts once.
 */
function expectConserved(entries: readonly JournalEntry[]): void {
  let have = 0;
  let made = 0;
  const arrived = new Map<string, number>();
  for (const { lines, effects, activity, member: of, refusal } of entries) {
    if (activity.type === 'transfer.sent') seen.refused.add(refusal);
    for (const { amount, kind, pocket, ref } of lines) {
      have += amount;
      if (kind === 'earn' || kind === 'expire') made += amount;
      if (kind === 'settle') arrived.set(`${of} ${ref}`, (arrived.get(`${of} ${ref}`) ?? 0) + amount);
      expect(pocket === undefined || pocket === 'transit').toBe(true);
    }
    for (const effect of effects) {
      if (effect.type !== 'transfer.received') continue;
      if (effect.accepted) {
        seen.settled += 1;
        arrived.set(`${effect.from} ${effect.transfer}`, effect.amount);
      } else seen.returned += 1;
    }
    const twice = [...arrived.values()].reduce((sum, amount) => sum + amount, 0);
    expect(have - twice).toBe(made);
  }
}

function expectSoundBooks(store: MemoryStore): void {
  for (const [id, ledger] of store.states) {
    const verifier = new MemberVerifier(id, initialState(program));
    for (const entry of store.journalOf(id)) verifier.read(entry);
    verifier.finish(ledger);
    expect(verifier.findings).toEqual([]);
    expect(ledger.state).not.toHaveProperty('transit');
  }
}

test.each(seeds)(
  'C7 among three members, round in circles, with lost answers and crashes: nothing is made and nothing is lost (seed %i)',
  async (seed) => {
    const property = fc.asyncProperty(
      histories,
      fc.infiniteStream(writeFault),
      fc.array(fc.nat(39), { maxLength: 4 }),
      async (list, faults, crashes) => {
        const store = new MemoryStore(() => faults.next().value ?? 'none');
        const alarms: unknown[] = [];
        let committer = aCommitter(store, program, { alarms });
        let relayed = 0;
        for (const [index, one] of list.entries()) {
          const answers = [committer.submit(submissionFor(one, index))];
          if (crashes.includes(index)) {
            // Another process takes the lane with the group in flight, and its relay begins anew.
            committer = aCommitter(store, program, { alarms });
            answers.push(committer.submit(submissionFor(one, index)));
            relayed = 0;
          }
          await Promise.all(answers);
          await committer.submit(submissionFor(one, index));
          // Now and then the relay is late, and much is on its way at once.
          if (index % 3 === 0) relayed = await relay(store, committer, relayed);
        }
        await relay(store, committer, 0);
        expect(alarms).toEqual([]);
        expectConserved([...store.journal.values()]);
        expectSoundBooks(store);
      },
    );
    await fc.assert(property, { seed, numRuns: 15 });
  },
);

test.each(seeds)('C7 no member gives more in a gift or a day than it may (seed %i)', async (seed) => {
  const property = fc.asyncProperty(histories, async (list) => {
    const store = new MemoryStore();
    const committer = aCommitter(store, program);
    for (const [index, one] of list.entries()) await committer.submit(submissionFor(one, index));
    const days = new Map<string, number>();
    for (const { effects, member: of } of store.journal.values())
      for (const effect of effects) {
        if (effect.type !== 'transfer.sent') continue;
        expect(effect.amount).toBeLessThanOrEqual(LIMIT.perGift);
        const day = `${of} ${effect.on}`;
        days.set(day, (days.get(day) ?? 0) + effect.amount);
      }
    for (const sum of days.values()) expect(sum).toBeLessThanOrEqual(LIMIT.perDay);
  });
  await fc.assert(property, { seed, numRuns: 20 });
});
