import type { MissionRemainder, SetOff } from '@verbena/shared/ledger/facts.js';
import { targetOf } from '@verbena/shared/missions/mission.js';
import type { CompiledMission, CompiledProgram } from './compiled-program.js';
import { stepsReached } from './mission-tally.js';
import { findMission } from './decide-reversal.js';
import type { Occurrence } from './past-entry.js';
import { type Happened, type StandingPast, placeOf } from './standing-past.js';
import type { PeriodReplay, Replayed } from './replay-period.js';
import { rewardOf, stepRewardOf } from './set-off.js';

/**
 * What remains of each mission, in each of its revisions, in the periods in which these occurrences counted: one of each period,
 * without what its terms keep. `replay` plays without them.
 */
export function remaindersOf(
  program: CompiledProgram,
  past: StandingPast,
  replay: PeriodReplay,
  gone: readonly Occurrence[],
): MissionRemainder[] {
  const remainders = new Remainders(program, past, replay);
  const found = new Map<string, MissionRemainder>();
  for (const slot of program.missions)
    for (const mission of [slot.current, ...slot.older]) {
      if (mission === null) continue;
      for (const one of gone) {
        const period = replay.periodCounted(mission, one);
        if (period !== null) found.set(placeOf({ mission: slot.id, period }), remainders.of(mission, period));
      }
    }
  return [...found.values()].flatMap((one) => leftOf(program, one));
}

/**
 * Where a mission keeps what was reached, rewarded parts of the way stay, and a period with a completion is left as it is, so that
 * it is not completed twice. What all reached together stays in any case.
 */
function leftOf(program: CompiledProgram, remainder: MissionRemainder): MissionRemainder[] {
  const { completion, completions = [], stepsLeft } = remainder;
  const { onReversal, goal } = findMission(program, remainder.mission, remainder.rev)?.definition ?? {};
  if (onReversal !== 'keep' || goal?.kind === 'shared') return [remainder];
  if (completion !== undefined || completions.length > 0) return [];
  if (stepsLeft === undefined) return [remainder];
  return [{ ...remainder, stepsLeft: Number.MAX_SAFE_INTEGER, steps: [], badges: [] }];
}

class Remainders {
  constructor(
    private readonly program: CompiledProgram,
    private readonly past: StandingPast,
    private readonly replay: PeriodReplay,
  ) {}

  of(mission: CompiledMission, period: string): MissionRemainder {
    const { id, rev, goal, reset } = mission.definition;
    const replayed = this.replay.replay(mission, period);
    const { count, items } = replayed;
    const [completion, ...others] = this.fallenCompletions(mission, period);
    const left = this.past.completionsIn(id, period).length > others.length + (completion === undefined ? 0 : 1);
    const remainder = { mission: id, rev, period, count, ...(items === null ? {} : { items }) };
    const reached = {
      ...(completion === undefined ? {} : { completion }),
      ...(others.length === 0 ? {} : { others }),
    };
    if (goal.kind === 'streak') return { ...remainder, ...reached };
    const stands = this.past.isMerged && reset === undefined && left ? { stands: true as const } : {};
    return { ...remainder, ...reached, ...stands, ...this.moreOf(mission, period, replayed) };
  }

  /**
   * The completion of a period, or the one that used a week, with its reward and what it set off; several where accounts that had
   * completed the same were joined. None where a mission begins anew in its period: those are told one by one.
   */
  private fallenCompletions(mission: CompiledMission, period: string): SetOff[] {
    const { id, goal, reset } = mission.definition;
    if (reset !== undefined) return [];
    const isStreak = goal.kind === 'streak';
    const found = isStreak
      ? this.past.completionsOf(id).filter(({ effect }) => (effect.weeks ?? []).includes(period))
      : this.past.completionsIn(id, period).toReversed();
    if (!this.past.isMerged) return found.slice(0, 1).map((one) => this.rewardOf(one));
    const fallen = isStreak
      ? found
      : found.filter((one) => this.replay.ownProgress(mission, period, one.entry) < targetOf(goal));
    return fallen.map((one) => this.rewardOf(one));
  }

  /** What only missions with parts of the way, with other measures than a count, or that begin anew need said. */
  private moreOf(
    mission: CompiledMission,
    period: string,
    { progress, times }: Replayed,
  ): Partial<Omit<MissionRemainder, 'mission' | 'rev' | 'period' | 'count'>> {
    const { id, goal, reset } = mission.definition;
    const isPlain = reset === undefined && (goal.kind === 'count' || goal.kind === 'distinct');
    const stepsLeft = times * mission.steps.length + stepsReached(mission, progress);
    const hasSteps = this.past.stepsIn(id, period).length > 0;
    const fallen = this.fallenSteps(mission, period, stepsLeft);
    const given = fallen.flatMap(({ effect: { step } }) => mission.steps[step]?.reward.badges ?? []);
    const completions = this.past.completionsIn(id, period).slice(times);
    return {
      ...(isPlain ? {} : { progress }),
      ...(hasSteps ? { stepsLeft, steps: fallen.map(stepRewardOf) } : {}),
      ...(reset === undefined ? {} : { times, completions: completions.map((one) => this.rewardOf(one)) }),
      ...(given.length === 0 ? {} : { badges: given.filter((badge) => !this.isGivenElsewhere(badge, fallen)) }),
    };
  }

  /** The rewarded parts of the way that are no longer reached: of accounts that were joined each may have had the same one. */
  private fallenSteps(
    mission: CompiledMission,
    period: string,
    stepsLeft: number,
  ): readonly Happened<'mission.stepped'>[] {
    const { id, reset } = mission.definition;
    const standing = this.past.stepsIn(id, period);
    if (!this.past.isMerged) return standing.slice(stepsLeft);
    return standing.filter(
      ({ entry, effect: { step, steps } }) =>
        steps > stepsLeft ||
        (reset === undefined && step >= stepsReached(mission, this.replay.ownProgress(mission, period, entry))),
    );
  }

  /** Whether a mission gave a badge by something that stands, besides these parts of a way. */
  private isGivenElsewhere(badge: string, fallen: readonly Happened<'mission.stepped'>[]): boolean {
    return this.program.missions.some(({ id, current, older }) => {
      const isDone = this.past.completionsOf(id).length > 0;
      const steps = this.past.stepsOf(id).filter((one) => !fallen.includes(one));
      return [current, ...older].some((mission) => {
        if (mission === null) return false;
        const { rev, reward } = mission.definition;
        if (isDone && reward.badges.includes(badge)) return true;
        return steps.some(
          ({ effect }) => effect.rev === rev && mission.steps[effect.step]?.reward.badges.includes(badge) === true,
        );
      });
    });
  }

  private rewardOf(completion: Happened<'mission.completed'>): SetOff {
    return rewardOf(this.program, this.past, completion);
  }
}
