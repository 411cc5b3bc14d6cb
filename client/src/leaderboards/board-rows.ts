import type { TiePolicy } from '@verbena/shared/leaderboards/board.js';
import type { BoardPage, BoardRow, OwnPlace } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import type { StandingsMoved } from '@verbena/shared/leaderboards/standings-moved.js';

/** The part of a page that changes while one looks at it. */
export type Standings = Pick<BoardPage, 'total' | 'rows' | 'around' | 'me' | 'at' | 'ties'>;

/** Who a row is, for finding it again at another place: aliases are unique in a program, labels tell the others apart. */
export function nameOf(row: Pick<BoardRow, 'alias' | 'label'>): string {
  return row.alias ?? row.label;
}

/** The asking member's name among the rows; null where no row is theirs. */
export function ownNameOf({ me, rows, around }: Pick<BoardPage, 'me' | 'rows' | 'around'>): string | null {
  if (me === null || me.place === null) return null;
  const own = rows.find(({ place }) => place === me.place) ?? around.find(({ place }) => place === me.place);
  return own === undefined ? null : nameOf(own);
}

/**
 * What a page says after a push, or undefined where the push does not tell enough: rows that nobody has sent, the same
 * member twice, or the member's own surroundings moved. Then the page is read anew.
 *
 * @param limit how many of the first places the page shows
 */
export function applyMoved<S extends Standings>(page: S, moved: StandingsMoved, limit: number): S | undefined {
  const told = new Map(moved.rows.map((row) => [row.place, row]));
  const rows = patch(page.rows, told, Math.min(moved.total, limit));
  if (rows === undefined) return undefined;
  const own = ownNameOf(page);
  const around = page.around.map((row) => told.get(row.place) ?? row).filter(({ place }) => place <= moved.total);
  if (hasTwice(around)) return undefined;
  const next = { ...page, total: moved.total, rows, around, at: moved.at };
  if (own === null || page.me === null)
    return moved.total === page.total || page.me?.hidden !== false ? next : undefined;
  const row = rows.find((one) => nameOf(one) === own);
  if (row !== undefined) return { ...next, around: [], me: standOn(page.me, row, rows, page.ties) };
  // Outside the first places one's own row is among those around it, as long as it stayed where it was.
  const isWhereItWas = around.some((one) => nameOf(one) === own && one.place === page.me?.place);
  return isWhereItWas ? next : undefined;
}

/** The first `count` places, or undefined where one is missing or somebody stands on two. */
function patch(rows: readonly BoardRow[], told: ReadonlyMap<number, BoardRow>, count: number): BoardRow[] | undefined {
  const patched: BoardRow[] = [];
  for (let place = 1; place <= count; place += 1) {
    const row = told.get(place) ?? rows[place - 1];
    if (row?.place !== place) return undefined;
    patched.push(row);
  }
  return hasTwice(patched) ? undefined : patched;
}

function hasTwice(rows: readonly BoardRow[]): boolean {
  return new Set(rows.map(nameOf)).size < rows.length;
}

function standOn(
  me: OwnPlace,
  { place, rank, score, movement }: BoardRow,
  rows: BoardRow[],
  ties: TiePolicy,
): OwnPlace {
  return { ...me, place, rank, score, movement, toNext: distanceToNext(rows, place, ties) };
}

/** What the row at `place` is missing to stand above the next one up: one point more than that one has. */
export function distanceToNext(rows: readonly BoardRow[], place: number, ties: TiePolicy): OwnPlace['toNext'] {
  const own = rows.find((row) => row.place === place);
  if (own === undefined) return null;
  const above = rows.findLast((row) => row.place < place && (ties === 'earliest' || row.rank < own.rank));
  return above === undefined ? null : { points: above.score - own.score + 1, alias: above.alias, label: above.label };
}

/** The rows of the podium by rank, the first three ranks: equals stand on one step. */
export function podiumOf(rows: readonly BoardRow[]): { rank: number; rows: BoardRow[] }[] {
  const steps = new Map<number, BoardRow[]>();
  for (const row of rows) if (row.rank <= 3) steps.set(row.rank, [...(steps.get(row.rank) ?? []), row]);
  return [...steps].map(([rank, members]) => ({ rank, rows: members }));
}

/** The member's own row with the one above and the one below, as far as they are there; empty without a place. */
export function neighboursOf({ me, rows, around }: Pick<BoardPage, 'me' | 'rows' | 'around'>): readonly BoardRow[] {
  const own = me?.place ?? null;
  if (own === null) return [];
  const near = new Map([...rows, ...around].map((row) => [row.place, row]));
  return [own - 1, own, own + 1].flatMap((place) => near.get(place) ?? []);
}
