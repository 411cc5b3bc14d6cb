import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import {
  checkCollectedField,
  checkCondition,
  checkReference,
  checkTrigger,
  problem,
  type Path,
} from '#engine/check-definition.js';
import { compileCondition } from '#engine/compile-condition.js';
import { attributesOf, thresholdsOf } from '#engine/compile-trigger.js';
import type { CompiledMission, CompileInput, DefinitionCompiler, MissionSlot } from '#engine/compiled-program.js';
import { compileField } from '#engine/field-values.js';
import { triggerKey } from '#engine/definition-graph.js';

/** Missions as definitions, with the older revisions under which members are in the middle of a period or a streak. */
export const missionsSource: DefinitionCompiler<'missions'> = {
  kind: 'missions',
  check: (definitions) =>
    definitions.missions.flatMap((mission, index) => checkMission(definitions, mission, ['missions', index])),
  compile: (input) => {
    const current = input.current.missions.map((mission) => compileMission(mission, input.current, input));
    const ids = new Set(current.map(({ definition }) => definition.id));
    for (const { missions } of input.older) for (const { id } of missions) ids.add(id);
    return [...ids].map((id) => slotOf(id, current, input));
  },
};

function slotOf(id: string, current: readonly CompiledMission[], input: CompileInput): MissionSlot {
  const present = current.find(({ definition }) => definition.id === id) ?? null;
  const revisions = new Set(present ? [present.definition.rev] : []);
  const older: CompiledMission[] = [];
  for (const definitions of input.older) {
    const mission = definitions.missions.find((candidate) => candidate.id === id);
    if (mission === undefined || revisions.has(mission.rev)) continue;
    revisions.add(mission.rev);
    older.push(compileMission(mission, definitions, input));
  }
  return { id, current: present, older };
}

function compileMission(mission: Mission, definitions: Definitions, { counters }: CompileInput): CompiledMission {
  const scope = {
    zone: mission.zone,
    attributes: attributesOf(mission.on, definitions),
    thresholds: thresholdsOf(definitions),
    counters,
  };
  return {
    definition: mission,
    trigger: triggerKey(mission.on),
    when: mission.when ? compileCondition(mission.when, scope) : null,
    collect: mission.goal.kind === 'distinct' ? compileField(mission.goal.field) : () => [],
  };
}

function checkMission(definitions: Definitions, mission: Mission, path: Path): Problem[] {
  const attributes = attributesOf(mission.on, definitions);
  const { goal, reward } = mission;
  return [
    ...checkTrigger(definitions, mission.on, [...path, 'on']),
    ...(mission.when ? checkCondition(definitions, attributes, mission.when, [...path, 'when']) : []),
    ...(goal.kind === 'distinct' ? checkCollectedField(attributes, goal.field, [...path, 'goal', 'field']) : []),
    ...reward.points.flatMap(({ currency }, index) =>
      checkReference(definitions, 'currencies', currency, [...path, 'reward', 'points', index, 'currency']),
    ),
    ...reward.badges.flatMap((badge, index) =>
      checkRewardBadge(definitions, badge, [...path, 'reward', 'badges', index]),
    ),
  ];
}

function checkRewardBadge(definitions: Definitions, id: string, path: Path): Problem[] {
  const badge = definitions.badges.find((candidate) => candidate.id === id);
  if (badge === undefined) return checkReference(definitions, 'badges', id, path);
  return badge.grant.kind === 'reward' ? [] : problem(path, 'definition.badgeNotReward', { id });
}
