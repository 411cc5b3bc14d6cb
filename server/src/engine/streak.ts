import type { MissionState } from '@verbena/shared/ledger/member-state.js';
import { unitOf, type StreakGoal } from '@verbena/shared/missions/mission.js';
import { addDays, firstDayOf, lastDayOf, periodKey, unitAfter, unitBefore, type CalendarDay } from './calendar.js';
import type { CompiledMission, MissionSlot } from './compiled-program.js';
import type { Due } from './due.js';
import { own } from './own.js';
import { pausesOf } from './pauses.js';

/** The unbroken run of free units around one, that one included whether marked yet or not, earliest first. */
export function freeRun(state: MissionState, unit: string): string[] {
  const isFree = (candidate: string): boolean => own(state.weeks, candidate)?.used === false;
  const units = [unit];
  for (let before = unitBefore(unit); isFree(before); before = unitBefore(before)) units.unshift(before);
  for (let after = unitAfter(unit); isFree(after); after = unitAfter(after)) units.push(after);
  return units;
}

/** How much of a run counts: units that were only kept bridge it and count for nothing. */
export function countIn(state: MissionState, run: readonly string[]): number {
  return run.filter((unit) => own(state.weeks, unit)?.kept === undefined).length;
}

/** The units of a run that a completion uses: the earliest ones, until enough of them count, with the kept ones between. */
export function usedBy(state: MissionState, run: readonly string[], target: number): string[] {
  let counted = 0;
  const end = run.findIndex((unit) => own(state.weeks, unit)?.kept === undefined && (counted += 1) === target);
  return end === -1 ? [] : run.slice(0, end + 1);
}

/** The unit for which something counts on a day: its own, or in the days of grace the one before where that is missing. */
export function unitFor(goal: StreakGoal, state: MissionState, day: CalendarDay): string {
  const unit = periodKey(day, unitOf(goal));
  if (goal.graceDays === undefined) return unit;
  const before = unitBefore(unit);
  const isAlive = own(state.weeks, unitBefore(before))?.used === false;
  const isGrace = day.date < addDays(firstDayOf(unit) ?? day.date, goal.graceDays);
  return isGrace && isAlive && own(state.weeks, before) === undefined ? before : unit;
}

export function freezesOf(goal: StreakGoal, state: MissionState): number {
  return state.freezes ?? goal.freezes?.start ?? 0;
}

/** A streak that something will keep across a unit without anything, once that is over; `date` is when. */
export interface StreakDue extends Due {
  readonly what: 'streak';
  readonly mission: CompiledMission;
  readonly period: string;
  readonly by: 'freeze' | 'pause';
}

/** What is due of a streak: nothing where it ends by itself. */
export function streakDue(slot: MissionSlot, state: MissionState | undefined): StreakDue | null {
  const last = state && lastFree(state);
  if (state === undefined || last === null || last === undefined) return null;
  const rev = own(state.weeks, last)?.rev;
  const mission = [slot.current, ...slot.older].find((one) => one?.definition.rev === rev);
  const goal = mission?.definition.goal;
  if (!mission || goal?.kind !== 'streak') return null;
  const period = unitAfter(last);
  if (own(state.weeks, period) !== undefined) return null;
  const by = keeperOf(goal, state, period);
  if (by === null) return null;
  const date = addDays(lastDayOf(period) ?? last, 1 + (goal.graceDays ?? 0));
  return { date, zone: mission.definition.zone, what: 'streak', mission, period, by };
}

/** What keeps a run across a unit without anything, if anything does: a planned pause before a freeze. */
export function keeperOf(goal: StreakGoal, state: MissionState, unit: string): 'freeze' | 'pause' | null {
  const [first, end] = [firstDayOf(unit), lastDayOf(unit)];
  if (first === null || end === null) return null;
  if (pausesOf(state).some(({ from, until }) => from <= end && until >= first)) return 'pause';
  return freezesOf(goal, state) > 0 && (state.freezesFrom ?? end) <= end ? 'freeze' : null;
}

function lastFree({ weeks }: MissionState): string | null {
  let last: string | null = null;
  for (const [unit, { used }] of Object.entries(weeks)) if (!used && (last === null || unit > last)) last = unit;
  return last;
}

/** Whether anything can keep a streak of this mission. */
export function canBeKept({ current, older }: MissionSlot): boolean {
  return [current, ...older].some((mission) => {
    const goal = mission?.definition.goal;
    return goal?.kind === 'streak' && (goal.freezes !== undefined || goal.pause !== undefined);
  });
}
