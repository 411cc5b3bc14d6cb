import type { MemberJournal } from '@verbena/server/ledger/projector.port.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { aBoard, anEarning, BoardsUnderTest } from '#support/boards-under-test.js';

// What the simulation found about boards that are computed anew; each with stores as they are.
const DAY = '2026-11-24';
const AT = '2026-11-24T10:00:00.000Z';
const board = aBoard();
const program = ulid();
const scope = scopeOf(program);
const list = `${program}|${board.id}|2026-W48`;
const member = ulid();
const none = new Map<string, number>();

let under: BoardsUnderTest;
beforeEach(async () => {
  const stores = { mongodbUri: process.env['MONGODB_URI'] ?? '', redisUrl: process.env['REDIS_URL'] ?? '' };
  under = new BoardsUnderTest(stores, program, [board], new Date(Date.UTC(2026, 8, 1)));
  await under.start();
});
afterEach(() => under.stop());

const entry = (seq: number, amount: number) => under.anEntry(member, seq, seq, AT, [anEarning(amount, DAY)], []);
const lane = () => under.laneOf(member);

async function placesIn(isFromMirror: boolean): Promise<[string, number][]> {
  const { rows } = await under.read(list, board, null, isFromMirror);
  return rows.map((row) => [row.member, row.score]);
}

test('T4 a rebuild that was held up after it read the journal does not undo what its successor wrote', async () => {
  const [stopped, successor] = [under.newProjector(), under.newProjector()];
  await under.mend(stopped, none);
  await under.mend(successor, none);
  let reads = 0;
  const slow: MemberJournal = {
    ...under.journalOf(member, [entry(1, 10), entry(2, 20)]),
    async *entries() {
      reads += 1;
      if (reads > 1) {
        yield [entry(1, 10), entry(2, 20)];
        return;
      }
      yield [entry(1, 10)];
      // Stopped here; another node takes the lane over, in whose time a second entry comes.
      await successor.recompute(lane(), scope, [under.journalOf(member, [entry(1, 10), entry(2, 20)])]);
    },
  };
  await stopped.recompute(lane(), scope, [slow]);
  expect(reads).toBe(2);
  expect(await placesIn(false)).toEqual([[member, 30]]);
});

test('I6 what a mirror was not told of a rebuild is copied into it, although it stands at the right group', async () => {
  const first = under.newProjector();
  await under.mend(first, none);
  await first.apply({ lane: lane(), fromQ: 0, toQ: 1, entries: [entry(1, 10)] });
  expect(await placesIn(true)).toEqual([[member, 10]]);
  // A new leader that has not looked at the mirror yet.
  const second = under.newProjector();
  const led = under.lanes.map((one) => ({ ...one, q: one.id === lane() ? 1 : 0 }));
  for (const one of led) await second.begin(one);
  await second.recompute(lane(), scope, [under.journalOf(member, [entry(1, 10), entry(2, 20)])]);
  for (const one of led) while (await second.tend(one));
  expect(await placesIn(false)).toEqual([[member, 30]]);
  expect(await placesIn(true)).toEqual([[member, 30]]);
});

test('I6 whoever lost a place while nobody told the mirror loses it there when the rebuild is done again', async () => {
  const first = under.newProjector();
  await under.mend(first, none);
  await first.apply({ lane: lane(), fromQ: 0, toQ: 1, entries: [entry(1, 10)] });
  // Killed after it wrote the standings and before it told the mirror.
  const killed = under.newProjector();
  const led = under.lanes.map((one) => ({ ...one, q: one.id === lane() ? 1 : 0 }));
  for (const one of led) await killed.begin(one);
  await killed.recompute(lane(), scope, [under.journalOf(member, [])]);
  expect(await placesIn(false)).toEqual([]);
  const next = under.newProjector();
  await under.mend(next, new Map(led.map(({ id, q }) => [id, q])));
  await next.recompute(lane(), scope, [under.journalOf(member, [])]);
  expect(await placesIn(true)).toEqual([]);
});

test('I6 a copy that broke off begins in a mirror of its own: in the old one some places may be nobody’s any more', async () => {
  const begun = await under.mirror.begin(lane(), []);
  expect(await under.mirror.begin(lane(), [])).not.toBe(begun);
  const other = under.lanes.find(({ id }) => id !== lane())?.id ?? '';
  const now = await under.mirror.begin(lane(), []);
  expect(await under.mirror.begin(other, [])).toBe(now);
  expect(await under.mirror.begin(other, [])).not.toBe(now);
});
