import type { RecordedActivity } from '@verbena/server/ledger/journal-entry.js';
import { laneIds, laneOfShard } from '@verbena/server/ledger/lanes.js';
import { OutboxRelay } from '@verbena/server/ledger/outbox-relay.js';
import { reversalOf } from '@verbena/server/ledger/reversal.js';
import { SystemClock } from '@verbena/server/platform/clock/clock.js';
import { entryIdOf, hashOf, shardOf } from '@verbena/server/platform/crypto/hash.js';
import { scopeOf } from '@verbena/server/platform/mongo/scope.js';
import { ulid } from 'ulid';
import { LedgerUnderTest } from '#bench/ledger-under-test.js';
import { eventually } from '#support/eventually.js';

const LANES = 2;
const ledger = new LedgerUnderTest(process.env['MONGODB_URI'] ?? '', `referrals_${ulid()}`, LANES);
const relays: OutboxRelay[] = [];

beforeAll(() => ledger.start());
afterAll(async () => {
  for (const relay of relays) relay.stop();
  await ledger.stop();
});

const PROGRAM = ulid();
const at = new Date().toISOString();

/** A member whose shard lies in a lane. */
function memberIn(lane: string): string {
  for (;;) {
    const member = ulid();
    if (laneOfShard(shardOf(PROGRAM, member), LANES) === lane) return member;
  }
}

function submit(member: string, type: string, attributes: Record<string, unknown>) {
  const key = ulid();
  const activity: RecordedActivity = {
    type,
    key,
    source: 'program',
    occurredAt: at,
    receivedAt: at,
    channel: 'shop',
    attributes,
    depth: 0,
  };
  const entryId = entryIdOf(PROGRAM, 'program', key);
  const shard = shardOf(PROGRAM, member);
  return ledger.submit({ scope: scopeOf(PROGRAM), member, shard, entryId, fingerprint: hashOf(type, key), activity });
}

/** A relay of each lane, which begins at the lane's watermark as after a start. */
function relayAnew(): void {
  for (const lane of laneIds(LANES)) {
    const relay = new OutboxRelay(
      lane,
      ledger.repository,
      (submission) => ledger.submit(submission),
      new SystemClock(),
    );
    relays.push(relay);
    relay.nudge();
  }
}

test('I2 over two lanes: both rewards by the relay, once however often it begins, and both taken back with the purchase', async () => {
  const [one = '', other = ''] = laneIds(LANES);
  const [friend, advocate] = [memberIn(one), memberIn(other)];
  const scope = scopeOf(PROGRAM);
  const typesOf = async (member: string) =>
    (await ledger.repository.readJournal(member, 0, 100)).map(({ activity }) => activity.type);
  const earned = async (member: string) =>
    (await ledger.repository.findState(scope, member))?.state.earned['puntos']?.ever ?? 0;

  await submit(friend, 'member.joined', { advocate });
  const bought = await submit(friend, 'purchase', { totalMinor: 50 });
  if (bought.kind !== 'accepted') throw new Error(`The purchase was ${bought.kind}.`);
  expect(bought.entry.caused?.map(({ member }) => member)).toEqual([friend, advocate]);
  relayAnew();
  relayAnew();
  await eventually(async () => (await earned(friend)) >= 150 && (await earned(advocate)) === 300, {
    until: 'both have their points',
  });
  const request = { fingerprint: 'shop', channel: 'shop', occurredAt: at, receivedAt: at } as const;
  expect(await ledger.submit(reversalOf(bought.entry, request))).toMatchObject({ kind: 'accepted' });
  relayAnew();
  await eventually(async () => (await earned(friend)) === 0 && (await earned(advocate)) === 0, {
    until: 'both were taken back',
  });
  expect(await typesOf(advocate)).toEqual(['referral.qualified', 'referral.qualified.reversed']);
  expect((await typesOf(friend)).toSorted()).toEqual([
    'member.joined',
    'purchase',
    'purchase.reversed',
    'referral.qualified',
    'referral.qualified.reversed',
  ]);
  // Everything that was caused is settled: no lane spins, and nothing stands in quarantine.
  await eventually(
    async () => {
      // As a commit of the service does.
      for (const relay of relays) relay.nudge();
      const lanes = await ledger.repository.listLanes();
      // The watermark is kept where something was caused; what comes after it caused nothing.
      const left = await Promise.all(lanes.map(({ _id, relayed }) => ledger.repository.readOutbox(_id, relayed, 100)));
      return left.flat().every(({ caused }) => caused.length === 0);
    },
    { until: 'the relays are through' },
  );
  expect(await ledger.repository.countQuarantined()).toBe(0);
});
