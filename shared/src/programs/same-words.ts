import type { LocalizedText } from '#platform/localized-text.js';
import type { DefinitionChange } from './definition-change.js';
import { DEFINITION_KINDS, type DefinitionKind, type Definitions } from './definitions.js';
import { isSame } from './judge-change.js';

/** A definition of which something else counts, while members go on reading the same description. */
export interface SameWords {
  readonly kind: DefinitionKind;
  readonly id: string;
  readonly description: LocalizedText;
}

/**
 * What is to be read again before it is published: a description is free text, and whoever changes a number may leave "el triple"
 * standing in it (#30).
 */
export function sameWordsOf(
  before: Definitions,
  after: Definitions,
  changes: readonly DefinitionChange[],
): readonly SameWords[] {
  return changes.flatMap(({ kind: of, id, change, verdict }) => {
    const kind = DEFINITION_KINDS.find((one) => one === of);
    if (kind === undefined || id === undefined || change !== 'changed' || verdict === 'neutral') return [];
    const description = describedIn(after, kind, id);
    return description !== undefined && isSame(description, describedIn(before, kind, id))
      ? [{ kind, id, description }]
      : [];
  });
}

function describedIn(definitions: Definitions, kind: DefinitionKind, id: string): LocalizedText | undefined {
  const found: object | undefined = definitions[kind].find((one) => one.id === id);
  return found !== undefined && 'description' in found ? (found.description as LocalizedText | undefined) : undefined;
}
