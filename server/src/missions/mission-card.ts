import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { MemberState, MissionState } from '@verbena/shared/ledger/member-state.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import { dayOf, lastDayOf, periodKey, shiftWeek } from '#engine/calendar.js';
import type { MissionSlot } from '#engine/compiled-program.js';
import { freeRun } from '#engine/decide-missions.js';
import { own } from '#engine/own.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/** A member in one mission; nothing yet where it never came near it. */
export function missionStateOf(state: MemberState, id: string): MissionState {
  return own(state.missions, id) ?? NOTHING;
}

/**
 * The definition under which a member plays a mission today (in the zone that each revision chooses): the one that it holds in
 * the present period, else the present one. Null where the mission cannot be begun any more and the member is not in the middle of it.
 */
export function playedDefinition(slot: MissionSlot, state: MemberState, today: LocalDates): Mission | null {
  const mission = missionStateOf(state, slot.id);
  const held = slot.older.find(({ definition }) => heldRevision(definition, mission, today) === definition.rev);
  return (held ?? slot.current)?.definition ?? null;
}

/** A mission as a member sees it today; null where `playedDefinition` is. */
export function missionCardOf(slot: MissionSlot, state: MemberState, today: LocalDates): MissionCard | null {
  const definition = playedDefinition(slot, state, today);
  if (definition === null) return null;
  const mission = missionStateOf(state, slot.id);
  return {
    id: definition.id,
    rev: definition.rev,
    name: definition.name,
    description: definition.description,
    kind: definition.goal.kind,
    target: definition.goal.kind === 'streak' ? definition.goal.weeks : definition.goal.target,
    completions: mission.completions,
    reward: definition.reward,
    ...placeOf(definition, mission, today),
  };
}

type Place = Pick<MissionCard, 'progress' | 'period' | 'endsOn' | 'done'>;

function placeOf({ goal, zone }: Mission, mission: MissionState, today: LocalDates): Place {
  const day = dayOf(today[zone]);
  if (goal.kind === 'streak') return streakPlace(mission, day.week);
  const period = periodKey(day, goal.per);
  const present = mission.periods[period];
  return { progress: present?.progress ?? 0, period, endsOn: lastDayOf(period), done: present?.done ?? false };
}

/** A streak stands at its run of free weeks; a week that is marked keeps it until the end of the next one. */
function streakPlace(mission: MissionState, week: string): Place {
  const isMarked = mission.weeks[week]?.used === false;
  const run = isMarked
    ? freeRun(mission, week)
    : freeRun(mission, shiftWeek(week, -1)).filter((one) => one < week && mission.weeks[one]?.used === false);
  const keepsUntil = lastDayOf(isMarked ? shiftWeek(week, 1) : week);
  return { progress: run.length, period: week, endsOn: run.length > 0 ? keepsUntil : null, done: false };
}

function heldRevision({ goal, zone }: Mission, mission: MissionState, today: LocalDates): number | undefined {
  const day = dayOf(today[zone]);
  if (goal.kind !== 'streak') return mission.periods[periodKey(day, goal.per)]?.rev;
  const last = mission.weeks[day.week]?.used === false ? day.week : shiftWeek(day.week, -1);
  return mission.weeks[last]?.rev;
}
