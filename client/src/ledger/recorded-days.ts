import type { Entry } from '@verbena/shared/ledger/entry-recorded.js';
import type { Format } from '@verbena/shared/words/format.js';

type Dated = Pick<Entry, 'seq' | 'at'> & { readonly cause: Pick<Entry['cause'], 'occurredAt'> };

/** The day of something that was recorded on another one; undefined of what was recorded on its own day. */
export function otherDay(occurredAt: string, at: string, format: Format): string | undefined {
  const day = format.localDate(occurredAt);
  return day === format.localDate(at) ? undefined : day;
}

/**
 * The days that stand above entries of a journal, by the seq of the first below: a journal is in the order in which it was recorded,
 * so where something came later than it happened, the day on which it came says why it stands there, and where that ends.
 */
export function recordedDays(entries: readonly Dated[], format: Format): ReadonlyMap<number, string> {
  const late = new Set(
    entries.flatMap(({ at, cause }) => (otherDay(cause.occurredAt, at, format) ? [format.localDate(at)] : [])),
  );
  const headings = new Map<number, string>();
  let before = '';
  for (const { seq, at } of entries) {
    const day = format.localDate(at);
    if (day !== before && (late.has(day) || late.has(before))) headings.set(seq, format.day(day));
    before = day;
  }
  return headings;
}
