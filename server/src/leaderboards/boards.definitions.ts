import { checkReference } from '#engine/check-definition.js';
import type { DefinitionCompiler } from '#engine/compiled-program.js';

/** Boards as definitions. No decision reads them: the projection does, entry by entry. */
export const boardsSource: DefinitionCompiler<'boards'> = {
  kind: 'boards',
  check: (definitions) =>
    definitions.boards.flatMap(({ currency }, index) =>
      checkReference(definitions, 'currencies', currency, ['boards', index, 'currency']),
    ),
  compile: ({ current }) => current.boards,
};
