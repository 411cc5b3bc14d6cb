import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { FixedPeriod } from '@verbena/shared/missions/mission.js';
import type { Period } from '@verbena/shared/programs/definition.js';

const REMEMBERED_MAX = 4_096;

/** A local date with everything that periods are cut by, computed from the date alone: no time zones here. */
export interface CalendarDay {
  readonly date: LocalDate;
  /** ISO: Monday is 1, Sunday 7. */
  readonly weekday: number;
  /** `2026-W47`, the ISO week; its year is that of its Thursday. */
  readonly week: string;
  /** `2026-11`. */
  readonly month: string;
  /** `2026`. */
  readonly year: string;
}

/**
 * Days since 1970-01-01 of a proleptic Gregorian date.
 * @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
export function dayNumber(date: LocalDate): number {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number: the inverse of `dayNumber`. */
export function dateOf(days: number): LocalDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  return writeDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}

/** The same day so many months later, or the last of that month where it has no such day (29 February + 12 → 28). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return writeDate(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)));
}

/** Everything that periods are cut by, of one date. */
export const dayOf = remember((date: LocalDate): CalendarDay => {
  const days = dayNumber(date);
  return {
    date,
    weekday: weekdayOf(days),
    week: weekKey(days),
    month: date.slice(0, 7),
    year: date.slice(0, 4),
  };
});

/** The key of the period in which a day lies: `2026-11-22`, `2026-W47`, `2026-11`, `2026`, `ever`, `2026-11-16+14` (days). */
export function periodKey(day: CalendarDay, period: Period | FixedPeriod): string {
  if (typeof period !== 'string') {
    const { days, from } = period;
    const first = dayNumber(from);
    return `${dateOf(first + Math.floor((dayNumber(day.date) - first) / days) * days)}+${days}`;
  }
  return period === 'ever' ? 'ever' : period === 'day' ? day.date : day[period];
}

/** The last day of the period that a key names; null where it never ends. */
export const lastDayOf = remember((key: string): LocalDate | null => {
  if (key === 'ever') return null;
  if (key.charAt(10) === '+') return addDays(key.slice(0, 10), Number(key.slice(11)) - 1);
  if (key.length === 10) return key;
  if (key.length === 4) return `${key}-12-31`;
  if (key.length === 7) return `${key}-${pad(daysInMonth(Number(key.slice(0, 4)), Number(key.slice(5, 7))))}`;
  return dateOf(mondayOf(key) + 6);
});

/** The week so many weeks away. */
export function shiftWeek(week: string, weeks: number): string {
  return weekKey(mondayOf(week) + weeks * 7);
}

/** The day, week or month after or before the one that a key names. */
export const unitAfter = remember((key: string): string => shiftUnit(key, 1));
export const unitBefore = remember((key: string): string => shiftUnit(key, -1));

function shiftUnit(key: string, by: number): string {
  if (key.length === 10) return addDays(key, by);
  return key.length === 7 ? addMonths(`${key}-01`, by).slice(0, 7) : shiftWeek(key, by);
}

/** The first day of the period that a key names; null where it never began. */
export const firstDayOf = remember((key: string): LocalDate | null => {
  if (key === 'ever') return null;
  if (key.length >= 10) return key.slice(0, 10);
  if (key.length === 4) return `${key}-01-01`;
  return key.length === 7 ? `${key}-01` : dateOf(mondayOf(key));
});

/** The period of a kind in which the one that a key names lies as a whole; null where it lies in none. */
export function periodAround(key: string, per: Period): string | null {
  if (per === 'ever') return per;
  const [first, last] = [firstDayOf(key), lastDayOf(key)];
  if (first === null || last === null) return null;
  const around = periodKey(dayOf(first), per);
  return around === periodKey(dayOf(last), per) ? around : null;
}

export const weekBefore = remember((week: string): string => shiftWeek(week, -1));
export const weekAfter = remember((week: string): string => shiftWeek(week, 1));

/**
 * A function that remembers its answers: decisions ask about the same few hundred days over and over. Forgetting everything
 * when full is enough, and keeps it pure.
 */
export function remember<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = compute(key);
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(key, value);
    }
    return value;
  };
}

/** The day number of the Monday of an ISO week: week 1 is the one with 4 January. */
function mondayOf(week: string): number {
  const fourthOfJanuary = dayNumber(`${week.slice(0, 4)}-01-04`);
  return fourthOfJanuary - (weekdayOf(fourthOfJanuary) - 1) + (Number(week.slice(6, 8)) - 1) * 7;
}

function weekKey(days: number): string {
  const thursday = days - weekdayOf(days) + 4;
  const year = dateOf(thursday).slice(0, 4);
  return `${year}-W${pad(Math.floor((thursday - dayNumber(`${year}-01-01`)) / 7) + 1)}`;
}

function weekdayOf(days: number): number {
  // 1970-01-01 was a Thursday.
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function writeDate(year: number, month: number, day: number): LocalDate {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
