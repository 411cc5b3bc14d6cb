import type { Scalar } from '@verbena/shared/rules/condition.js';

/**
 * What differs between what was known and what stands in the form: the new value, or null for what was emptied. What is the same is
 * left out, so that a change that somebody else makes meanwhile stays.
 */
export function changesOf(
  before: Readonly<Record<string, Scalar>>,
  now: Readonly<Record<string, unknown>>,
  ids: readonly string[],
): Record<string, Scalar | null> {
  return Object.fromEntries(
    ids.flatMap((id): [string, Scalar | null][] => {
      const value = now[id];
      if (value === before[id]) return [];
      return [[id, isScalar(value) ? value : null]];
    }),
  );
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
