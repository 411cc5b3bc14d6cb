import type { Problem } from '#platform/problem.js';
import type { Definitions } from './definitions.js';

/**
 * Definitions whose id stands in their list already, with the place of each: nothing could tell the two apart. Those that were there
 * `before` are left out, so that a set with several can be put right one after another.
 */
export function duplicateIds(definitions: Definitions, before?: Definitions): Problem[] {
  return Object.entries(definitions).flatMap(([kind, list]) => {
    const known = timesOf(before?.[kind as keyof Definitions] ?? []);
    const seen = new Map<string, number>();
    return (list ?? []).flatMap((definition, place): Problem[] => {
      const id = idOf(definition);
      if (id === undefined) return [];
      const times = (seen.get(id) ?? 0) + 1;
      seen.set(id, times);
      return times === 1 || times <= (known.get(id) ?? 0)
        ? []
        : [{ path: [kind, place, 'id'], code: 'duplicate', params: { id } }];
    });
  });
}

/** What somebody types may be anything. */
function idOf(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null || !('id' in definition)) return undefined;
  return typeof definition.id === 'string' ? definition.id : undefined;
}

function timesOf(list: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { id } of list) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}
