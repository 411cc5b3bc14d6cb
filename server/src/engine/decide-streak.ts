import type { MissionState } from '@verbena/shared/ledger/member-state.js';
import { isDay, isPeriod } from '@verbena/shared/platform/time.js';
import { SaidOfStreak, unitOf, type StreakGoal } from '@verbena/shared/missions/mission.js';
import { dayNumber, dayOf, lastDayOf, periodKey, unitBefore } from './calendar.js';
import type { CompiledMission } from './compiled-program.js';
import { completeStreak } from './decide-missions.js';
import { Refusal, type DecisionRun } from './decision-run.js';
import { own } from './own.js';
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
 * `streak.paused { mission, from?, until? }`: plans days without the streak, from today on, in place of what was planned; without
 * dates it gives up what lies ahead. At most so many days a calendar year.
 */
export function pauseStreak(run: DecisionRun): void {
  const { mission, goal, state, said, today } = streakOf(run);
  const { id, rev } = mission.definition;
  const { pause } = goal;
  if (pause === undefined) throw new Refusal('streak.noPause');
  const { from = null, until = null } = said;
  const planned = state.pause;
  const year = (from ?? planned?.from ?? today).slice(0, 4);
  // What is over of the present plan stays counted; the rest is given back.
  const given = planned === undefined || planned.from.slice(0, 4) !== year ? 0 : daysFrom(planned, today);
  const used = (state.pauseDays?.[year] ?? 0) - given;
  if (planned !== undefined && planned.from < today && planned.until >= today) throw new Refusal('streak.pauseRuns');
  if (from === null || until === null) {
    run.record({ type: 'streak.paused', mission: id, rev, from: null, until: null, year, days: used });
    return;
  }
  if (!isDay(from) || !isDay(until)) throw new Refusal('day.notFound');
  if (from < today) throw new Refusal('streak.pausePast');
  if (until < from) throw new Refusal('streak.pausePast');
  const days = used + dayNumber(until) - dayNumber(from) + 1;
  if (days > pause.daysPerYear) throw new Refusal('streak.pauseTooLong');
  run.record({ type: 'streak.paused', mission: id, rev, from, until, year, days });
}

/** How many days of a plan are not over yet. */
function daysFrom({ from, until }: { from: string; until: string }, today: string): number {
  const first = from > today ? from : today;
  return Math.max(0, dayNumber(until) - dayNumber(first) + 1);
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
