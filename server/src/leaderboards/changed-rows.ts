import type { BoardRow } from '@verbena/shared/leaderboards/leaderboards.routes.js';

/** The rows that are new or different at their place. A place that is gone shows by the total alone. */
export function changedRows(before: readonly BoardRow[], now: readonly BoardRow[]): BoardRow[] {
  return now.filter((row, index) => {
    const was = before[index];
    return was === undefined || !isSame(was, row);
  });
}

function isSame(a: BoardRow, b: BoardRow): boolean {
  return (
    a.place === b.place &&
    a.rank === b.rank &&
    a.alias === b.alias &&
    a.label === b.label &&
    a.score === b.score &&
    a.tier === b.tier &&
    a.movement === b.movement
  );
}
