import { MemberStreams } from './member-streams.js';

interface Item {
  readonly owner: string;
  readonly number: number;
}

const items = Array.from({ length: 500 }, (_, number): Item => ({ owner: `m${number % 13}`, number }));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what belongs to one owner is sent in the order in which it was added, all of it, one batch at a time', async () => {
  const sent = new Map<string, number[]>();
  const inFlight = new Set<string>();
  const streams = new MemberStreams<Item>(
    { streams: 4, batchMax: 10 },
    ({ owner }) => owner,
    async (batch) => {
      const owners = new Set(batch.map(({ owner }) => owner));
      for (const owner of owners) expect(inFlight.has(owner)).toBe(false);
      for (const owner of owners) inFlight.add(owner);
      expect(batch.length).toBeLessThanOrEqual(10);
      await turn();
      for (const { owner, number } of batch) sent.set(owner, [...(sent.get(owner) ?? []), number]);
      for (const owner of owners) inFlight.delete(owner);
    },
  );
  for (const item of items) await streams.add(item);
  await streams.finish();
  expect([...sent.values()].flat().length).toBe(items.length);
  for (const numbers of sent.values()) expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
});

test('a stream that is full makes its reader wait, so memory stays flat', async () => {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let added = 0;
  const streams = new MemberStreams<number>(
    { streams: 1, batchMax: 5 },
    () => 'one',
    () => gate,
  );
  const reading = (async () => {
    for (let number = 0; number < 100; number += 1) {
      await streams.add(number);
      added += 1;
    }
    await streams.finish();
  })();
  await turn();
  await turn();
  expect(added).toBeLessThan(30);
  release();
  await reading;
  expect(added).toBe(100);
});

test('the first failure ends it, and nothing more is sent', async () => {
  let batches = 0;
  const streams = new MemberStreams<number>(
    { streams: 1, batchMax: 2 },
    () => 'one',
    async () => {
      batches += 1;
      await turn();
      throw new Error('gone');
    },
  );
  const adding = (async () => {
    for (let number = 0; number < 50; number += 1) await streams.add(number);
    await streams.finish();
  })();
  await expect(adding).rejects.toThrow('gone');
  expect(batches).toBe(1);
});

test('abandoned, it waits for what is in flight and sends no more', async () => {
  const answered: number[] = [];
  const streams = new MemberStreams<number>(
    { streams: 1, batchMax: 2 },
    () => 'one',
    async (batch) => {
      await turn();
      answered.push(...batch);
    },
  );
  for (const number of [1, 2, 3, 4, 5]) await streams.add(number);
  await streams.abandon();
  expect(answered).toEqual([1, 2]);
});
