import type { MissionState, PlannedPause } from '@verbena/shared/ledger/member-state.js';
import { isDay } from '@verbena/shared/platform/given-time.js';
import { dayNumber } from './calendar.js';
import { earlier, later } from './join-records.js';

/** The pauses of a streak, the earliest first, also where the state is of the time when there was one; one of no days is none. */
export function pausesOf({ pauses, pause }: MissionState): readonly PlannedPause[] {
  if (pauses !== undefined) return pauses;
  return pause !== undefined && isDay(pause.from) && isDay(pause.until) && pause.from <= pause.until ? [pause] : [];
}

/**
 * Days that count although no pause has them, by year: engine 1 kept their number alone, all of a plan in the year in which it
 * began. Less than none, which days that do not exist once bought, is none.
 */
export function spentDays(state: MissionState): Record<string, number> {
  const planned = state.pause === undefined ? [] : pausesOf(state);
  const spent = Object.entries(state.pauseDays ?? {}).map(([year, days]): [string, number] => {
    const standing = planned.filter(({ from }) => from.startsWith(year)).reduce((sum, pause) => sum + daysOf(pause), 0);
    return [year, days - standing];
  });
  return Object.fromEntries(spent.filter(([, days]) => days > 0));
}

/** How many days of a calendar year pauses have. */
export function pausedIn(pauses: readonly PlannedPause[], year: string): number {
  const days = ({ from, until }: PlannedPause): number =>
    daysOf({ from: later(from, `${year}-01-01`), until: earlier(until, `${year}-12-31`) });
  return pauses.reduce((sum, pause) => sum + Math.max(0, days(pause)), 0);
}

/** The calendar years in which a pause lies. */
export function yearsOf({ from, until }: PlannedPause): string[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

export function inOrder(pauses: readonly PlannedPause[]): PlannedPause[] {
  return pauses.toSorted((one, other) => (one.from < other.from ? -1 : 1));
}

/** The days of all these pauses, each once: those that share a day are one. */
export function unitePauses(pauses: readonly PlannedPause[]): PlannedPause[] {
  const united: PlannedPause[] = [];
  for (const { from, until } of inOrder(pauses)) {
    const last = united.at(-1);
    if (last === undefined || last.until < from) united.push({ from, until });
    else united[united.length - 1] = { from: last.from, until: later(last.until, until) };
  }
  return united;
}

function daysOf({ from, until }: PlannedPause): number {
  return dayNumber(until) - dayNumber(from) + 1;
}
