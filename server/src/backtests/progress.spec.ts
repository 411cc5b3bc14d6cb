import { progressOf } from './progress.js';

const part = (members: number) => ({ shards: [], members, entries: 10 * members, memoryMb: 0, tally: null });
const shared = { status: 'running', total: 100, isShared: true } as const;

describe('how far a backtest is', () => {
  test('D7 without anything that is shared it is the members of so many', () => {
    const progress = progressOf({ status: 'running', total: 100, parts: [part(20), part(5)] });
    expect(progress).toEqual({ members: 25, total: 100, entries: 250, share: 0.25, again: null });
  });

  test('D7 C8 further rounds are more to do: what is told of the whole grows from round to round, and never falls', () => {
    const parts = [part(60), part(40)];
    const told = [
      progressOf({ ...shared, parts: [part(30), part(20)], rounds: [] }),
      progressOf({ ...shared, parts, rounds: [] }),
      progressOf({ ...shared, parts, rounds: [{ members: 0, total: 80 }] }),
      progressOf({ ...shared, parts, rounds: [{ members: 40, total: 80 }] }),
      progressOf({ ...shared, parts, rounds: [{ members: 80, total: 80 }] }),
      // Nobody had heard that the first round was over.
      progressOf({
        ...shared,
        parts,
        rounds: [
          { members: 70, total: 80 },
          { members: 0, total: 9 },
        ],
      }),
      progressOf({
        ...shared,
        parts,
        rounds: [
          { members: 80, total: 80 },
          { members: 9, total: 9 },
          { members: 1, total: 2 },
        ],
      }),
    ];
    expect(told.map(({ share }) => share)).toEqual([0.25, 0.5, 0.5, 0.625, 0.75, 0.75, 0.9375]);
    expect(told.map(({ members }) => members)).toEqual([50, 100, 100, 100, 100, 100, 100]);
    expect(told[3]?.again).toEqual({ round: 1, members: 40, total: 80 });
  });

  test('D7 what is done is done, also where fewer rounds were needed than there could have been', () => {
    expect(progressOf({ ...shared, status: 'done', parts: [part(100)], rounds: [] }).share).toBe(1);
  });

  test('D7 a member who came since the start does not make more than all', () => {
    expect(progressOf({ status: 'running', total: 10, parts: [part(11)] })).toMatchObject({ total: 11, share: 1 });
  });
});
