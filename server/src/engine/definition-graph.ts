import type { Problem } from '@verbena/shared/platform/problem.js';
import { stepsOf } from '@verbena/shared/missions/mission.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Trigger } from '@verbena/shared/rules/trigger.js';
import { problem } from './check-definition.js';
import type { TriggerKey } from './compiled-program.js';

/** Definitions may set one another off over at most so many steps. */
export const GRAPH_DEPTH_MAX = 8;

export function triggerKey(trigger: Trigger): TriggerKey {
  if ('activity' in trigger) return `activity:${trigger.activity}`;
  if ('mission' in trigger) return `mission:${trigger.mission}`;
  if ('badge' in trigger) return `badge:${trigger.badge}`;
  return `tier:${trigger.tier}`;
}

/**
 * Refuses missions, badges and what they set off in turn beyond 8 steps; a circle has no end and is refused too. Points
 * that lead to a tier are no step: a decision only ever climbs, so a tier is reached once in it.
 */
export function checkDepth(definitions: Definitions): Problem[] {
  const sets = new Map<TriggerKey, TriggerKey[]>();
  const link = (from: TriggerKey, to: TriggerKey): void => void sets.set(from, [...(sets.get(from) ?? []), to]);
  for (const mission of definitions.missions) {
    const { id, on, goal, reward } = mission;
    const triggers = goal.kind === 'sequence' ? goal.steps.map((step) => step.on ?? on) : [on];
    for (const trigger of triggers) link(triggerKey(trigger), `mission:${id}`);
    const badges = [...reward.badges, ...stepsOf(mission).flatMap((step) => step.reward.badges)];
    for (const badge of badges) link(`mission:${id}`, `badge:${badge}`);
  }
  for (const { id, on } of definitions.rules) link(triggerKey(on), `rule:${id}`);
  const depths = new Map<TriggerKey, number>();
  const depthOf = (key: TriggerKey, above: ReadonlySet<TriggerKey>): number => {
    if (above.has(key)) return Infinity;
    const known = depths.get(key);
    if (known !== undefined) return known;
    const below = new Set([...above, key]);
    const depth = 1 + Math.max(0, ...(sets.get(key) ?? []).map((next) => depthOf(next, below)));
    depths.set(key, depth);
    return depth;
  };
  return definitions.missions.flatMap(({ id }, index) =>
    depthOf(`mission:${id}`, new Set()) > GRAPH_DEPTH_MAX
      ? problem(['missions', index, 'on'], 'definition.tooDeep', { maximum: GRAPH_DEPTH_MAX })
      : [],
  );
}
