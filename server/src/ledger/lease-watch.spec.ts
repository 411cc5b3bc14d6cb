import { LeaseWatch } from './lease-watch.js';

const LEASE_MS = 5_000;
const HOUR_MS = 3_600_000;
const clock = { nowMs: 0, elapsedMs: 0, now: () => clock.nowMs, elapsed: () => clock.elapsedMs };

function pass(ms: number): void {
  clock.nowMs += ms;
  clock.elapsedMs += ms;
}

beforeEach(() => {
  Object.assign(clock, { nowMs: 1_800_000_000_000, elapsedMs: 0 });
});

test('T13 a lease is over when its time is past', () => {
  const watch = new LeaseWatch(clock, LEASE_MS);
  const lease = { epoch: 1, until: new Date(clock.now() + LEASE_MS) };
  expect(watch.isOver(lease)).toBe(false);
  pass(LEASE_MS - 1);
  expect(watch.isOver(lease)).toBe(false);
  pass(1);
  expect(watch.isOver(lease)).toBe(true);
});

test('T13 a dead node whose clock was an hour ahead holds its lane for the length of a lease, not for an hour', () => {
  const watch = new LeaseWatch(clock, LEASE_MS);
  const lease = { epoch: 1, until: new Date(clock.now() + HOUR_MS + LEASE_MS) };
  expect(watch.isOver(lease)).toBe(false);
  pass(LEASE_MS);
  expect(watch.isOver(lease)).toBe(false);
  pass(1);
  expect(watch.isOver(lease)).toBe(true);
});

test('T13 a node whose clock is an hour ahead keeps what it renews, and whoever takes a lease is watched anew', () => {
  const watch = new LeaseWatch(clock, LEASE_MS);
  for (let second = 0; second < 30; second += 1) {
    expect(watch.isOver({ epoch: 1, until: new Date(clock.now() + HOUR_MS) })).toBe(false);
    pass(1_000);
  }
  pass(LEASE_MS);
  expect(watch.isOver({ epoch: 2, until: new Date(clock.now() + HOUR_MS) })).toBe(false);
});
