import type { BoardPage, BoardRow } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { StandingsMoved } from '@verbena/shared/leaderboards/standings-moved.js';
import { applyMoved, distanceToNext, ownNameOf, podiumOf } from './board-rows.js';

const AT = '2026-11-20T10:00:00.000Z';
const LATER = '2026-11-20T10:00:05.000Z';

const row = (place: number, alias: string, score: number, given: Partial<BoardRow> = {}): BoardRow => ({
  place,
  rank: place,
  alias,
  label: alias,
  score,
  tier: null,
  movement: 0,
  ...given,
});

const page = (rows: BoardRow[], own: string, given: Partial<BoardPage> = {}): BoardPage => {
  const mine = rows.find(({ alias }) => alias === own);
  return {
    id: 'semana',
    name: { es: 'Semana' },
    currency: 'puntos',
    period: 'week',
    ties: 'earliest',
    run: { id: '2026-W47', startsOn: '2026-11-16', endsOn: '2026-11-22', closedAt: null },
    previous: null,
    next: null,
    total: rows.length,
    rows,
    around: [],
    me: mine
      ? { score: mine.score, hidden: false, place: mine.place, rank: mine.rank, movement: mine.movement, toNext: null }
      : null,
    at: AT,
    ...given,
  };
};

const moved = (rows: BoardRow[], total: number): StandingsMoved => ({
  board: 'semana',
  run: '2026-W47',
  total,
  rows,
  at: LATER,
});

const names = (rows: readonly BoardRow[] | undefined) => rows?.map(({ alias }) => alias);

describe('H4 a board that moves while one looks', () => {
  const before = page([row(1, 'luz', 300), row(2, 'ana', 250), row(3, 'sol', 100)], 'ana');

  test('whoever passes changes rows, places and both distances at once', () => {
    const after = applyMoved(
      before,
      moved([row(1, 'ana', 320, { movement: 1 }), row(2, 'luz', 300, { movement: -1 })], 3),
      25,
    );
    expect(names(after?.rows)).toEqual(['ana', 'luz', 'sol']);
    expect(after?.me).toEqual({ score: 320, hidden: false, place: 1, rank: 1, movement: 1, toNext: null });
    expect(after?.at).toBe(LATER);
    const luz = applyMoved(page(before.rows, 'luz'), moved([row(1, 'ana', 320), row(2, 'luz', 300)], 3), 25);
    expect(luz?.me).toMatchObject({ place: 2, toNext: { points: 21, alias: 'ana' } });
  });

  test('who comes in stands at the end, and who goes leaves a shorter board', () => {
    const grown = applyMoved(before, moved([row(4, 'mar', 20, { movement: null })], 4), 25);
    expect(names(grown?.rows)).toEqual(['luz', 'ana', 'sol', 'mar']);
    const shrunk = applyMoved(before, moved([], 2), 25);
    expect(names(shrunk?.rows)).toEqual(['luz', 'ana']);
  });

  test('beyond what the page shows only the count changes', () => {
    const after = applyMoved({ ...before, total: 4 }, moved([row(4, 'mar', 20)], 5), 3);
    expect(names(after?.rows)).toEqual(['luz', 'ana', 'sol']);
    expect(after?.total).toBe(5);
  });

  test('a push that does not tell enough asks for a reading', () => {
    // A place that nobody has sent.
    expect(applyMoved(before, moved([row(5, 'mar', 20)], 5), 25)).toBeUndefined();
    // The same member twice: another push was lost.
    expect(applyMoved(before, moved([row(1, 'sol', 400)], 3), 25)).toBeUndefined();
    // The reader's own row is gone from what is shown.
    expect(applyMoved(before, moved([row(2, 'mar', 260)], 3), 3)).toBeUndefined();
    // The reader had no place, and there is one more now.
    const nobody = {
      ...before,
      me: { score: 0, hidden: false, place: null, rank: null, movement: null, toNext: null },
    };
    expect(applyMoved(nobody, moved([row(4, 'mar', 20)], 4), 25)).toBeUndefined();
    expect(applyMoved(nobody, moved([row(3, 'sol', 120)], 3), 25)?.rows[2]?.score).toBe(120);
  });

  test('who is hidden is not looked for', () => {
    const hidden = {
      ...before,
      me: { score: 40, hidden: true, place: null, rank: null, movement: null, toNext: null },
    };
    expect(applyMoved(hidden, moved([row(4, 'mar', 20)], 4), 25)).toMatchObject({
      total: 4,
      me: { score: 40, hidden: true },
    });
  });

  test('the surroundings of who stands further down are kept until its own place changes', () => {
    const top = [row(1, 'a', 900), row(2, 'b', 800)];
    const around = [row(29, 'x', 52), row(30, 'ana', 50), row(31, 'y', 48)];
    const me = { score: 50, hidden: false, place: 30, rank: 30, movement: 0, toNext: null };
    const far = page(top, 'nadie', { total: 40, around, me });
    expect(ownNameOf(far)).toBe('ana');
    const swapped = applyMoved(far, moved([row(1, 'b', 950), row(2, 'a', 900)], 40), 2);
    expect(names(swapped?.rows)).toEqual(['b', 'a']);
    expect(swapped?.around).toEqual(around);
    const nearer = applyMoved(far, moved([row(31, 'z', 49)], 40), 2);
    expect(names(nearer?.around)).toEqual(['x', 'ana', 'z']);
    expect(applyMoved(far, moved([row(29, 'ana', 60), row(30, 'x', 52)], 40), 2)).toBeUndefined();
  });

  test('a page that has grown to more rows than it holds is read anew', () => {
    expect(applyMoved({ ...before, total: 60 }, moved([row(1, 'luz', 301)], 60), 25)).toBeUndefined();
  });

  test('members without an alias are told apart by their labels', () => {
    const one = row(1, '', 10, { alias: null, label: 'Socio 4K7' });
    const other = row(2, '', 9, { alias: null, label: 'Socio 9QX' });
    const after = applyMoved(
      page([one, other], 'nadie'),
      moved(
        [
          { ...other, place: 1, rank: 1, score: 11 },
          { ...one, place: 2, rank: 2 },
        ],
        2,
      ),
      25,
    );
    expect(after?.rows.map(({ label }) => label)).toEqual(['Socio 9QX', 'Socio 4K7']);
  });
});

describe('H5 ties', () => {
  const shared = [row(1, 'a', 90), row(2, 'b', 80), row(3, 'c', 80, { rank: 2 }), row(4, 'd', 70, { rank: 4 })];

  test('equals stand on one step of the podium, and the next rank is as much lower', () => {
    expect(podiumOf(shared).map(({ rank, rows }) => [rank, names(rows)])).toEqual([
      [1, ['a']],
      [2, ['b', 'c']],
    ]);
    expect(podiumOf([row(1, 'a', 9), row(2, 'b', 9, { rank: 1 }), row(3, 'c', 8)]).map(({ rank }) => rank)).toEqual([
      1, 3,
    ]);
    expect(podiumOf([])).toEqual([]);
  });

  test('the distance goes to who stands higher, not to an equal', () => {
    expect(distanceToNext(shared, 3, 'shared')).toEqual({ points: 11, alias: 'a', label: 'a' });
    expect(distanceToNext(shared, 4, 'shared')).toEqual({ points: 11, alias: 'c', label: 'c' });
    expect(distanceToNext(shared, 1, 'shared')).toBeNull();
    // Where the first to reach a score stands higher, an equal above is one point away.
    const earliest = shared.map((one) => ({ ...one, rank: one.place }));
    expect(distanceToNext(earliest, 3, 'earliest')).toEqual({ points: 1, alias: 'b', label: 'b' });
  });
});
