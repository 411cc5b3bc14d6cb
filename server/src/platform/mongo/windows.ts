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
