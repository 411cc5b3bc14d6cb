import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { Instant } from '#platform/time.js';
import { RunId } from './board.js';
import { BoardRow } from './leaderboards.routes.js';

/**
 * What changed among the first hundred of a run since the push before: rows that are new or different, by `place`. A board
 * with fewer rows than before says so by `total`. At most four times a second.
 */
export const StandingsMoved = z.object({
  board: Slug,
  run: RunId,
  total: z.number(),
  rows: z.array(BoardRow),
  at: Instant,
});
export type StandingsMoved = z.infer<typeof StandingsMoved>;
