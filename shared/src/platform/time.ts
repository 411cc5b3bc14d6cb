import * as z from 'zod/mini';
import { expects } from './expected-form.js';

/** A moment: UTC, ISO 8601 with milliseconds and `Z`, as `Date.prototype.toISOString` writes it. */
export const Instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, { abort: true }),
  z.refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text),
);
export type Instant = z.infer<typeof Instant>;

/**
 * A day on a calendar, in a zone that stands elsewhere: `2026-11-22`. As the books and definitions have it: what was once written
 * is read for ever, also if it is no day. What somebody gives is a `LocalDateInput`.
 */
export const LocalDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, expects('day')));
export type LocalDate = z.infer<typeof LocalDate>;

/** `until`, `endsOn` and the like: whatever ends has that day to its end. The one convention of all views and of what callers give. */
export const LastDay = LocalDate.check(z.meta({ description: 'The last day of it, usable to its end' }));

/** `expires` of lots in the books (lines, effects): the day at whose start it is gone. Views say the day before, as `until`. */
export const DayGone = LocalDate.check(
  z.meta({ description: 'The first day without it: at its start it is gone, the last day of it is the one before' }),
);

/** Something waits, and is over at the start of that day. */
export const DayBack = LocalDate.check(
  z.meta({
    description: 'The first day on which it is so again, from its start; the day before is the last that waits',
  }),
);

/** An IANA time zone that this platform knows, such as `Europe/Madrid`. */
export const Zone = z.string().check(z.maxLength(64), z.refine(isKnownZone, expects('zone')));
export type Zone = z.infer<typeof Zone>;

function isKnownZone(name: string): boolean {
  try {
    // The constructor is the one portable question; supportedValuesOf leaves out aliases that browsers report.
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
