import { ExpiringCache } from './expiring-cache.js';

function aCache(entriesMax = 10) {
  const state = { nowMs: 0, reads: 0 };
  const cache = new ExpiringCache<number>(2_000, entriesMax, () => state.nowMs);
  const ask = (key: string) => cache.get(key, async () => (state.reads += 1));
  return { cache, state, ask };
}

test('an answer is remembered for its time and not longer', async () => {
  const { state, ask } = aCache();
  expect([await ask('a'), await ask('a')]).toEqual([1, 1]);
  state.nowMs = 1_999;
  expect(await ask('a')).toBe(1);
  state.nowMs = 2_000;
  expect(await ask('a')).toBe(2);
});

test('askers at one moment share one read', async () => {
  const { state, ask } = aCache();
  await Promise.all([ask('a'), ask('a'), ask('a')]);
  expect(state.reads).toBe(1);
});

test('what was forgotten is read again', async () => {
  const { cache, ask } = aCache();
  await ask('a');
  cache.forget('a');
  expect(await ask('a')).toBe(2);
});

test('a read that failed is not remembered', async () => {
  const { cache, ask } = aCache();
  await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await ask('a')).toBe(1);
});

test('it never holds more than its bound, and drops the oldest first', async () => {
  const { state, ask } = aCache(2);
  await ask('a');
  await ask('b');
  await ask('c');
  expect(await ask('b')).toBe(2);
  expect(await ask('a')).toBe(4);
  expect(state.reads).toBe(4);
});
