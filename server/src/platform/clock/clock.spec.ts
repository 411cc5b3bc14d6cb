import { jest } from '@jest/globals';
import { SystemClock } from './clock.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what is still at it when its time comes is not called once more, and goes on once it is done', async () => {
  const waiting: (() => void)[] = [];
  const end = new SystemClock().every(100, () => new Promise<void>((done) => waiting.push(done)));
  await jest.advanceTimersByTimeAsync(350);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await jest.advanceTimersByTimeAsync(100);
  expect(waiting).toHaveLength(2);
  waiting[1]?.();
  end();
  await jest.advanceTimersByTimeAsync(500);
  expect(waiting).toHaveLength(2);
});

test('what takes no time is called each time', async () => {
  let calls = 0;
  const end = new SystemClock().every(100, () => {
    calls += 1;
  });
  await jest.advanceTimersByTimeAsync(350);
  expect(calls).toBe(3);
  end();
});
