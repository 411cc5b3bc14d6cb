import { TokenBucket, TokenBuckets } from './token-bucket.js';

const SIZE = { burst: 3, perSecond: 2 };

test('a burst passes, the next waits as long as one token takes to come', () => {
  const bucket = new TokenBucket(SIZE, 0);
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0]);
  expect(bucket.take(0)).toBe(500);
  expect(bucket.take(400)).toBe(100);
  expect(bucket.take(500)).toBe(0);
});

test('a bucket never holds more than its burst', () => {
  const bucket = new TokenBucket(SIZE, 0);
  for (let i = 0; i < 3; i++) expect(bucket.take(60_000)).toBe(0);
  expect(bucket.take(60_000)).toBeGreaterThan(0);
});

test('a clock that steps back gives nothing away', () => {
  const bucket = new TokenBucket(SIZE, 10_000);
  for (let i = 0; i < 3; i++) bucket.take(10_000);
  expect(bucket.take(1_000)).toBeGreaterThan(0);
  expect(bucket.take(10_000)).toBeGreaterThan(0);
});

test('#63 whoever reconnects finds the bucket as they left it, and a full one is forgotten', () => {
  const buckets = new TokenBuckets(SIZE);
  for (let i = 0; i < 3; i++) buckets.take('a', 0);
  buckets.forgetFull(100);
  expect(buckets.take('a', 100)).toBeGreaterThan(0);
  buckets.forgetFull(5_000);
  expect(buckets.count).toBe(0);
});
