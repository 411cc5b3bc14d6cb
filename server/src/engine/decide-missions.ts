import type { MissionState } from '@verbena/shared/ledger/member-state.js';
import type { MissionGoal } from '@verbena/shared/missions/mission.js';
import { lastDayOf, periodKey, weekAfter, weekBefore, type CalendarDay } from './calendar.js';
import type { CompiledMission, MissionSlot, TriggerKey } from './compiled-program.js';
import type { DecisionRun } from './decision-run.js';
import { own } from './own.js';

const NOTHING: MissionState = { completions: 0, periods: {}, weeks: {} };

/** Progress and completions of every mission that the triggers set off. Gives the badges that completions award. */
export function decideMissions(run: DecisionRun, triggers: readonly TriggerKey[]): ReadonlySet<string> {
  const badges = new Set<string>();
  for (const slot of run.program.missions) {
    const state = own(run.draft.state.missions, slot.id) ?? NOTHING;
    const mission = chooseRevision(slot, state, run);
    if (mission === null || !triggers.includes(mission.trigger)) continue;
    const { definition } = mission;
    if (mission.when && !mission.when.test(run.seen)) {
      run.receipt.miss('mission', definition, mission.when.explain(run.seen));
      continue;
    }
    if (advance(run, mission, state)) {
      for (const badge of definition.reward.badges) badges.add(badge);
    }
  }
  return badges;
}

/**
 * The revision under which a member plays: that of the period, or of the streak, in which it already stands; else the
 * present one.
 */
function chooseRevision(slot: MissionSlot, state: MissionState, run: DecisionRun): CompiledMission | null {
  for (const older of slot.older) {
    const { goal, zone, rev } = older.definition;
    const day = run.seen.day[zone];
    const held =
      goal.kind === 'streak'
        ? freeRun(state, day.week).some((week) => own(state.weeks, week)?.rev === rev)
        : own(state.periods, periodKey(day, goal.per))?.rev === rev;
    if (held) return older;
  }
  return slot.current;
}

type Advance<G extends MissionGoal> = (
  run: DecisionRun,
  mission: CompiledMission,
  goal: G,
  state: MissionState,
  day: CalendarDay,
) => boolean;
type Kinds = { [K in MissionGoal['kind']]: Advance<Extract<MissionGoal, { kind: K }>> };

/** What each kind of goal makes of one matching trigger: records progress, and says whether it completed. */
const kinds: Kinds = {
  count: (run, mission, goal, state, day) => {
    const period = periodKey(day, goal.per);
    const present = own(state.periods, period);
    if (!begin(run, mission, period) || isDone(run, mission, state, period)) return false;
    const progress = (present?.progress ?? 0) + 1;
    const { id, rev } = mission.definition;
    run.record({ type: 'mission.progressed', mission: id, rev, period, progress, target: goal.target });
    return finishPeriod(run, mission, state, period, progress, goal.target);
  },
  distinct: (run, mission, goal, state, day) => {
    const period = periodKey(day, goal.per);
    const present = own(state.periods, period);
    if (!begin(run, mission, period) || isDone(run, mission, state, period)) return false;
    const known = new Set(present?.items);
    const items: string[] = [];
    for (const value of mission.collect(run.seen.attributes)) {
      const item = String(value);
      if (known.size >= goal.target) break;
      if (known.has(item)) continue;
      known.add(item);
      items.push(item);
    }
    const { id, rev } = mission.definition;
    const progress = known.size;
    if (items.length > 0) {
      run.record({ type: 'mission.progressed', mission: id, rev, period, progress, target: goal.target, items });
    }
    return finishPeriod(run, mission, state, period, progress, goal.target);
  },
  streak: (run, mission, goal, state, day) => {
    const { week } = day;
    const { id, rev } = mission.definition;
    const target = goal.weeks;
    if (!begin(run, mission, week)) return false;
    const mark = own(state.weeks, week);
    if (mark !== undefined) {
      const reached = mark.used ? 0 : freeRun(state, week).length;
      // A week that is marked keeps the streak until the end of the next one, however often it is marked.
      run.receipt.miss('mission', mission.definition, [`streak:${lastDayOf(weekAfter(week))}`, reached, target]);
      return false;
    }
    const weeks = freeRun(state, week);
    const progress = weeks.length;
    run.record({ type: 'mission.progressed', mission: id, rev, period: week, progress, target, week });
    const first = weeks[0];
    if (progress < target || first === undefined) {
      run.receipt.miss('mission', mission.definition, [`streak:${lastDayOf(weekAfter(week))}`, progress, target]);
      return false;
    }
    complete(run, mission, state, first, weeks.slice(0, target));
    return true;
  },
};

function advance(run: DecisionRun, mission: CompiledMission, state: MissionState): boolean {
  const { goal, zone } = mission.definition;
  const day = run.seen.day[zone];
  switch (goal.kind) {
    case 'count':
      return kinds.count(run, mission, goal, state, day);
    case 'distinct':
      return kinds.distinct(run, mission, goal, state, day);
    case 'streak':
      return kinds.streak(run, mission, goal, state, day);
  }
}

/** Once a decision and period: false where this mission already had its turn. */
function begin(run: DecisionRun, mission: CompiledMission, period: string): boolean {
  const key = `mission:${mission.definition.id}:${period}`;
  if (run.fired.has(key)) return false;
  run.fired.add(key);
  return true;
}

function isDone(run: DecisionRun, mission: CompiledMission, state: MissionState, period: string): boolean {
  if (own(state.periods, period)?.done !== true) return false;
  run.receipt.miss('mission', mission.definition, [`done:${lastDayOf(period) ?? 'ever'}`, state.completions, null]);
  return true;
}

function finishPeriod(
  run: DecisionRun,
  mission: CompiledMission,
  state: MissionState,
  period: string,
  progress: number,
  target: number,
): boolean {
  if (progress < target) {
    run.receipt.miss('mission', mission.definition, [`progress:${lastDayOf(period) ?? 'ever'}`, progress, target]);
    return false;
  }
  complete(run, mission, state, period);
  return true;
}

/** Records the completion and gives its points, which nothing multiplies. */
function complete(
  run: DecisionRun,
  mission: CompiledMission,
  state: MissionState,
  period: string,
  weeks?: string[],
): void {
  const { id, rev, reward } = mission.definition;
  const completions = state.completions + 1;
  const effect = { type: 'mission.completed', mission: id, rev, period, completions } as const;
  run.record(weeks === undefined ? effect : { ...effect, weeks });
  if (reward.points.length === 0) run.receipt.fire('mission', mission.definition);
  for (const { currency, amount } of reward.points) {
    run.receipt.fire('mission', mission.definition, { currency, amount });
    run.earn(currency, amount, { kind: 'mission', id, rev });
  }
}

/** The unbroken run of free weeks around a week, that one included whether marked yet or not, earliest first. */
export function freeRun(state: MissionState, week: string): string[] {
  const isFree = (candidate: string): boolean => own(state.weeks, candidate)?.used === false;
  const weeks = [week];
  for (let before = weekBefore(week); isFree(before); before = weekBefore(before)) weeks.unshift(before);
  for (let after = weekAfter(week); isFree(after); after = weekAfter(after)) weeks.push(after);
  return weeks;
}
