import {
  type Mission,
  type MissionReward,
  type MissionWindow,
  type Prerequisite,
  stepsOf,
  type StreakGoal,
  targetOf,
  unitOf,
} from '@verbena/shared/missions/mission.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';
import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Condition } from '@verbena/shared/rules/condition.js';
import type { Trigger } from '@verbena/shared/rules/trigger.js';
import {
  checkAmountField,
  checkCollectedField,
  checkCondition,
  checkDay,
  checkReference,
  checkTrigger,
  problem,
  type Path,
} from '#engine/check-definition.js';
import { compileCondition } from '#engine/compile-condition.js';
import { attributesOf, thresholdsOf } from '#engine/compile-trigger.js';
import type {
  CompiledMission,
  CompiledStep,
  CompileInput,
  DefinitionCompiler,
  MissionSlot,
  TriggerKey,
} from '#engine/compiled-program.js';
import { compileField, isFolded } from '#engine/field-values.js';
import { triggerKey } from '#engine/definition-graph.js';
import { compileGate } from '#engine/mission-gate.js';

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

function listensOf(missions: readonly CompiledMission[]): ReadonlySet<TriggerKey> {
  return new Set(missions.flatMap(({ listens }) => [...listens]));
}

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
  return { id, listens: listensOf(present ? [present, ...older] : older), current: present, older };
}

function compileMission(mission: Mission, definitions: Definitions, { counters }: CompileInput): CompiledMission {
  const { goal, failure } = mission;
  const thresholds = thresholdsOf(definitions);
  const compileStep = (on: Trigger, when: Condition | undefined): CompiledStep => {
    const scope = {
      zone: mission.zone,
      attributes: attributesOf(on, definitions),
      thresholds,
      declared: definitions,
      counters,
    };
    return { trigger: triggerKey(on), when: when ? compileCondition(when, scope) : null };
  };
  const { trigger, when } = compileStep(mission.on, mission.when);
  const sequence =
    goal.kind === 'sequence' ? goal.steps.map((step) => compileStep(step.on ?? mission.on, step.when)) : [];
  const field = 'field' in goal ? goal.field : undefined;
  const folds = field !== undefined && isFolded(attributesOf(mission.on, definitions), field);
  const failed = failure ? { ...compileStep(failure.on, failure.when), coolDownDays: failure.coolDownDays } : null;
  return {
    definition: mission,
    trigger,
    when,
    gate: compileGate(mission, thresholds),
    folds,
    collect: field === undefined ? () => [] : compileField(field, folds),
    wanted:
      goal.kind === 'set' ? new Map(goal.values.map(({ value }) => [folds ? foldedText(value) : value, value])) : null,
    sequence,
    steps: stepsOf(mission),
    failure: failed,
    listens: new Set([trigger, ...sequence.map((step) => step.trigger), ...(failed ? [failed.trigger] : [])]),
  };
}

function checkMission(definitions: Definitions, mission: Mission, path: Path): Problem[] {
  const { goal, reward, failure } = mission;
  return [
    ...checkStep(definitions, mission.on, mission.on, mission.when, path),
    ...checkGoal(definitions, mission, [...path, 'goal']),
    ...(mission.reset !== undefined && goal.kind === 'streak'
      ? problem([...path, 'reset'], 'mission.streakRepeats')
      : []),
    ...(mission.reset !== undefined && goal.kind === 'shared' ? problem([...path, 'reset'], 'mission.sharedOnce') : []),
    ...(mission.budget !== undefined && goal.kind === 'shared'
      ? problem([...path, 'budget'], 'mission.sharedPlaces')
      : []),
    ...checkSteps(mission, [...path, 'steps']),
    ...(mission.requires ?? []).flatMap((required, index) =>
      checkRequired(definitions, mission, required, [...path, 'requires', index]),
    ),
    ...checkWindow(mission.window ?? {}, [...path, 'window']),
    ...(failure ? checkStep(definitions, failure.on, mission.on, failure.when, [...path, 'failure']) : []),
    ...checkReward(definitions, reward, [...path, 'reward']),
    ...(mission.steps ?? []).flatMap((step, index) =>
      checkReward(definitions, step.reward, [...path, 'steps', index, 'reward']),
    ),
  ];
}

/** A trigger with its condition; without one of its own a step is set off by the mission's. */
function checkStep(
  definitions: Definitions,
  on: Trigger | undefined,
  otherwise: Trigger,
  when: Condition | undefined,
  path: Path,
): Problem[] {
  const attributes = attributesOf(on ?? otherwise, definitions);
  return [
    ...(on ? checkTrigger(definitions, on, [...path, 'on']) : []),
    ...(when ? checkCondition(definitions, attributes, when, [...path, 'when']) : []),
  ];
}

function checkGoal(definitions: Definitions, { goal, on }: Mission, path: Path): Problem[] {
  const attributes = attributesOf(on, definitions);
  const folds = 'field' in goal && goal.field !== undefined && isFolded(attributes, goal.field);
  const asCompared = (value: string): string => (folds ? foldedText(value) : value);
  const period = 'per' in goal && typeof goal.per !== 'string' ? checkDay(goal.per.from, [...path, 'per', 'from']) : [];
  switch (goal.kind) {
    case 'shared':
      return goal.field === undefined
        ? period
        : [...period, ...checkAmountField(attributes, goal.field, [...path, 'field'])];
    case 'sum':
      return [...period, ...checkAmountField(attributes, goal.field, [...path, 'field'])];
    case 'distinct':
      return [...period, ...checkCollectedField(attributes, goal.field, [...path, 'field'])];
    case 'set':
      return [
        ...period,
        ...checkCollectedField(attributes, goal.field, [...path, 'field']),
        ...goal.values.flatMap(({ value }, index) =>
          goal.values.findIndex((other) => asCompared(other.value) === asCompared(value)) < index
            ? problem([...path, 'values', index, 'value'], 'definition.duplicateId', { id: value })
            : [],
        ),
      ];
    case 'sequence':
      return [
        ...period,
        ...goal.steps.flatMap((step, index) => [
          ...checkStep(definitions, step.on, on, step.when, [...path, 'steps', index]),
          ...(step.reward ? checkReward(definitions, step.reward, [...path, 'steps', index, 'reward']) : []),
        ]),
      ];
    case 'streak':
      return checkStreak(goal, path);
    default:
      return period;
  }
}

/** Grace is shorter than what it is a grace of, and nobody begins with more freezes than can be held. */
function checkStreak(goal: StreakGoal, path: Path): Problem[] {
  const { graceDays = 0, freezes } = goal;
  const graceMax = { day: 1, week: 6, month: 27 }[unitOf(goal)];
  return [
    ...(graceDays > graceMax ? problem([...path, 'graceDays'], 'mission.graceTooLong', { maximum: graceMax }) : []),
    ...(freezes !== undefined && (freezes.start ?? 0) > freezes.max
      ? problem([...path, 'freezes', 'start'], 'definition.minAboveMax')
      : []),
  ];
}

/** Parts of the way stand nearest first, and none beyond the target. */
function checkSteps({ goal, steps = [] }: Mission, path: Path): Problem[] {
  if (steps.length > 0 && (goal.kind === 'streak' || goal.kind === 'sequence'))
    return problem(path, 'mission.stepsOfGoal');
  return steps.flatMap(({ at }, index) => {
    const place = [...path, index, 'at'];
    if (at > targetOf(goal)) return problem(place, 'mission.stepBeyond', { maximum: targetOf(goal) });
    return at <= (steps[index - 1]?.at ?? 0) ? problem(place, 'mission.stepOrder') : [];
  });
}

function checkRequired(definitions: Definitions, mission: Mission, required: Prerequisite, path: Path): Problem[] {
  if ('badge' in required) return checkReference(definitions, 'badges', required.badge, [...path, 'badge']);
  if ('tier' in required) return checkReference(definitions, 'tiers', required.tier, [...path, 'tier']);
  const place = [...path, 'mission'];
  if (leadsTo(definitions, required.mission, mission.id)) return problem(place, 'mission.requiresItself');
  return checkReference(definitions, 'missions', required.mission, place);
}

/** Whether a mission requires another one, itself or over others: then neither could ever begin. */
function leadsTo(definitions: Definitions, from: string, to: string, known = new Set<string>()): boolean {
  if (from === to) return true;
  if (known.has(from)) return false;
  known.add(from);
  const requires = definitions.missions.find(({ id }) => id === from)?.requires ?? [];
  return requires.some((one) => 'mission' in one && leadsTo(definitions, one.mission, to, known));
}

function checkWindow({ from, until, hours }: MissionWindow, path: Path): Problem[] {
  return [
    ...checkDay(from, [...path, 'from']),
    ...checkDay(until, [...path, 'until']),
    ...(from !== undefined && until !== undefined && from > until
      ? problem([...path, 'until'], 'definition.endsBeforeStart')
      : []),
    ...(hours !== undefined && hours.from === hours.until
      ? problem([...path, 'hours', 'until'], 'mission.noHours')
      : []),
  ];
}

function checkReward(definitions: Definitions, reward: MissionReward, path: Path): Problem[] {
  return [
    ...reward.points.flatMap(({ currency }, index) =>
      checkReference(definitions, 'currencies', currency, [...path, 'points', index, 'currency']),
    ),
    ...reward.badges.flatMap((badge, index) => checkRewardBadge(definitions, badge, [...path, 'badges', index])),
  ];
}

function checkRewardBadge(definitions: Definitions, id: string, path: Path): Problem[] {
  const badge = definitions.badges.find((candidate) => candidate.id === id);
  if (badge === undefined) return checkReference(definitions, 'badges', id, path);
  return badge.grant.kind === 'reward' ? [] : problem(path, 'definition.badgeNotReward', { id });
}
