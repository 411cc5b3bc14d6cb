import type { MemberState, MissionState } from '@verbena/shared/ledger/member-state.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import { dayOf, lastDayOf, periodKey, shiftWeek } from '#engine/calendar.js';
import type { MissionSlot } from '#engine/compiled-program.js';
import { freeRun } from '#engine/decide-missions.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/**
 * A mission as a member sees it on a local date: its progress in the present period, under the revision that the member
 * holds there. Null where the mission cannot be begun any more and the member is not in the middle of it.
 */
export function missionCardOf(slot: MissionSlot, state: MemberState, today: string): MissionCard | null {
  const mission = state.missions[slot.id] ?? NOTHING;
  const held = slot.older.find(({ definition }) => heldRevision(definition, mission, today) === definition.rev);
  const definition = (held ?? slot.current)?.definition;
  if (definition === undefined) return null;
  const place = placeOf(definition, mission, today);
  return {
    id: definition.id,
    rev: definition.rev,
    name: definition.name,
    description: definition.description,
    kind: definition.goal.kind,
    target: definition.goal.kind === 'streak' ? definition.goal.weeks : definition.goal.target,
    completions: mission.completions,
    reward: definition.reward,
    ...place,
  };
}

type Place = Pick<MissionCard, 'progress' | 'period' | 'endsOn' | 'done'>;

function placeOf({ goal }: Mission, mission: MissionState, today: string): Place {
  const day = dayOf(today);
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

function heldRevision({ goal }: Mission, mission: MissionState, today: string): number | undefined {
  const day = dayOf(today);
  if (goal.kind !== 'streak') return mission.periods[periodKey(day, goal.per)]?.rev;
  const last = mission.weeks[day.week]?.used === false ? day.week : shiftWeek(day.week, -1);
  return mission.weeks[last]?.rev;
}
