import type { Language } from '#platform/localized-text.js';

export type PluralForms = { readonly one: string; readonly other: string } & {
  readonly [Category in Intl.LDMLPluralRule]?: string;
};

/**
 * The only door to Intl: numbers, money, dates and plurals of one reader. Grouping is always on, because `es` would write
 * 1234 and 12.345 side by side. Built once per language and zone; every method is cheap.
 */
export class Format {
  readonly locale: string;
  private readonly plural: Intl.PluralRules;
  private readonly whole: Intl.NumberFormat;
  private readonly dates = new Map<string, Intl.DateTimeFormat>();
  private readonly moneys = new Map<string, Intl.NumberFormat>();
  private readonly relative: Intl.RelativeTimeFormat;
  private readonly lists: Intl.ListFormat;
  private isoDates: Intl.DateTimeFormat | undefined;

  constructor(
    readonly language: Language,
    readonly zone: string = 'Europe/Madrid',
    locale?: string,
  ) {
    this.locale = locale ?? (language === 'es' ? 'es-ES' : 'en-GB');
    this.plural = new Intl.PluralRules(this.locale);
    this.whole = new Intl.NumberFormat(this.locale, {
      useGrouping: 'always',
      maximumFractionDigits: 3,
    } as Intl.NumberFormatOptions);
    this.relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
    this.lists = new Intl.ListFormat(this.locale, { type: 'conjunction' });
  }

  /** `1320` → `1.320` in Spanish, `1,320` in English. */
  number(value: number): string {
    return this.whole.format(value);
  }

  /** A number with its sign, `+36` or `−12`; the minus is the real one. */
  signed(value: number): string {
    const text = this.whole.format(Math.abs(value));
    return value < 0 ? `−${text}` : `+${text}`;
  }

  /** Money in minor units: `(1240, 'EUR')` → `12,40 €`. */
  money(minor: number, currency: string): string {
    let format = this.moneys.get(currency);
    if (!format) {
      format = new Intl.NumberFormat(this.locale, {
        style: 'currency',
        currency,
        useGrouping: 'always',
      } as Intl.NumberFormatOptions);
      this.moneys.set(currency, format);
    }
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  }

  /**
   * Chooses the form for a count and puts the grouped number in `#`. Spanish has `many` (a million), which reads like
   * `other`, so a form that is not there falls back instead of failing.
   */
  count(count: number, forms: PluralForms): string {
    const form = forms[this.plural.select(count)] ?? forms.other;
    return form.replaceAll('#', this.number(count));
  }

  /** `22 de noviembre de 2026`; of an instant in the reader's zone, of a local date as it stands. */
  day(date: string): string {
    return this.date(date, { day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** `22 de noviembre`, where the year is plain. */
  dayMonth(date: string): string {
    return this.date(date, { day: 'numeric', month: 'long' });
  }

  /** `noviembre de 2026` of `2026-11` or any date within it. */
  month(date: string): string {
    return this.date(date.slice(0, 7) + '-01', { month: 'long', year: 'numeric' });
  }

  /** `domingo`. */
  weekday(date: string): string {
    return this.date(date, { weekday: 'long' });
  }

  /** `22 nov 2026, 19:30`. */
  moment(instant: string): string {
    return this.date(instant, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  }

  /** `19:30`. */
  time(instant: string): string {
    return this.date(instant, { hour: '2-digit', minute: '2-digit' });
  }

  /** The local date of a moment in the reader's zone: `2026-11-22`. */
  localDate(instant: string): string {
    this.isoDates ??= new Intl.DateTimeFormat('en-CA', {
      timeZone: this.zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return this.isoDates.format(new Date(instant));
  }

  /** `hace 2 horas`, `ayer`, `dentro de 3 días`; the coarsest unit that is at least one. */
  ago(instant: string, now: number): string {
    const seconds = (Date.parse(instant) - now) / 1000;
    const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
      ['year', 31_557_600],
      ['month', 2_629_800],
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
    ];
    for (const [unit, size] of steps) {
      if (Math.abs(seconds) >= size) return this.relative.format(Math.trunc(seconds / size), unit);
    }
    return this.relative.format(0, 'second');
  }

  /** `pan, leche y fruta`. */
  list(items: readonly string[]): string {
    return this.lists.format(items);
  }

  private date(value: string, options: Intl.DateTimeFormatOptions): string {
    const isLocalDate = value.length === 10;
    const key = `${isLocalDate ? 'd' : 'i'}${JSON.stringify(options)}`;
    let format = this.dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.locale, { ...options, timeZone: isLocalDate ? 'UTC' : this.zone });
      this.dates.set(key, format);
    }
    return format.format(new Date(isLocalDate ? `${value}T00:00:00Z` : value));
  }
}
