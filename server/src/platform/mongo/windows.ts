/** With both of its bounds: between two bounds the embedded database reads from an index what lies there, while it knows of no limit. */
export interface Window {
  readonly $gte: number;
  readonly $lte: number;
}

/** Answers what is wanted of one window, in the order of the walk. */
type Read<T> = (window: Window) => Promise<readonly T[]>;

/** Little enough for one answer. */
const WIDEST = 4_096;

/**
 * The first so many of a list that is ordered by a number, from one down to 1. It is read by windows, each twice as wide as
 * the one before, until the page is full: where the number has no gaps and all are wanted the first window fills it, and where
 * few are wanted hardly more are read than have to be looked at.
 */
export function walkDown<T>(from: number, limit: number, read: Read<T>): Promise<T[]> {
  return walk(-1, from, 1, limit, read);
}

/** The same upwards, from one number to another. */
export function walkUp<T>(from: number, to: number, limit: number, read: Read<T>): Promise<T[]> {
  return walk(1, from, to, limit, read);
}

async function walk<T>(step: 1 | -1, from: number, to: number, limit: number, read: Read<T>): Promise<T[]> {
  const found: T[] = [];
  let width = Math.min(limit, WIDEST);
  for (let next = from; (to - next) * step >= 0 && found.length < limit;) {
    const last = step * Math.min(step * to, step * next + width - 1);
    found.push(...(await read({ $gte: Math.min(next, last), $lte: Math.max(next, last) })));
    next = last + step;
    width = Math.min(2 * width, WIDEST);
  }
  return found.slice(0, limit);
}

const DAY_MS = 86_400_000;
/** Beyond some years all that is left is one window. */
const LONGEST_MS = 1_024 * DAY_MS;

/**
 * The first so many of a list that is ordered by a moment (`field`, in milliseconds since 1970), from one back to the oldest. Each window
 * is twice as long as the one before, so that few questions find what was long ago. Items of one moment are never parted: the next
 * page begins below the last one's.
 */
export async function walkBack<F extends string, T extends Readonly<Record<F, number>>>(
  fromMs: number,
  limit: number,
  field: F,
  read: Read<T>,
): Promise<T[]> {
  const found: T[] = [];
  let length = DAY_MS;
  for (let last = fromMs; last >= 0 && found.length < limit; length *= 2) {
    const first = length > LONGEST_MS ? 0 : Math.max(0, last - length + 1);
    found.push(...(await read({ $gte: first, $lte: last })));
    last = first - 1;
  }
  const end = found[limit - 1]?.[field];
  return found.filter((one, at) => at < limit || one[field] === end);
}
