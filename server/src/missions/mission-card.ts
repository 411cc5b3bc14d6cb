import type { LocalDates } from '@verbena/shared/ledger/facts.js';
import type { MemberState, MissionState } from '@verbena/shared/ledger/member-state.js';
import { stepsOf, type StreakGoal, targetOf, unitOf, type Mission } from '@verbena/shared/missions/mission.js';
import type { MissionCard } from '@verbena/shared/missions/missions.routes.js';
import { waitsOf } from '#engine/apply-effect.js';
import { addDays, type CalendarDay, dayOf, lastDayOf, periodKey, unitAfter, unitBefore } from '#engine/calendar.js';
import type { MissionSlot } from '#engine/compiled-program.js';
import { own } from '#engine/own.js';
import { countIn, freeRun, unitFor } from '#engine/streak.js';

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

/**
 * A mission as a member sees it today; null where `playedDefinition` is, and where its days are over and it was never
 * completed. `ladder` are the tiers by id, lowest first.
 */
export function missionCardOf(
  slot: MissionSlot,
  state: MemberState,
  today: LocalDates,
  ladder: readonly string[] = [],
): MissionCard | null {
  const definition = playedDefinition(slot, state, today);
  if (definition === null) return null;
  const mission = missionStateOf(state, slot.id);
  if (isOver(definition, today) && mission.completions === 0) return null;
  return {
    id: definition.id,
    rev: definition.rev,
    name: definition.name,
    description: definition.description,
    kind: definition.goal.kind,
    target: targetOf(definition.goal),
    completions: mission.completions,
    reward: definition.reward,
    ...placeOf(definition, mission, today),
    ...doorOf(definition, mission, state, today, ladder),
    ...wayOf(definition, mission, today),
  };
}

/** Whether a mission that counts only for some days is over. */
function isOver({ window, zone }: Mission, today: LocalDates): boolean {
  return window?.until !== undefined && window.until < today[zone];
}

/** What keeps a mission closed for this member, and from when on it does not. */
function doorOf(
  { requires = [], window, zone }: Mission,
  mission: MissionState,
  state: MemberState,
  today: LocalDates,
  ladder: readonly string[],
): Pick<MissionCard, 'locked' | 'opensOn'> {
  const rank = ladder.indexOf(state.tier?.id ?? '');
  const locked = requires.filter((one) => {
    if ('mission' in one) return missionStateOf(state, one.mission).completions === 0;
    if ('badge' in one) return own(state.badges, one.badge) === undefined;
    return rank < ladder.indexOf(one.tier);
  });
  const days = [window?.from, ...waitsOf(mission).map(({ until }) => until)].flatMap((day) =>
    day !== undefined && day > today[zone] ? [day] : [],
  );
  const opensOn = days.reduce((latest, day) => (day > latest ? day : latest), '');
  return {
    ...(locked.length === 0 ? {} : { locked }),
    ...(opensOn === '' ? {} : { opensOn }),
  };
}

/** The parts of the way, with which of them are behind the member in the present turn. */
function wayOf(definition: Mission, mission: MissionState, today: LocalDates): Pick<MissionCard, 'steps'> {
  const { goal, zone } = definition;
  const steps = stepsOf(definition);
  if (goal.kind === 'streak' || steps.length === 0) return {};
  const present = own(mission.periods, periodKey(dayOf(today[zone]), goal.per));
  const progress = present?.done === true ? targetOf(goal) : (present?.progress ?? 0);
  return { steps: steps.map(({ name, at, reward }) => ({ name, at, reached: at <= progress, reward })) };
}

type Place = Pick<MissionCard, 'progress' | 'period' | 'endsOn' | 'done'>;

function placeOf(definition: Mission, mission: MissionState, today: LocalDates): Place {
  const { goal, zone, window, timesMax } = definition;
  const day = dayOf(today[zone]);
  if (goal.kind === 'streak') return streakPlace(goal, mission, day);
  const period = periodKey(day, goal.per);
  const present = mission.periods[period];
  const isFinished = isOver(definition, today) || mission.completions >= (timesMax ?? Infinity);
  // After the last completion, or after its days, it does not open again.
  if (isFinished) return { progress: present?.progress ?? 0, period, endsOn: null, done: true };
  const ends = [lastDayOf(period), window?.until ?? null].filter((last) => last !== null).toSorted();
  return {
    progress: present?.progress ?? 0,
    period,
    endsOn: ends[0] ?? null,
    done: present?.done ?? false,
  };
}

/**
 * A streak stands at the run that the next thing continues: up to the unit for which that counts today, or the one before it; where
 * neither has anything, it is broken. It is kept until the end of the first unit without anything, and its days of grace.
 */
function streakPlace(goal: StreakGoal, mission: MissionState, day: CalendarDay): Place {
  const unit = unitFor(goal, mission, day);
  const last = lastOfRun(mission, unit);
  const ends = lastDayOf(last === unit ? unitAfter(unit) : unit);
  return {
    progress: last === null ? 0 : countIn(mission, freeRun(mission, last)),
    period: periodKey(day, unitOf(goal)),
    endsOn: last === null || ends === null ? null : addDays(ends, goal.graceDays ?? 0),
    done: false,
  };
}

/** Where the run ends that something in a unit continues; null where there is none. */
function lastOfRun(mission: MissionState, unit: string): string | null {
  return [unit, unitBefore(unit)].find((one) => own(mission.weeks, one)?.used === false) ?? null;
}

function heldRevision({ goal, zone }: Mission, mission: MissionState, today: LocalDates): number | undefined {
  const day = dayOf(today[zone]);
  if (goal.kind !== 'streak') return mission.periods[periodKey(day, goal.per)]?.rev;
  const last = lastOfRun(mission, unitFor(goal, mission, day));
  return last === null ? undefined : own(mission.weeks, last)?.rev;
}
