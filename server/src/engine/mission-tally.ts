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
  const target = capOf(goal);
  switch (goal.kind) {
    case 'count':
    case 'sequence':
      return { progress: tally.progress + 1, items: [] };
    case 'sum':
    case 'shared': {
      const brought = goal.field === undefined ? 1 : sumOf(collect(attributes));
      return brought <= 0 ? tally : { progress: Math.min(target, tally.progress + brought), items: [] };
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

function sumOf(values: readonly unknown[]): number {
  let sum = 0;
  for (const value of values) if (typeof value === 'number') sum += value;
  return sum;
}

/** How far one member can get: of what all bring together there is no most. */
export function capOf(goal: PeriodGoal): number {
  return goal.kind === 'shared' ? Number.MAX_SAFE_INTEGER : targetOf(goal);
}

/** How many of the rewarded parts of the way a progress has reached. */
export function stepsReached({ steps }: CompiledMission, progress: number): number {
  return steps.filter(({ at }) => at <= progress).length;
}
