import type { Currency } from '@verbena/shared/currencies/currency.js';
import { addDays, addMonths, remember } from '#engine/calendar.js';
import type { CompiledCurrency, DefinitionCompiler } from '#engine/compiled-program.js';

/** Currencies as definitions. Those that a newer version dropped stay known, because members may still hold lots of them. */
export const currenciesSource: DefinitionCompiler<'currencies'> = {
  kind: 'currencies',
  check: () => [],
  compile: ({ current, older }) => {
    const dropped = older.flatMap(({ currencies }) => currencies).toReversed();
    return new Map(
      [...dropped, ...current.currencies].map((definition) => [definition.id, compileCurrency(definition)]),
    );
  },
};

function compileCurrency(definition: Currency): CompiledCurrency {
  const { expiry } = definition;
  if (expiry.kind === 'never') return { definition, expiresOn: () => null };
  return { definition, expiresOn: remember((activated) => addDays(addMonths(activated, expiry.months), 1)) };
}
