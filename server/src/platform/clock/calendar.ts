import { Temporal } from 'temporal-polyfill';

/**
 * Local dates of instants. The time-zone data are the platform's own, through Temporal; an hour of
 * a zone always lies within one local date unless a zone shifts by less than an hour, so the answer is remembered by
 * quarter of an hour, which every zone's offset and every midnight divides.
 */
const QUARTER_MS = 900_000;
const REMEMBERED_MAX = 50_000;
const remembered = new Map<string, Map<number, string>>();

/** The day on the calendar of a zone at an instant: `2026-11-22`. */
export function localDateOf(atMs: number, zone: string): string {
  let dates = remembered.get(zone);
  if (dates === undefined) {
    dates = new Map();
    remembered.set(zone, dates);
  }
  const quarter = Math.floor(atMs / QUARTER_MS);
  let date = dates.get(quarter);
  if (date === undefined) {
    date = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    if (dates.size >= REMEMBERED_MAX) dates.clear();
    dates.set(quarter, date);
  }
  return date;
}

/** The time of day in a zone at an instant: `09:30`. */
export function localTimeOf(atMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
}

/** Every entry asks when its member's next date begins, and members share them. */
const starts = new Map<string, number>();

/** The instant at which a local date begins in a zone (00:00, or the first moment after a gap). */
export function startOfDate(date: string, zone: string): number {
  const key = `${date} ${zone}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    if (starts.size >= REMEMBERED_MAX) starts.clear();
    starts.set(key, start);
  }
  return start;
}

/** The instant of a wall-clock time on a local date in a zone. */
export function instantAt(date: string, hour: number, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour) })
    .epochMilliseconds;
}
