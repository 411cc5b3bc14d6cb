import type { BudgetOutcome, BudgetPeriodOutcome } from '@verbena/shared/backtests/backtests.routes.js';
import { TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import type { BacktestsWords } from './backtests.es.js';

const DAY_MS = 86_400_000;

/** What tells of budgets: the words of the page, and how amounts and limits are said in the reader's language. */
export class BudgetTeller {
  private readonly terms: TermsTeller;

  constructor(
    definitions: Definitions,
    private readonly words: BacktestsWords,
    private readonly names: Names,
    private readonly format: Format,
  ) {
    this.terms = new TermsTeller(definitions, format.language);
  }

  /** `Puntos de la regla «Compra»`; a further earning of the rule has its number with it. */
  title({ kind, id, budget }: BudgetOutcome): string {
    const name = {
      rule: () => this.names.rule(id),
      mission: () => this.names.mission(id),
      currency: () => this.names.currency(id),
    };
    const title = this.words.budgetTitles[kind]({ name: name[kind]() });
    const place = Number(budget.slice(`${kind}:${id}:`.length));
    return place > 0 ? this.words.budgetTitleNumber({ title, number: place + 1 }) : title;
  }

  /** What would stay given without a limit: so much more than with one as some went without, whatever was returned. */
  wanted({ asked, givenBack }: Pick<BudgetOutcome, 'asked' | 'givenBack'>): number {
    return asked - givenBack;
  }

  /** What there is, what would be asked and given, when it would run out, and who would come away without: a sentence each. */
  sentences(outcome: BudgetOutcome): string[] {
    const { words, format } = this;
    const { currency, per, limit, whenShort, given, givenBack, periods, periodsCount, ranOutCount } = outcome;
    const said =
      currency === null ? this.terms.places({ limit, per }) : this.terms.budget({ limit, per, whenShort }, currency);
    const [asking, giving] = [this.amount(outcome, this.wanted(outcome)), this.amount(outcome, given.draft)];
    const sentences = [
      words.budgetLimit({ limit: said }),
      currency === null
        ? words.budgetPlaces({ asked: asking, given: giving })
        : words.budgetPoints({ asked: asking, given: giving }),
    ];
    if (givenBack > 0) sentences.push(words.budgetBack({ amount: this.amount(outcome, givenBack) }));
    const first = periods.flatMap(({ ranOut }) => ranOut ?? []).toSorted()[0];
    const [once, often] =
      currency === null ? [words.placesRanOut, words.placesRanOutOften] : [words.budgetRanOut, words.budgetRanOutOften];
    if (first === undefined) sentences.push(words.budgetLasts);
    else if (periodsCount === 1) sentences.push(once({ day: format.day(first) }));
    else {
      const of = words.periodCounts[per]({ count: periodsCount }, format);
      sentences.push(often({ count: ranOutCount, of, day: format.day(first) }, format));
    }
    return [...sentences, ...this.short(outcome)];
  }

  /** `2 de noviembre de 2026`, `la semana del 2 de noviembre de 2026`, `noviembre de 2026`. */
  period({ period }: BudgetPeriodOutcome): string {
    if (period === 'ever') return this.words.everPeriod;
    if (period.length === 4) return period;
    if (period.includes('W')) return this.words.weekOf({ day: this.format.day(mondayOf(period)) });
    return period.length === 7 ? this.format.month(period) : this.format.day(period);
  }

  private amount({ currency }: BudgetOutcome, count: number): string {
    return currency === null ? this.words.places({ count }, this.format) : this.terms.points(currency, count);
  }

  private short({ currency, without, partly }: BudgetOutcome): string[] {
    const { words, format } = this;
    if (currency === null)
      return without.members === 0 ? [] : [words.placesWithout({ count: without.members }, format)];
    if (without.members > 0 && partly.members > 0)
      return [words.budgetBoth({ without: without.members, partly: partly.members }, format)];
    if (without.members > 0) return [words.budgetWithout({ count: without.members }, format)];
    return partly.members > 0 ? [words.budgetPartly({ count: partly.members }, format)] : [];
  }
}

/** The Monday of an ISO week, `2026-W45`. */
export function mondayOf(week: string): string {
  const [year = 0, number = 1] = week.split('-W').map(Number);
  // The fourth of January is always in the first week.
  const fourth = Date.UTC(year, 0, 4);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  return new Date(first + (number - 1) * 7 * DAY_MS).toISOString().slice(0, 10);
}
