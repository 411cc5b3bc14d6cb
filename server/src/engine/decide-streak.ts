import type { MissionState, PlannedPause } from '@verbena/shared/ledger/member-state.js';
import { isDay, isPeriod } from '@verbena/shared/platform/given-time.js';
import { PAUSES_MAX, SaidOfStreak, unitOf, type StreakGoal } from '@verbena/shared/missions/mission.js';
import { dayOf, lastDayOf, periodKey, unitBefore } from './calendar.js';
import type { CompiledMission } from './compiled-program.js';
import { completeStreak } from './decide-missions.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { some } from './join-records.js';
import { own } from './own.js';
import { inOrder, pausedIn, pausesOf, spentDays, yearsOf } from './pauses.js';
import { freezesOf, type StreakDue } from './streak.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/** Keeps a streak across a unit that ended without anything: by the planned pause, else by a freeze. */
export function keepStreak(run: DecisionRun, { mission, period, by }: StreakDue): void {
  const { id, rev, goal } = mission.definition;
  if (goal.kind !== 'streak') throw new Error(`${id} is no streak.`);
  const kept = { type: 'streak.kept', mission: id, rev, period, by } as const;
  const state = own(run.draft.state.missions, id) ?? NOTHING;
  run.record(by === 'pause' ? kept : { ...kept, freezes: freezesOf(goal, state) - 1 });
  run.receipt.fire('mission', mission.definition);
}

interface Streak {
  readonly mission: CompiledMission;
  readonly goal: StreakGoal;
  readonly state: MissionState;
  readonly said: SaidOfStreak;
  /** By the member's time, in the mission's zone. */
  readonly today: string;
}

function streakOf(run: DecisionRun): Streak {
  const said = SaidOfStreak.parse(run.activity.attributes);
  const slot = run.program.missions.find(({ id }) => id === said.mission);
  const state = own(run.draft.state.missions, said.mission) ?? NOTHING;
  const mission = slot?.current ?? null;
  const goal = mission?.definition.goal;
  if (mission === null || goal?.kind !== 'streak') throw new Refusal('mission.notFound');
  return { mission, goal, state, said, today: run.facts.calendar.now[mission.definition.zone] };
}

/**
 * `streak.paused { mission, from?, until?, instead }`: plans days without the streak, from today on, beside what is planned or
 * `instead` of the pause that begins on that day; without dates that one is given up. One that has begun can only end on another
 * day, today or later. Each day counts in its own calendar year, at most so many a year.
 */
export function pauseStreak(run: DecisionRun): void {
  const { mission, goal, state, said, today } = streakOf(run);
  const { id, rev } = mission.definition;
  if (goal.pause === undefined) throw new Refusal('streak.noPause');
  const planned = pausesOf(state);
  const ahead = planned.filter(({ until }) => until >= today);
  const { from = null, until = null, instead = ahead[0]?.from ?? null } = said;
  const present = ahead.find((pause) => pause.from === instead);
  if (present === undefined && (from === null || said.instead != null)) throw new Refusal('streak.pauseNotFound');
  const next = from === null || until === null ? null : { from, until };
  checkPause(next, present, today);
  const others = planned.filter((pause) => pause !== present);
  if (next !== null && others.some((pause) => pause.from <= next.until && pause.until >= next.from))
    throw new Refusal('streak.pauseOverlaps');
  if (present === undefined && ahead.length >= PAUSES_MAX) throw new Refusal('streak.pausesFull');
  const pauses = next === null ? others : inOrder([...others, next]);
  for (const year of next === null ? [] : yearsOf(next)) {
    const days = pausedIn(pauses, year);
    const isMore = days > pausedIn(planned, year);
    if (isMore && days + (spentDays(state)[year] ?? 0) > goal.pause.daysPerYear)
      throw new Refusal('streak.pauseTooLong');
  }
  const days = some(spentDays(state));
  run.record({ type: 'streak.planned', mission: id, rev, pauses, ...(days === undefined ? {} : { days }) });
}

/** Refuses what no plan can be, and what a pause that has begun (`present`) cannot become. */
function checkPause(next: PlannedPause | null, present: PlannedPause | undefined, today: string): void {
  const runs = present !== undefined && present.from < today;
  if (next !== null && !(isDay(next.from) && isDay(next.until))) throw new Refusal('day.notFound');
  if (runs && next?.from !== present.from) throw new Refusal('streak.pauseRuns');
  if (next === null) return;
  if (next.until < next.from || next.until < today || (!runs && next.from < today))
    throw new Refusal('streak.pausePast');
}

/** `streak.granted { mission, freezes }`: staff grant so many freezes; what is above the most is not held. */
export function grantFreezes(run: DecisionRun): void {
  const { mission, goal, state, said, today } = streakOf(run);
  const { id, rev } = mission.definition;
  if (goal.freezes === undefined) throw new Refusal('streak.noFreezes');
  const held = freezesOf(goal, state);
  const freezes = Math.max(0, Math.min(goal.freezes.max, held + (said.freezes ?? 0)));
  if (freezes === held) throw new Refusal('streak.freezesFull');
  const granted = { type: 'streak.granted', mission: id, rev, freezes } as const;
  run.record(held > 0 ? granted : { ...granted, from: today });
}

/**
 * `streak.restored { mission, period }`: staff keep a unit that is over and broke a run. Gives the badges of what thereby
 * becomes complete.
 */
export function restoreStreak(run: DecisionRun): readonly string[] {
  const { mission, goal, state, said, today } = streakOf(run);
  const { id, rev } = mission.definition;
  const { period = '' } = said;
  const present = periodKey(dayOf(today), unitOf(goal));
  const isOver = isPeriod(period) && period.length === present.length && (lastDayOf(period) ?? today) < today;
  if (!isOver || own(state.weeks, period) !== undefined || own(state.weeks, unitBefore(period))?.used !== false)
    throw new Refusal('streak.notBroken');
  run.record({ type: 'streak.kept', mission: id, rev, period, by: 'staff' });
  run.receipt.fire('mission', mission.definition);
  return completeStreak(run, mission, goal, period);
}
