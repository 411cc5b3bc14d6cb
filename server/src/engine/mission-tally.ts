import { targetOf, type PeriodGoal } from '@verbena/shared/missions/mission.js';
import type { CompiledMission } from './compiled-program.js';

/** How far a mission stands within one turn of one period. */
export interface Tally {
  readonly progress: number;
  /** The values collected, for the goals that collect any. */
  readonly items: readonly string[];
}

export const NO_PROGRESS: Tally = { progress: 0, items: [] };

/** What one more matching activity makes of it; the same tally where it brings nothing. Never beyond the target. */
export function addTo(
  tally: Tally,
  { definition, collect, wanted }: CompiledMission,
  goal: PeriodGoal,
  attributes: Readonly<Record<string, unknown>>,
): Tally {
  const target = targetOf(goal);
  switch (goal.kind) {
    case 'count':
    case 'sequence':
      return { progress: tally.progress + 1, items: [] };
    case 'sum': {
      let brought = 0;
      for (const value of collect(attributes)) if (typeof value === 'number') brought += value;
      if (brought <= 0) return tally;
      return { progress: Math.min(target, tally.progress + brought), items: [] };
    }
    case 'distinct':
    case 'set': {
      const known = new Set(tally.items);
      for (const value of collect(attributes)) {
        const item = String(value);
        if (known.size >= target) break;
        if (wanted === null || wanted.has(item)) known.add(item);
      }
      if (known.size === tally.items.length) return tally;
      return { progress: known.size, items: [...known] };
    }
  }
  throw new Error(`${definition.id} has a goal of an unknown kind.`);
}

/** How many of the rewarded parts of the way a progress has reached. */
export function stepsReached({ steps }: CompiledMission, progress: number): number {
  return steps.filter(({ at }) => at <= progress).length;
}
