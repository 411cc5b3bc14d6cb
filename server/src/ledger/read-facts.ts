import { reversedTypeOf } from '@verbena/shared/activities/activity-type.js';
import type { EarnedByDay } from '@verbena/shared/ledger/effect.js';
import type { Facts, LocalDates } from '@verbena/shared/ledger/facts.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { CompiledProgram } from '#engine/compiled-program.js';
import { localDateOf, localTimeOf } from '#platform/clock/calendar.js';
import type { JournalEntry } from './journal-entry.js';
import { zoneOf } from './member-clock.js';
import { readReversed, readsPast, readWithdrawn } from './reversal.js';
import type { Submission } from './submission.js';

/** What a reversal reads of its member's journal, and the version under which the entry that it is about was decided. */
export interface Past {
  readonly entries: readonly JournalEntry[];
  readonly under: CompiledProgram | null;
}

export const NO_PAST: Past = { entries: [], under: null };

/** What a decision may read besides program, state and activity: the calendar, and what a reversal or an undo takes back. */
export function readFacts(
  program: CompiledProgram,
  state: MemberState,
  { activity, undone }: Submission,
  now: number,
  past: Past,
): Facts {
  const zone = zoneOf(program, state);
  const datesOf = (atMs: number): LocalDates => {
    const date = localDateOf(atMs, program.zone);
    return { program: date, member: zone === program.zone ? date : localDateOf(atMs, zone) };
  };
  const occurredMs = Date.parse(activity.occurredAt);
  const dates = { occurred: datesOf(occurredMs), now: datesOf(now) };
  const calendar = program.asksHours
    ? { ...dates, time: { program: localTimeOf(occurredMs, program.zone), member: localTimeOf(occurredMs, zone) } }
    : dates;
  if (undone !== undefined) return { calendar, undone };
  if (activity.type === 'member.closed') return { calendar, closing: { earned: earnedByDay(past.entries) } };
  if (!readsPast(activity)) return { calendar };
  if (reversedTypeOf(activity.type) === null) {
    const reversed = readWithdrawn(program, state, activity, past.entries, dates.now);
    return reversed === undefined ? { calendar } : { calendar, reversed };
  }
  const reversed = readReversed(program, state, activity, past.entries, past.under ?? program, dates.now);
  return { calendar, reversed };
}

/** What boards count of a journal: what was earned and taken back, by the day from which it was usable. */
function earnedByDay(past: readonly JournalEntry[]): EarnedByDay {
  const earned: EarnedByDay = {};
  for (const { kind, currency, lot, amount } of past.flatMap(({ lines }) => lines)) {
    if (kind !== 'earn' && kind !== 'reverse') continue;
    const days = (earned[currency] ??= {});
    days[lot.activated] = (days[lot.activated] ?? 0) + amount;
  }
  return earned;
}
