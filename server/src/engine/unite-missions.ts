import type { MemberState, MissionState, PeriodProgress, StreakWeek } from '@verbena/shared/ledger/member-state.js';
import { targetOf, type StreakGoal } from '@verbena/shared/missions/mission.js';
import { waitsOf } from './apply-effect.js';
import type { CompiledProgram } from './compiled-program.js';
import { findMission } from './decide-reversal.js';
import { joined, some } from './join-records.js';
import { withItems } from './mission-tally.js';
import { pausesOf, spentDays, unitePauses } from './pauses.js';
import { freezesOf } from './streak.js';

/**
 * Where a member stands in its missions once another account was joined to it. Completions and rewarded parts are those of both;
 * a period that either completed is completed. Where neither did, what both brought to it counts, but for one short of the
 * target: it is the next activity that completes it. What cannot be added (steps in their order, periods of other
 * revisions) is that of whoever was further. Weeks and pauses unite; a week that either used up is used up.
 */
export function uniteMissions({
  program,
  mine,
  theirs,
}: {
  readonly program: CompiledProgram;
  readonly mine: MemberState;
  readonly theirs: MemberState;
}): MemberState['missions'] {
  const united: MemberState['missions'] = { ...mine.missions };
  for (const [id, other] of Object.entries(theirs.missions)) {
    const present = united[id];
    united[id] = present === undefined ? other : uniteMission(program, id, present, other);
  }
  return united;
}

function uniteMission(program: CompiledProgram, id: string, mine: MissionState, theirs: MissionState): MissionState {
  const waits = [...waitsOf(mine), ...waitsOf(theirs)];
  const pauses = unitePauses([...pausesOf(mine), ...pausesOf(theirs)]);
  const pauseDays = some(joined(spentDays(mine), spentDays(theirs), Math.max));
  return {
    completions: mine.completions + theirs.completions,
    periods: joined(mine.periods, theirs.periods, (one, other) => unitePeriod(program, id, one, other)),
    weeks: joined(mine.weeks, theirs.weeks, uniteWeek),
    // A failed attempt stays one.
    ...(waits.length === 0 ? {} : { waits }),
    ...freezesOfBoth(streakOf(program, id), mine, theirs),
    ...(pauses.length === 0 ? {} : { pauses }),
    ...(pauseDays === undefined ? {} : { pauseDays }),
  };
}

function unitePeriod(
  program: CompiledProgram,
  id: string,
  mine: PeriodProgress,
  theirs: PeriodProgress,
): PeriodProgress {
  const isTheirs = mine.done === theirs.done ? theirs.progress > mine.progress && theirs.rev >= mine.rev : theirs.done;
  const [best, other] = isTheirs ? [theirs, mine] : [mine, theirs];
  const mission = findMission(program, id, best.rev);
  const steps = stepsOfBoth(mine, theirs, mission?.steps.length ?? 0);
  const times = (mine.times ?? 0) + (theirs.times ?? 0);
  const more = { ...(steps === 0 ? {} : { steps }), ...(times === 0 ? {} : { times }) };
  const { rev, progress, done, items } = best;
  const stays = { rev, progress, done, ...(items === undefined ? {} : { items }), ...more };
  const goal = mission?.definition.goal;
  if (other.rev !== rev || mission === undefined || goal === undefined) return stays;
  if (goal.kind === 'shared') return { ...stays, progress: progress + other.progress };
  if (done) return stays;
  switch (goal.kind) {
    case 'count':
    case 'sum':
      return { ...stays, progress: Math.max(progress, Math.min(progress + other.progress, targetOf(goal) - 1)) };
    case 'distinct':
    case 'set': {
      const most = Math.max(progress, targetOf(goal) - 1);
      const all = withItems(mission, items ?? [], other.items ?? [], most).slice(0, most);
      return { ...stays, progress: Math.max(progress, all.length), ...(all.length === 0 ? {} : { items: all }) };
    }
    case 'sequence':
    case 'streak':
      return stays;
  }
}

/** Rewarded parts of the way: those of every turn that either finished, and of the present turn those of whoever was further. */
function stepsOfBoth(mine: PeriodProgress, theirs: PeriodProgress, perTurn: number): number {
  const inTurn = ({ steps = 0, times = 0 }: PeriodProgress): number => Math.max(0, steps - times * perTurn);
  const turns = (mine.times ?? 0) + (theirs.times ?? 0);
  return turns * perTurn + Math.max(inTurn(mine), inTurn(theirs));
}

/** Something counted in it where it did for either. */
function uniteWeek(mine: StreakWeek, theirs: StreakWeek): StreakWeek {
  const { rev } = mine;
  const used = mine.used || theirs.used;
  const isKept = mine.kept !== undefined && theirs.kept !== undefined;
  return isKept ? { rev, used, kept: mine.kept } : { rev, used };
}

/** The more of both; where neither says so, the number with which the streak begins. */
function freezesOfBoth(
  goal: StreakGoal | null,
  mine: MissionState,
  theirs: MissionState,
): Pick<MissionState, 'freezes' | 'freezesFrom'> {
  if (mine.freezes === undefined && theirs.freezes === undefined) return {};
  const [one, other] = [mine, theirs].map((state) => (goal === null ? (state.freezes ?? 0) : freezesOf(goal, state)));
  const from = [mine, theirs].flatMap(({ freezes, freezesFrom }) => (freezes === 0 ? [] : [freezesFrom ?? '']));
  const [first = ''] = from.toSorted();
  return { freezes: Math.max(one ?? 0, other ?? 0), ...(first === '' ? {} : { freezesFrom: first }) };
}

function streakOf(program: CompiledProgram, id: string): StreakGoal | null {
  const slot = program.missions.find((one) => one.id === id);
  const goal = slot?.current?.definition.goal ?? slot?.older[0]?.definition.goal;
  return goal?.kind === 'streak' ? goal : null;
}
