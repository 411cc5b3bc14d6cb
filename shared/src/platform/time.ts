import * as z from 'zod/mini';

/** A moment: UTC, ISO 8601 with milliseconds and `Z`, as `Date.prototype.toISOString` writes it. */
export const Instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
export type Instant = z.infer<typeof Instant>;

/**
 * A moment as callers may write it: ISO 8601 with seconds, an optional fraction, and `Z` or an offset.
 * The server turns it into an `Instant` before anything else sees it.
 */
export const InstantInput = z.string().check(
  z.maxLength(40),
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
export type InstantInput = z.infer<typeof InstantInput>;

/** A day on a calendar, in a zone that stands elsewhere: `2026-11-22`. */
export const LocalDate = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export type LocalDate = z.infer<typeof LocalDate>;

/** An IANA time zone that this platform knows, such as `Europe/Madrid`. */
export const Zone = z.string().check(z.maxLength(64), z.refine(isKnownZone));
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
