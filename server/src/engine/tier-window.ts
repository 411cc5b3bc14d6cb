import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { LocalDate } from '@verbena/shared/platform/time.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import { addDays, addMonths, dateOf, dayNumber } from './calendar.js';
import type { CompiledCounter, CompiledProgram, CompiledTier, TierStanding } from './compiled-program.js';
import { own } from './own.js';

/** The days of one qualification, and the last day of a tier that is reached in them. */
export interface TierWindow {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly until: LocalDate;
}

/** The tiers of a version, as far as it is asked about them. */
export type Ladder = Pick<CompiledProgram, 'tiers'>;

type Policy = Pick<Tier, 'period'>;

/** The day from which a member's years are counted: what the program knows of it, else its joining, else the day that is asked for. */
export function anchorOf(
  { period }: Policy,
  { joined, attributes = {} }: Pick<MemberState, 'joined' | 'attributes'>,
  date: LocalDate,
): LocalDate {
  const known = period?.kind === 'anniversary' && period.of !== undefined ? own(attributes, period.of) : undefined;
  return typeof known === 'string' && isDay(known) ? known : (joined ?? date);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(dayNumber(text)) === text;
}

/** The qualification period in which a day lies; `joined` cuts the years of anniversaries. */
export function windowOf({ period }: Policy, date: LocalDate, joined: LocalDate): TierWindow {
  if (period === undefined) {
    const year = Number(date.slice(0, 4));
    return { first: `${date.slice(0, 4)}-01-01`, last: `${date.slice(0, 4)}-12-31`, until: endOfYear(year + 1) };
  }
  if (period.kind === 'rolling') {
    return { first: monthsUpTo(date, period.months), last: date, until: addMonths(date, period.months) };
  }
  let years = Number(date.slice(0, 4)) - Number(joined.slice(0, 4));
  if (addMonths(joined, years * 12) > date) years -= 1;
  return {
    first: addMonths(joined, years * 12),
    last: addDays(addMonths(joined, (years + 1) * 12), -1),
    until: addDays(addMonths(joined, (years + 2) * 12), -1),
  };
}

/**
 * The first of the days that count on a date: what happened on a day counts until so many months later, on which day it is gone. Of
 * 29 to 31 January that is 28 February alike, so none of them counts any more when a tier that one of them gave ends.
 */
function monthsUpTo(date: LocalDate, months: number): LocalDate {
  let first = addDays(addMonths(date, -months), 1);
  while (addMonths(first, months) <= date) first = addDays(first, 1);
  return first;
}

/** The last day of a tier that follows on one that ended: one period more, whose days `joined` cuts. */
export function untilAfter(policy: Policy, ended: LocalDate, joined: LocalDate): LocalDate {
  const { period } = policy;
  if (period === undefined) return endOfYear(Number(ended.slice(0, 4)) + 1);
  if (period.kind === 'rolling') return addMonths(ended, period.months);
  const { last } = windowOf(policy, addDays(ended, 1), joined);
  const year = addMonths(ended, 12);
  // Where the day that years are counted from was changed meanwhile, the next of them ends sooner: it lasts a year all the same.
  return last < addDays(year, -1) ? year : last;
}

/** What a member stands at within a window. */
export function standingIn(
  { tiers }: Ladder,
  { currency, period }: Tier,
  { counters, earned, joined, attributes = {} }: Pick<MemberState, 'counters' | 'earned' | 'joined' | 'attributes'>,
  { first, last }: TierWindow,
  today: LocalDate,
): TierStanding {
  const sum =
    period === undefined
      ? (own(own(earned, currency)?.years ?? {}, first.slice(0, 4)) ?? 0)
      : tiers.earnedByDay === null
        ? 0
        : sumOf(counters, tiers.earnedByDay, first, last);
  const memberDays = joined === undefined ? 0 : dayNumber(today) - dayNumber(joined);
  return { counters, earned: sum, first, last, memberDays, attributes };
}

/** What a counter has between two days: by day, or that of the year. */
export function sumOf(
  counters: MemberState['counters'],
  { id, bucket }: Pick<CompiledCounter, 'id' | 'bucket'>,
  first: LocalDate,
  last: LocalDate,
): number {
  const buckets = own(counters, id) ?? {};
  if (bucket === 'year') return own(buckets, first.slice(0, 4)) ?? 0;
  let sum = 0;
  for (const [day, amount] of Object.entries(buckets)) if (day >= first && day <= last) sum += amount;
  return sum;
}

export function isReached({ definition, also }: CompiledTier, standing: TierStanding): boolean {
  return standing.earned >= definition.threshold && (also === null || also(standing));
}

/**
 * Whether one tier stands above another: by their places on the ladder, whatever a revision that somebody still holds asked for; by
 * thresholds only where one of them is on it no more. Otherwise somebody would rise from a tier to itself when it asks for more, or
 * stay below one that it reaches when all ask for less.
 */
export function isAbove({ tiers }: Ladder, one: CompiledTier, other: CompiledTier): boolean {
  const placeOf = ({ definition: { id } }: CompiledTier): number =>
    tiers.ladder.findIndex(({ definition }) => definition.id === id);
  const [left, right] = [placeOf(one), placeOf(other)];
  const [first, second] = [one.definition.threshold, other.definition.threshold];
  return (left !== -1 && right !== -1) || first === second ? left > right : first > second;
}

/** The first day of the tier below, once this one ended: after its days of grace. */
export function dropsOn({ graceDays = 0 }: Tier, until: LocalDate): LocalDate {
  return addDays(until, 1 + graceDays);
}

function endOfYear(year: number): LocalDate {
  return `${year}-12-31`;
}
