import type { TiePolicy } from '@verbena/shared/leaderboards/board.js';
import type { Placed } from './place-order.js';

/** A place with its number from 1 and the rank that the board's tie policy makes of it. */
export interface Ranked extends Placed {
  readonly place: number;
  readonly rank: number;
}

/**
 * Numbers places that follow one another. `firstPlace` counts from 0; `moreThanFirst` is how many have more points than the
 * first of them. `shared`: equals have the rank of the first of them, and the one after stands as many places lower (1, 1, 3).
 */
export function rankRows(
  places: readonly Placed[],
  firstPlace: number,
  moreThanFirst: number,
  ties: TiePolicy,
): Ranked[] {
  let rank = moreThanFirst + 1;
  return places.map((placed, index) => {
    const place = firstPlace + index + 1;
    const before = places[index - 1];
    if (ties === 'earliest') return { ...placed, place, rank: place };
    if (before !== undefined && before.score !== placed.score) rank = place;
    return { ...placed, place, rank };
  });
}

/** How many points are missing to stand above somebody. */
export function pointsToPass(own: number, other: number): number {
  return other - own + 1;
}
