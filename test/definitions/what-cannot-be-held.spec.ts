import type { GroupWrite, WriteResult } from '@verbena/server/ledger/committer.ports.js';
import { aCompiledProgram } from '#support/engine-run.js';
import { aCommitter, aSubmission, memberId } from '#support/memory-ledger.js';
import { MemoryStore } from '#support/memory-store.js';
import { aRule, aSmallProgram } from '#support/small-program.js';

const OCCURRED = '2026-06-30T10:00:00.000Z';
const program = aCompiledProgram({
  definitions: aSmallProgram({
    rules: [aRule({ earn: [{ currency: 'puntos', amount: { product: [{ field: 'n' }] } }] })],
  }),
  time: 'wall',
});

/** A store that takes everything but entries of one key, as a database does with a document that it cannot hold. */
class ParticularStore extends MemoryStore {
  asked = 0;

  constructor(
    private readonly key: string,
    private readonly fault: () => Error,
    private readonly times = Infinity,
  ) {
    super();
  }

  override writeGroup(group: GroupWrite): Promise<WriteResult> {
    if (!group.entries.some(({ activity }) => activity.key === this.key)) return super.writeGroup(group);
    this.asked += 1;
    return this.asked > this.times ? super.writeGroup(group) : Promise.reject(this.fault());
  }
}

const visit = (key: string, member: number) =>
  aSubmission({ member, key, type: 'visit', occurredAt: OCCURRED, attributes: { n: 10 } });

async function outcomes(store: MemoryStore, alarms: unknown[] = []): Promise<string[]> {
  const committer = aCommitter(store, program, { groupMax: 8, alarms });
  const all = await Promise.all(
    ['a', 'b', 'grande', 'c', 'd'].map((key, index) => committer.submit(visit(key, index % 2))),
  );
  return all.map((one) => (one.kind === 'refused' ? one.refusal.code : one.kind));
}

const tooLarge = () =>
  Object.assign(new Error('object to insert too large'), { name: 'MongoServerError', code: 10_334 });

test('H1 of a group that the database cannot hold the one entry that it is for is set aside, and its neighbours count', async () => {
  const alarms: unknown[] = [];
  const store = new ParticularStore('grande', tooLarge);
  expect(await outcomes(store, alarms)).toEqual([
    'accepted',
    'accepted',
    'activity.quarantined',
    'accepted',
    'accepted',
  ]);
  expect(store.quarantined.map(({ activity }) => activity.key)).toEqual(['grande']);
  expect(alarms.map(String)).toEqual(['MongoServerError: object to insert too large']);
  // With the others, by itself, and once more.
  expect(store.asked).toBe(3);
  expect([0, 1].map((one) => store.states.get(memberId(one))?.state.balances['puntos'])).toEqual([20, 20]);
});

test('H1 what fails once and then no more is set aside by nobody', async () => {
  for (const times of [1, 2]) {
    const store = new ParticularStore('grande', tooLarge, times);
    expect(new Set(await outcomes(store))).toEqual(new Set(['accepted']));
    expect(store.quarantined).toEqual([]);
  }
});

test('H1 a broken line is waited for, however often it breaks, and sets nothing aside', async () => {
  const lost = () => Object.assign(new Error('the line broke'), { name: 'MongoNetworkError' });
  const store = new ParticularStore('grande', lost, 20);
  expect(new Set(await outcomes(store))).toEqual(new Set(['accepted']));
  expect(store.quarantined).toEqual([]);
});
