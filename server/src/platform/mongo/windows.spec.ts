import { walkBack, walkDown, walkUp, type Window } from './windows.js';

/** A list of numbers of which some are there, with what was asked for of it. */
function aList(isThere: (number: number) => boolean) {
  const asked: (readonly [from: number, to: number])[] = [];
  const inside = ({ $gte, $lte }: Window) =>
    Array.from({ length: $lte - $gte + 1 }, (_, index) => $gte + index).filter(isThere);
  const down = (from: number, limit: number) =>
    walkDown(from, limit, (window) => {
      asked.push([window.$lte, window.$gte]);
      return Promise.resolve(inside(window).reverse());
    });
  const up = (from: number, to: number, limit: number) =>
    walkUp(from, to, limit, (window) => {
      asked.push([window.$gte, window.$lte]);
      return Promise.resolve(inside(window));
    });
  return { asked, down, up };
}

test('#11 B1 a page of a list without gaps is one window of its own width, downwards and upwards', async () => {
  const { asked, down, up } = aList(() => true);
  expect(await down(20_000, 3)).toEqual([20_000, 19_999, 19_998]);
  expect(await up(4, 20_000, 3)).toEqual([4, 5, 6]);
  expect(asked).toEqual([
    [20_000, 19_998],
    [4, 6],
  ]);
});

test('#11 B1 where few are wanted the windows grow, none is asked for twice, and the page is full', async () => {
  const { asked, down } = aList((number) => number % 10 === 0);
  expect(await down(100, 3)).toEqual([100, 90, 80]);
  expect(asked).toEqual([
    [100, 98],
    [97, 92],
    [91, 80],
  ]);
});

test('#11 B1 a list ends where it ends, and a longer page holds all of it', async () => {
  const { asked, down, up } = aList((number) => number === 1 || number === 9);
  expect(await down(9, 100)).toEqual([9, 1]);
  expect(await down(8, 2)).toEqual([1]);
  expect(await up(1, 9, 100)).toEqual([1, 9]);
  expect(await up(2, 9, 2)).toEqual([9]);
  expect(asked.flat().filter((number) => number < 1 || number > 9)).toEqual([]);
});

test('#11 B1 of an empty list nothing is asked', async () => {
  const { asked, down, up } = aList(() => true);
  expect(await down(0, 5)).toEqual([]);
  expect(await up(8, 7, 5)).toEqual([]);
  expect(asked).toEqual([]);
});

test('#11 B1 no window is wider than one answer may be', async () => {
  const { asked, down } = aList((number) => number === 1);
  expect(await down(100_000, 50)).toEqual([1]);
  expect(Math.max(...asked.map(([from, to]) => from - to + 1))).toBe(4_096);
});

test('#52 by moments the windows grow, from the latest back to the oldest, and no moment is parted', async () => {
  const DAY = 86_400_000;
  const items = [40 * DAY, 39.5 * DAY, 30 * DAY, 30 * DAY, 30 * DAY, 2 * DAY].map((at) => ({ at }));
  const asked: number[] = [];
  const back = (fromMs: number, limit: number) =>
    walkBack(fromMs, limit, 'at', ({ $gte, $lte }) => {
      asked.push(Math.round(($lte - $gte + 1) / DAY));
      return Promise.resolve(items.filter(({ at }) => at >= $gte && at <= $lte));
    });
  expect(await back(40 * DAY, 2)).toEqual(items.slice(0, 2));
  expect(asked).toEqual([1]);
  expect(await back(39 * DAY, 2)).toEqual(items.slice(2, 5));
  expect(asked.slice(1)).toEqual([1, 2, 4, 8]);
  expect(await back(29 * DAY, 5)).toEqual(items.slice(5));
  expect(await back(DAY - 1, 5)).toEqual([]);
  // What lies decades back takes a dozen questions.
  asked.length = 0;
  expect(await back(20_000 * DAY, 6)).toEqual(items);
  expect(asked.length).toBeLessThan(14);
});
