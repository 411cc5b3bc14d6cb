import type { RunId } from '@verbena/shared/leaderboards/board.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { Period } from '@verbena/shared/programs/definition.js';
import { addDays, dayOf, lastDayOf, periodKey } from '#engine/calendar.js';
import { startOfDate } from '#platform/clock/calendar.js';

/** What arrives so long after a run's end still counts for it. */
export const GRACE_MS = 120_000;
/** Imported history of before the program was made counts for a run until nothing came for so long. */
export const QUIET_MS = 600_000;

const SHAPES: Readonly<Record<Period, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  week: /^\d{4}-W\d{2}$/,
  month: /^\d{4}-\d{2}$/,
  year: /^\d{4}$/,
  ever: /^ever$/,
};

/** The run of a board in which a local date lies. */
export function runOn(date: LocalDate, period: Period): RunId {
  return periodKey(dayOf(date), period);
}

/** Whether an id names a run of boards of that period. */
export function isRunOf(run: RunId, period: Period): boolean {
  return SHAPES[period].test(run);
}

/** The first and the last day of a run; nulls where it has neither. */
export function datesOf(run: RunId): { readonly startsOn: LocalDate | null; readonly endsOn: LocalDate | null } {
  const endsOn = lastDayOf(run);
  if (endsOn === null) return { startsOn: null, endsOn };
  if (run.includes('W')) return { startsOn: addDays(endsOn, -6), endsOn };
  return { startsOn: `${run}-01-01`.slice(0, 10), endsOn };
}

/** The moment after which nothing counts for a run any more: so long after its last midnight; null: it never ends. */
export function closesAtMs(run: RunId, zone: string): number | null {
  const endsOn = lastDayOf(run);
  return endsOn === null ? null : startOfDate(addDays(endsOn, 1), zone) + GRACE_MS;
}
