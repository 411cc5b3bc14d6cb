import { own } from './own.js';

/** A record with what either has; what both have is made one. Keys stand in the order in which the first has them. */
export function joined<T>(
  mine: Readonly<Record<string, T>>,
  theirs: Readonly<Record<string, T>>,
  one: (mine: T, theirs: T) => T,
): Record<string, T> {
  const all: Record<string, T> = { ...mine };
  for (const [key, value] of Object.entries(theirs)) {
    const present = own(mine, key);
    all[key] = present === undefined ? value : one(present, value);
  }
  return all;
}

export function added(
  mine: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
): Record<string, number> {
  return joined(mine, theirs, (one, other) => one + other);
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}

export function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

/** Nothing is absent. */
export function some<T extends object>(part: T): T | undefined {
  return Object.keys(part).length === 0 ? undefined : part;
}
