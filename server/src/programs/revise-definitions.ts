import { DEFINITION_KINDS, type DefinitionKind, type Definitions } from '@verbena/shared/programs/definitions.js';
import { hashOf } from '#platform/crypto/hash.js';

interface Revised {
  readonly id: string;
  readonly rev: number;
}

/**
 * Numbers each definition: one that reads as in the last version that had it keeps its revision, a changed one gets the
 * next after all that ever were, and a new one begins at 1. What a caller wrote into `rev` does not count.
 */
export function reviseDefinitions(next: Definitions, versions: readonly Definitions[]): Definitions {
  const revised = { ...next };
  for (const kind of DEFINITION_KINDS) reviseKind(kind, revised, versions);
  return revised;
}

function reviseKind<K extends DefinitionKind>(kind: K, next: Definitions, versions: readonly Definitions[]): void {
  const list: readonly Revised[] = next[kind];
  // Each kind's list keeps its own element type: only `rev` is replaced.
  next[kind] = list.map((definition) => ({
    ...definition,
    rev: revisionOf(kind, definition, versions),
  })) as Definitions[K];
}

function revisionOf(kind: DefinitionKind, definition: Revised, versions: readonly Definitions[]): number {
  const past = versions.flatMap((version) =>
    (version[kind] as readonly Revised[]).filter(({ id }) => id === definition.id),
  );
  const last = past.at(-1);
  if (last === undefined) return 1;
  if (contentHash(last) === contentHash(definition)) return last.rev;
  return Math.max(...past.map(({ rev }) => rev)) + 1;
}

function contentHash(definition: Revised): string {
  return hashOf({ ...definition, rev: 0 });
}
