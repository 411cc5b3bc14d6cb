import { noteOwnRank, TELL_EVERY_MS, watchOwnMoves } from './own-moves.js';

describe('#79 only the reader’s own moves are told, and not more than every half minute', () => {
  test('what stood there at the beginning is not told; the first move is, at once', () => {
    const start = watchOwnMoves(5);
    expect(noteOwnRank(start, 5, 1_000)).toMatchObject({ tell: false, dueAtMs: undefined });
    expect(noteOwnRank(start, 4, 1_000)).toMatchObject({ tell: true, told: 4, toldAtMs: 1_000 });
  });

  test('the next ones wait, and only where they lead to is told', () => {
    const told = noteOwnRank(watchOwnMoves(5), 4, 1_000);
    const third = noteOwnRank(told, 3, 2_000);
    expect(third).toMatchObject({ tell: false, told: 4, dueAtMs: 1_000 + TELL_EVERY_MS });
    const second = noteOwnRank(third, 2, 3_000);
    expect(second).toMatchObject({ tell: false, dueAtMs: 1_000 + TELL_EVERY_MS });
    expect(noteOwnRank(second, 2, 1_000 + TELL_EVERY_MS)).toMatchObject({ tell: true, told: 2, dueAtMs: undefined });
  });

  test('who is back where it was hears nothing', () => {
    const told = noteOwnRank(watchOwnMoves(5), 4, 1_000);
    const away = noteOwnRank(told, 3, 2_000);
    expect(noteOwnRank(away, 4, 3_000)).toMatchObject({ tell: false, told: 4, dueAtMs: undefined });
  });

  test('who had no place and gets one is told; losing it is not', () => {
    expect(noteOwnRank(watchOwnMoves(null), 7, 1_000)).toMatchObject({ tell: true, told: 7 });
    expect(noteOwnRank(watchOwnMoves(7), null, 1_000)).toMatchObject({ tell: false });
  });
});
