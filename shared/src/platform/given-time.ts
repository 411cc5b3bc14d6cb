import * as z from 'zod/mini';
import { expects } from './expected-form.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The years of every date and moment that somebody gives: nobody was born earlier who is alive, and no promise reaches further.
 * What is counted on from there (the end of points, of a tier) has four digits all the same, and fits into the stores.
 */
export const YEAR_MIN = 1900;
export const YEAR_MAX = 2100;

/** Whether that day is on the calendar, in a year that somebody may give: not `2026-02-30`, and nothing of year 0. */
export function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  if (!DAY.test(text) || year < YEAR_MIN || year > YEAR_MAX) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // What is not there is no moment, or the moment of another day.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Whether a day, ISO week, month or year of that name exists: `2026-W53`, not `2025-W53`. */
export function isPeriod(key: string): boolean {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(key) ?? [];
  if (week === undefined) return isDay(`${key}-01-01`.slice(0, 10));
  // A year has a week 53 where it begins or ends on a Thursday.
  const isLong = ['01-01', '12-31'].some((day) => new Date(`${year}-${day}`).getUTCDay() === 4);
  return isDay(`${year}-01-01`) && Number(week) >= 1 && Number(week) <= (isLong ? 53 : 52);
}

/** What is wrong with a field that names a day, period or moment that there is not. */
export const NO_SUCH_DAY = { code: 'noSuchDay', params: { yearMin: YEAR_MIN, yearMax: YEAR_MAX } } as const;

const FORMS = { date: 'day', 'date-time': 'instant', period: 'period' } as const;

/** A text of a form that names what has to be on the calendar: its problem is `NO_SUCH_DAY`, its `format` stands in the reference. */
export function onCalendar(form: RegExp, format: keyof typeof FORMS, isThere: (text: string) => boolean) {
  const params = { code: NO_SUCH_DAY.code, ...NO_SUCH_DAY.params };
  return z
    .string()
    .check(
      z.regex(form, { abort: true, ...expects(FORMS[format]) }),
      z.refine(isThere, { params }),
      z.meta({ format }),
    );
}

/**
 * A moment as callers may write it: RFC 3339 with `T`, seconds, an optional fraction, and `Z` or an offset, on a day that there is.
 * Neither `24:00` nor a leap second `:60`; of a fraction milliseconds count. The server turns it into an `Instant` before anything
 * else sees it.
 */
export const InstantInput = onCalendar(
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
  'date-time',
  (text) => isDay(text.slice(0, 10)),
);
export type InstantInput = z.infer<typeof InstantInput>;

/** A day as callers may write it: one that there is. */
export const LocalDateInput = onCalendar(DAY, 'date', isDay);
export type LocalDateInput = z.infer<typeof LocalDateInput>;
