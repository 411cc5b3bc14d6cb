import { type RateRule, SlidingWindow } from './sliding-window.js';

const rule: RateRule = { name: 'x', max: 10, windowMs: 60_000 };
const T0 = 1_800_000_000_000;

function aWindow(...adds: readonly (readonly [atMs: number, count: number])[]): SlidingWindow {
  const window = new SlidingWindow(rule);
  for (const [atMs, count] of adds) window.add(T0 + atMs, count);
  return window;
}

test('as many as allowed pass, then none', () => {
  const window = new SlidingWindow(rule);
  for (let n = 0; n < 10; n += 1) {
    expect(window.secondsToWait(T0)).toBe(0);
    window.add(T0, 1);
  }
  expect(window.secondsToWait(T0)).toBeGreaterThan(0);
});

test('whoever waits as long as was said passes, and a second earlier not yet', () => {
  for (const [atMs, count] of [
    [0, 10],
    [30_000, 10],
    [59_000, 25],
  ] as const) {
    const window = aWindow([atMs, count]);
    const seconds = window.secondsToWait(T0 + atMs);
    expect(aWindow([atMs, count]).secondsToWait(T0 + atMs + (seconds - 1) * 1_000)).toBeGreaterThan(0);
    expect(window.secondsToWait(T0 + atMs + seconds * 1_000)).toBe(0);
  }
});

test('a window that has just turned does not allow a second burst', () => {
  const window = aWindow([59_999, 10]);
  expect(window.secondsToWait(T0 + 60_001)).toBeGreaterThan(0);
  expect(window.secondsToWait(T0 + 60_000 + 30_000)).toBe(0);
});

test('two windows later nothing is left of it', () => {
  const window = aWindow([0, 1_000]);
  expect(window.isOver(T0 + 119_999)).toBe(false);
  expect(window.isOver(T0 + 120_000)).toBe(true);
  expect(window.secondsToWait(T0 + 120_000)).toBe(0);
});

test('what other nodes counted counts', () => {
  const window = aWindow([0, 1]);
  window.adopt(T0, { former: 0, present: 10 });
  expect(window.secondsToWait(T0)).toBeGreaterThan(0);
  window.adopt(T0, { former: 10, present: 0 });
  expect(window.secondsToWait(T0)).toBe(6);
});

test('a count taken back gives room, and never more than there was', () => {
  const window = aWindow([0, 10], [0, -1]);
  expect(window.secondsToWait(T0)).toBe(0);
  window.add(T0, -100);
  window.add(T0, 10);
  expect(window.secondsToWait(T0)).toBeGreaterThan(0);
});

test('a clock that is put back forgets instead of blocking', () => {
  const window = aWindow([600_000, 10]);
  expect(window.secondsToWait(T0)).toBe(0);
});

test('a limit of one a minute says when the next may come', () => {
  const window = new SlidingWindow({ name: 'one', max: 1, windowMs: 60_000 });
  window.add(T0, 1);
  expect(window.secondsToWait(T0)).toBe(120);
});
