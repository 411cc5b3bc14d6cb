import { targetOf, unitOf } from '@verbena/shared/missions/mission.js';
import { dayOf, periodKey } from './calendar.js';
import type { CompiledMission, CompiledStep } from './compiled-program.js';
import { partsOf } from './joined-accounts.js';
import { addTo, capOf, NO_PROGRESS } from './mission-tally.js';
import { keyOf, type Occurrence, type PastEntry } from './past-entry.js';
import type { StandingPast } from './standing-past.js';
import type { PastStates } from './past-states.js';
import type { Seen } from './seen.js';

/** A period played again: matching activities, turns that were completed, and where the last one stands. */
export interface Replayed {
  readonly count: number;
  readonly times: number;
  readonly progress: number;
  /** The values collected, for the goals that collect any. */
  readonly items: string[] | null;
}

/** Plays periods of missions again, in the order of the journal, with what still stands of them once something is gone. */
export class PeriodReplay {
  constructor(
    private readonly past: StandingPast,
    private readonly states: PastStates,
    /** Occurrences that are gone besides what the journal says, by `keyOf`. */
    private readonly gone: ReadonlySet<string>,
    /** What an activity is left with. */
    private readonly attributesLeft: (entry: PastEntry) => Seen['attributes'],
  ) {}

  /** The period in which an occurrence counted for a mission; null where it did not. */
  periodCounted(mission: CompiledMission, { trigger, entry }: Occurrence): string | null {
    if (!mission.listens.has(trigger)) return null;
    const { id, rev, goal } = mission.definition;
    const period = periodOf(mission, entry);
    if (!this.past.hasBegun(id, rev, period, entry)) return null;
    if (goal.kind === 'sequence') return period;
    const counted = mission.trigger === trigger && this.matches(mission, mission, entry, this.past.attributesOf(entry));
    return counted ? period : null;
  }

  /** What is left of a period. */
  replay(mission: CompiledMission, period: string): Replayed {
    return this.play(mission, period, this.entriesOf(mission, period));
  }

  /**
   * How far what is left of a period comes for the account that an entry was decided for, with those that were joined to it by then:
   * what one earned alone is judged by its own entries, however much others have brought since.
   */
  ownProgress(mission: CompiledMission, period: string, at: PastEntry): number {
    const { entries } = this.past;
    const parts = partsOf(entries, at.member ?? '', entries.indexOf(at));
    const own = this.entriesOf(mission, period).filter(({ member = '' }) => parts.has(member));
    return this.play(mission, period, own).progress;
  }

  private entriesOf({ definition: { id, rev } }: CompiledMission, period: string): readonly PastEntry[] {
    return this.past.entries.filter((entry) => this.past.hasBegun(id, rev, period, entry));
  }

  private play(mission: CompiledMission, period: string, entries: readonly PastEntry[]): Replayed {
    const { goal, reset } = mission.definition;
    let tally = NO_PROGRESS;
    let count = 0;
    let times = 0;
    for (const entry of entries) {
      const step = mission.sequence[tally.progress] ?? mission;
      if (this.gone.has(keyOf({ trigger: step.trigger, entry })) || !this.past.stands(step.trigger, entry)) continue;
      if (periodOf(mission, entry) !== period) continue;
      const attributes = this.attributesLeft(entry);
      if (!this.matches(mission, step, entry, attributes)) continue;
      count += 1;
      if (goal.kind === 'streak' || tally.progress >= capOf(goal)) continue;
      tally = addTo(tally, mission, goal, attributes);
      if (reset === undefined || goal.kind === 'shared' || tally.progress < targetOf(goal)) continue;
      times += 1;
      tally = NO_PROGRESS;
    }
    const collects = goal.kind === 'distinct' || goal.kind === 'set';
    return { count, times, progress: tally.progress, items: collects ? [...tally.items] : null };
  }

  /** Asked with the state of that moment, which is folded only where there is a condition. */
  private matches(
    { gate, when }: CompiledMission,
    step: CompiledStep,
    entry: PastEntry,
    attributes: Seen['attributes'],
  ): boolean {
    return [gate, when, step.when].every(
      (condition) => condition === null || condition.test(this.states.seenOf(entry, attributes)),
    );
  }
}

function periodOf({ definition: { id, goal, zone } }: CompiledMission, { facts, effects }: PastEntry): string {
  const day = dayOf(facts.calendar.occurred[zone]);
  if (goal.kind !== 'streak') return periodKey(day, goal.per);
  // In its days of grace something may have counted for the unit before.
  const marked = effects.find((effect) => effect.type === 'mission.progressed' && effect.mission === id);
  return marked?.type === 'mission.progressed' ? marked.period : periodKey(day, unitOf(goal));
}
