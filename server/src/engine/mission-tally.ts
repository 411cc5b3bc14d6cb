import { targetOf, type PeriodGoal } from '@verbena/shared/missions/mission.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';
import type { CompiledMission } from './compiled-program.js';

/** How far a mission stands within one turn of one period. */
export interface Tally {
  readonly progress: number;
  /** The values collected, for the goals that collect any: of a set as it writes them, else as they were compared when they came. */
  readonly items: readonly string[];
}

export const NO_PROGRESS: Tally = { progress: 0, items: [] };

/** What one more matching activity makes of it; the same tally where it brings nothing. Never beyond the target. */
export function addTo(
  tally: Tally,
  mission: CompiledMission,
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
      const brought = goal.field === undefined ? 1 : sumOf(mission.collect(attributes));
      return brought <= 0 ? tally : { progress: Math.min(target, tally.progress + brought), items: [] };
    }
    case 'distinct':
    case 'set': {
      const { wanted } = mission;
      const values = mission.collect(attributes).map(String);
      const more = wanted === null ? values : values.flatMap((value) => wanted.get(value) ?? []);
      const items = withItems(mission, tally.items, more, target);
      return items.length === tally.items.length ? tally : { progress: items.length, items };
    }
  }
  throw new Error(`${mission.definition.id} has a goal of an unknown kind.`);
}

/** The values collected, with those of others that are not among them, up to so many. */
export function withItems(
  { folds, wanted }: Pick<CompiledMission, 'folds' | 'wanted'>,
  items: readonly string[],
  others: readonly string[],
  most: number,
): readonly string[] {
  // Those of a set stand as it writes them. What was folded by the rules of an earlier Unicode is compared by those of today.
  const compared = folds && wanted === null ? foldedText : (item: string) => item;
  const known = new Set(items.map(compared));
  const all = [...items];
  for (const item of others) {
    if (all.length >= most) break;
    if (known.has(compared(item))) continue;
    known.add(compared(item));
    all.push(item);
  }
  return all;
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
