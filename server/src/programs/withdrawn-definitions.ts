import { CHANGE_KINDS, type Definitions } from '@verbena/shared/programs/definitions.js';
import type { Withdrawn } from '@verbena/shared/programs/withdrawn.js';

/** So many of a kind: who looks further back reads an id. */
const WITHDRAWN_MAX = 200;

/** What older sets had and the present one has no more, each as the newest of them had it. `older`: the newest first. */
export function withdrawnOf(current: Definitions, older: readonly Definitions[]): Withdrawn {
  return Object.fromEntries(
    CHANGE_KINDS.flatMap((kind) => {
      const known = new Set((current[kind] ?? []).map(({ id }) => id));
      const gone = older.flatMap((set) => (set[kind] ?? []).filter(({ id }) => !known.has(id) && known.add(id)));
      return gone.length === 0 ? [] : [[kind, gone.slice(0, WITHDRAWN_MAX)]];
    }),
  );
}
