/** Rank changes are told at most this often. */
export const TELL_EVERY_MS = 30_000;

export interface OwnMoves {
  /** What was last told, or what stood there when the page was opened. */
  readonly told: number | null;
  readonly toldAtMs: number;
  /** When what has changed since may be told; undefined where nothing waits. */
  readonly dueAtMs: number | undefined;
}

/** A page is opened: its rank is on it, so nothing needs telling. */
export function watchOwnMoves(rank: number | null): OwnMoves {
  return { told: rank, toldAtMs: Number.NEGATIVE_INFINITY, dueAtMs: undefined };
}

/** The member's rank is `rank` now: tell it at once, later, or not at all. */
export function noteOwnRank(
  moves: OwnMoves,
  rank: number | null,
  nowMs: number,
): OwnMoves & { readonly tell: boolean } {
  // Back where it was: there is nothing to tell any more.
  if (rank === moves.told || rank === null) return { ...moves, dueAtMs: undefined, tell: false };
  const dueAtMs = moves.toldAtMs + TELL_EVERY_MS;
  if (nowMs < dueAtMs) return { ...moves, dueAtMs, tell: false };
  return { told: rank, toldAtMs: nowMs, dueAtMs: undefined, tell: true };
}
