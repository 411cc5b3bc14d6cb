import { DEFINITION_KINDS, type DefinitionKind, type Definitions } from '@verbena/shared/programs/definitions.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import type { ProgramTerms } from '@verbena/shared/programs/versions.routes.js';

/** A whole set of definitions in plain language, in both languages; what has no terms (activity types) is left out. */
export function tellProgram(definitions: Definitions): ProgramTerms['terms'] {
  const [es, en] = [new TermsTeller(definitions, 'es'), new TermsTeller(definitions, 'en')];
  return DEFINITION_KINDS.flatMap((kind) => tellKind(kind, definitions, es, en));
}

function tellKind<K extends DefinitionKind>(
  kind: K,
  definitions: Definitions,
  es: TermsTeller,
  en: TermsTeller,
): ProgramTerms['terms'] {
  const list: readonly Definitions[K][number][] = definitions[kind];
  return list.flatMap((definition) => {
    const english = tellTerms(kind, definition, en);
    const sentences = tellTerms(kind, definition, es).map((sentence, index) => ({
      es: sentence,
      en: english[index] ?? sentence,
    }));
    const name = { es: es.choose(definition.name), en: en.choose(definition.name) };
    return sentences.length === 0 ? [] : [{ kind, id: definition.id, name, sentences }];
  });
}
