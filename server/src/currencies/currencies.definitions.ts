import type { DefinitionCompiler } from '#engine/compiled-program.js';

/** Currencies as definitions. Those that a newer version dropped stay known, because members may still hold lots of them. */
export const currenciesSource: DefinitionCompiler<'currencies'> = {
  kind: 'currencies',
  check: () => [],
  compile: ({ current, older }) => {
    const dropped = older.flatMap(({ currencies }) => currencies).toReversed();
    return new Map([...dropped, ...current.currencies].map((definition) => [definition.id, { definition }]));
  },
};
