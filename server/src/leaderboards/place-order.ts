/** Who stands where: more points first, of equals who reached them first, then the lower member id. */
export interface Placed {
  readonly member: string;
  readonly score: number;
  readonly reachedAtMs: number;
}

/**
 * One run of one board of one program, as a string. No part can hold the separator, and `~` follows every character that
 * ids hold, so what begins with a list lies between `list|` and `list~`.
 */
export function listOf(program: string, board: string, run: string): string {
  return `${program}|${board}|${run}`;
}

export function boundsOf(list: string): { readonly from: string; readonly to: string } {
  return { from: `${list}|`, to: `${list}~` };
}

/** A key by whose order, as strings, a list is sorted: so one index answers places, neighbours and counts. */
export function orderKey(list: string, { member, score, reachedAtMs }: Placed): string {
  return `${scoreKey(list, score)}|${pad(reachedAtMs, 15)}|${member}`;
}

/** Everything above a score has a key below this. */
export function scoreKey(list: string, score: number): string {
  return `${list}|${pad(Number.MAX_SAFE_INTEGER - score, 16)}`;
}

/**
 * What stands for a place in a sorted set: with the negated score as its score, Redis' own order (score, then bytes) is exactly
 * ours, for every score and moment there can be.
 */
export function elementOf({ member, reachedAtMs }: Pick<Placed, 'member' | 'reachedAtMs'>): string {
  return `${pad(reachedAtMs, 15)}:${member}`;
}

export function placedOf(element: string, negatedScore: string): Placed {
  return { member: element.slice(16), score: -Number(negatedScore), reachedAtMs: Number(element.slice(0, 15)) };
}

export function comparePlaced(a: Placed, b: Placed): number {
  return b.score - a.score || a.reachedAtMs - b.reachedAtMs || (a.member < b.member ? -1 : 1);
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
