import type { Currency, Expiry, ExpiryRounding } from '@verbena/shared/currencies/currency.js';
import { isDay } from '@verbena/shared/platform/given-time.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import { addDays, addMonths, remember } from '#engine/calendar.js';
import { problem } from '#engine/check-definition.js';
import type { CompiledCurrency, CompileInput, DefinitionCompiler } from '#engine/compiled-program.js';

/** Currencies as definitions. Those that a newer version dropped stay known, because members may still hold lots of them. */
export const currenciesSource: DefinitionCompiler<'currencies'> = {
  kind: 'currencies',
  check: ({ currencies }) =>
    currencies.flatMap(({ expiry, notice }, index) => [
      ...(notice !== undefined && expiry.kind === 'never'
        ? problem(['currencies', index, 'notice'], 'currency.nothingToNotice')
        : []),
      // 29 February is no day of every year.
      ...(expiry.kind === 'dates'
        ? expiry.dates.flatMap((date, place) =>
            isDay(`2017-${date}`)
              ? []
              : problem(['currencies', index, 'expiry', 'dates', place], 'currency.noSuchDay', { name: date }),
          )
        : []),
    ]),
  compile: (input) => {
    const dropped = input.older.flatMap(({ currencies }) => currencies).toReversed();
    return new Map(
      [...dropped, ...input.current.currencies].map((definition) => [
        definition.id,
        compileCurrency(definition, input),
      ]),
    );
  },
};

function compileCurrency(definition: Currency, input: CompileInput): CompiledCurrency {
  const { expiry, id } = definition;
  if (expiry.kind === 'inactivity') {
    const stayed = stayedUntil(id, input);
    return {
      definition,
      expiresOn: () => null,
      activeUntil: (earned) => addDays(earned, expiry.days),
      endsWithTerm: ({ activated, expires }) => expires === null && (stayed === null || activated > stayed),
    };
  }
  const lastDay = lastDayOf(expiry);
  const expiresOn = lastDay === null ? () => null : remember((activated: LocalDate) => addDays(lastDay(activated), 1));
  return { definition, expiresOn, activeUntil: null, endsWithTerm: () => false };
}

/** The last day on which points of a currency came that were to stay, before a version let them end by inactivity; null: no such day. */
function stayedUntil(id: string, { current, older, days }: CompileInput): LocalDate | null {
  let since: LocalDate | null = null;
  for (const [place, { currencies }] of [current, ...older].entries()) {
    const kind = currencies.find((one) => one.id === id)?.expiry.kind;
    if (kind === 'never') return since;
    // What it was while it was not there at all says nothing.
    if (kind === 'inactivity') since = days[place] ?? null;
  }
  return null;
}

/** The last day on which points of an activation date are usable. */
function lastDayOf(expiry: Expiry): ((activated: LocalDate) => LocalDate) | null {
  switch (expiry.kind) {
    case 'never':
    case 'inactivity':
      return null;
    case 'months':
      return (activated) => roundUp(addMonths(activated, expiry.months), expiry.round);
    case 'days':
      return (activated) => roundUp(addDays(activated, expiry.days), expiry.round);
    case 'dates': {
      const dates = expiry.dates.toSorted();
      return (activated) => {
        const least = addDays(activated, expiry.leastDays ?? 0);
        const year = Number(least.slice(0, 4));
        const days = [year, year + 1].flatMap((one) => dates.map((date) => `${String(one).padStart(4, '0')}-${date}`));
        return days.find((day) => day >= least) ?? least;
      };
    }
  }
}

/** The last day of the month, quarter or year in which a day lies. */
function roundUp(date: LocalDate, to: ExpiryRounding | undefined): LocalDate {
  if (to === undefined) return date;
  const month = Number(date.slice(5, 7));
  const last = to === 'month' ? month : to === 'quarter' ? Math.ceil(month / 3) * 3 : 12;
  return addDays(addMonths(`${date.slice(0, 5)}${String(last).padStart(2, '0')}-01`, 1), -1);
}
