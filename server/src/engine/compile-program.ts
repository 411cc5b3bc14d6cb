import type { Problem } from '@verbena/shared/platform/problem.js';
import { DEFINITION_KINDS, type DefinitionKind, type Definitions } from '@verbena/shared/programs/definitions.js';
import { checkMemberAttributes, problem } from './check-definition.js';
import { compileBudgets } from './compile-budgets.js';
import { CounterCollection } from './compile-counter.js';
import type {
  CompiledProgram,
  CompiledRule,
  CompileInput,
  DefinitionCompiler,
  NumberedDefinitions,
  ProgramSettings,
  TiersOfVersion,
  TriggerKey,
} from './compiled-program.js';
import { checkDepth, triggerKey } from './definition-graph.js';
import { easesTiers } from './ease-tiers.js';
import { canBeKept } from './streak.js';

/** The compiler of each list of definitions; leaving one out does not compile. */
export type DefinitionCompilers = { readonly [K in DefinitionKind]: DefinitionCompiler<K> };

/**
 * Makes a published version ready for decisions. `older` are the versions whose revisions members may still hold, newest
 * first. Needs no Nest: laws, tests and bench call it as it is.
 * @throws where definitions refer to what is not there; `checkDefinitions` says so beforehand, with the place.
 */
export function compileProgram(
  settings: ProgramSettings,
  current: NumberedDefinitions,
  older: readonly NumberedDefinitions[],
  compilers: DefinitionCompilers,
): CompiledProgram {
  const counters = new CounterCollection();
  const input: CompileInput = {
    current: current.definitions,
    older: older.map(({ definitions }) => definitions),
    days: [current, ...older].map(({ on }) => on),
    counters,
  };
  const rules = compilers.rules.compile(input);
  const missions = compilers.missions.compile(input);
  const badges = [current, ...older].flatMap(({ definitions }) => definitions.badges);
  return {
    version: current.version,
    mainCurrency: current.definitions.currencies[0]?.id ?? '',
    assessFrom: assessFromOf([current, ...older]),
    tiersAt: tiersOfVersions([current, ...older], compilers.tiers),
    keptBadges: new Set(badges.flatMap(({ id, rev, onReversal }) => (onReversal === 'keep' ? [`${id}@${rev}`] : []))),
    zone: settings.zone,
    time: settings.time,
    activityTypes: compilers.activityTypes.compile(input),
    currencies: compilers.currencies.compile(input),
    rules,
    missions,
    badges: compilers.badges.compile(input),
    tiers: compilers.tiers.compile(input),
    boards: compilers.boards.compile(input),
    referrals: compilers.referrals.compile(input),
    memberAttributes: current.definitions.memberAttributes ?? [],
    counters: counters.finish(),
    budgets: compileBudgets(current.definitions),
    rulesByTrigger: groupByTrigger(rules),
    triggersOfRules: collectTriggers([...input.older.toReversed(), input.current]),
    keptStreaks: missions.filter(canBeKept),
    asksHours: missions.some(({ current, older }) =>
      [current, ...older].some((mission) => mission?.definition.window?.hours !== undefined),
    ),
  };
}

/** How tiers were decided under each of some versions, newest first: compiled when it is asked for. */
function tiersOfVersions(
  versions: readonly NumberedDefinitions[],
  compiler: DefinitionCompilers['tiers'],
): CompiledProgram['tiersAt'] {
  const known = new Map<number, TiersOfVersion>();
  return (version) => {
    const found = versions.findIndex((one) => one.version <= version);
    const [current, ...older] = versions.slice(found === -1 ? versions.length - 1 : found);
    if (current === undefined) throw new Error('A program without any version has no tiers.');
    const present = known.get(current.version);
    if (present !== undefined) return present;
    const counters = new CounterCollection();
    const tiers = compiler.compile({
      current: current.definitions,
      older: older.map(({ definitions }) => definitions),
      days: [current, ...older].map(({ on }) => on),
      counters,
    });
    const compiled = { tiers, counters: counters.finish(), assessFrom: assessFromOf([current, ...older]) };
    known.set(current.version, compiled);
    return compiled;
  };
}

/** Of versions, newest first: the newest that made tiers easier than the one before it. */
function assessFromOf(versions: readonly NumberedDefinitions[]): number {
  const found = versions.find(({ definitions }, index) => {
    const before = versions[index + 1];
    return before !== undefined && easesTiers(before.definitions.tiers, definitions.tiers);
  });
  return found?.version ?? 0;
}

function collectTriggers(versions: readonly Definitions[]): ReadonlyMap<string, TriggerKey> {
  return new Map(
    versions.flatMap(({ rules }) => rules.map(({ id, rev, on }) => [`${id}@${rev}`, triggerKey(on)] as const)),
  );
}

/** Everything that is wrong with a set of definitions; an empty list may be published. Paths start at the set. */
export function checkDefinitions(definitions: Definitions, compilers: DefinitionCompilers): Problem[] {
  return [
    ...DEFINITION_KINDS.flatMap((kind) => [
      ...findDuplicates(kind, definitions[kind]),
      ...compilers[kind].check(definitions),
    ]),
    ...checkMemberAttributes(definitions),
    ...checkDepth(definitions),
  ];
}

function findDuplicates(kind: DefinitionKind, list: readonly { readonly id: string }[]): Problem[] {
  const known = new Set<string>();
  return list.flatMap(({ id }, index) => {
    if (known.has(id)) return problem([kind, index, 'id'], 'definition.duplicateId', { id });
    known.add(id);
    return [];
  });
}

function groupByTrigger(rules: readonly CompiledRule[]): ReadonlyMap<TriggerKey, readonly CompiledRule[]> {
  const groups = new Map<TriggerKey, CompiledRule[]>();
  for (const rule of rules) groups.set(rule.trigger, [...(groups.get(rule.trigger) ?? []), rule]);
  return groups;
}
