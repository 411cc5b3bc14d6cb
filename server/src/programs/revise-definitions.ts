import type { AttributeSchema } from '@verbena/shared/activities/attribute-schema.js';
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
    rev: revisionOf(kind, definition, next, versions),
  })) as Definitions[K];
}

function revisionOf(
  kind: DefinitionKind,
  definition: Revised,
  next: Definitions,
  versions: readonly Definitions[],
): number {
  const past = versions.flatMap((version) =>
    (version[kind] as readonly Revised[]).flatMap((one) => (one.id === definition.id ? { one, version } : [])),
  );
  const last = past.at(-1);
  if (last === undefined) return 1;
  if (contentHash(kind, last.one, last.version) === contentHash(kind, definition, next)) return last.one.rev;
  return Math.max(...past.map(({ one }) => one.rev)) + 1;
}

/** A mission is also what its values are compared by: whoever is in the middle of one goes on under the comparison that it began with. */
function contentHash(kind: DefinitionKind, definition: Revised, version: Definitions): string {
  const folds = kind === 'missions' ? foldedOf(definition, version) : [];
  return hashOf({ ...definition, rev: 0 }, ...(folds.length === 0 ? [] : [folds]));
}

/** What a definition reads and is compared folded: the types that it names, and what is known of members, where they declare any. */
function foldedOf(definition: Revised, { activityTypes, memberAttributes = [] }: Definitions): string[] {
  const text = JSON.stringify(definition);
  const read = (what: string, id: string, schema: AttributeSchema): string[] =>
    text.includes(`"${what}":"${id}"`) ? foldedPaths(schema).map((path) => `${what} ${id}${path}`) : [];
  return [
    ...activityTypes.flatMap(({ id, attributes }) => read('activity', id, attributes)),
    ...memberAttributes.flatMap(({ id, schema }) => read('member', id, schema)),
  ];
}

function foldedPaths(schema: AttributeSchema, path = ''): string[] {
  if (schema.type === 'string') return schema['x-compare'] === 'folded' ? [path] : [];
  if (schema.type === 'array') return foldedPaths(schema.items, path);
  if (schema.type !== 'object') return [];
  return Object.entries(schema.properties).flatMap(([name, part]) => foldedPaths(part, `${path}.${name}`));
}
