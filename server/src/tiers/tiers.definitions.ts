import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import { fieldTestOf } from '@verbena/shared/rules/condition.js';
import type { Tier, TierCriterion } from '@verbena/shared/tiers/tier.js';
import {
  checkAmountField,
  checkCounted,
  checkMemberTest,
  checkReference,
  problem,
  type Path,
} from '#engine/check-definition.js';
import { compileFieldTest } from '#engine/compile-field-test.js';
import { compileCounter, compileEarnedCounter } from '#engine/compile-counter.js';
import { attributesOf, knownOf } from '#engine/compile-trigger.js';
import type { CompiledTier, CompileInput, DefinitionCompiler, TierStanding } from '#engine/compiled-program.js';
import { sumOf } from '#engine/tier-window.js';

/** Tiers as definitions: one ladder, and the older revisions that members hold until theirs ends. */
export const tiersSource: DefinitionCompiler<'tiers'> = {
  kind: 'tiers',
  check: (definitions) => definitions.tiers.flatMap((tier, index) => checkTier(definitions, tier, index)),
  compile: (input) => {
    const { current, older, counters } = input;
    const revisions = new Map<string, CompiledTier>();
    const keyOf = (id: string, rev: number): string => `${id} ${rev}`;
    for (const { tiers } of older.toReversed())
      for (const tier of tiers)
        revisions.set(keyOf(tier.id, tier.rev), { definition: tier, also: null, lacks: () => [] });
    const ladder = current.tiers.map((tier) => compileTier(tier, input));
    for (const tier of ladder) revisions.set(keyOf(tier.definition.id, tier.definition.rev), tier);
    const [base] = current.tiers;
    const earnedByDay = base?.period === undefined ? null : compileEarnedCounter(base.currency, base.zone);
    if (earnedByDay !== null) counters.declare(earnedByDay);
    const criteria = current.tiers.flatMap(({ also }) => also?.of ?? []);
    return {
      ladder,
      find: (id, rev) => revisions.get(keyOf(id, rev)),
      earnedByDay,
      asksMore: criteria.length > 0,
      asksJoined: base?.period?.kind === 'anniversary' || criteria.some((one) => 'memberDays' in one),
    };
  },
};

function compileTier(definition: Tier, input: CompileInput): CompiledTier {
  const { also } = definition;
  if (also === undefined) return { definition, also: null, lacks: () => [] };
  const tests = also.of.map((one) => compileCriterion(one, definition, input));
  const isMet = (standing: TierStanding): boolean =>
    also.match === 'all' ? tests.every((test) => test(standing)) : tests.some((test) => test(standing));
  return {
    definition,
    also: isMet,
    lacks: (standing) => (isMet(standing) ? [] : tests.flatMap((test, place) => (test(standing) ? [] : [place]))),
  };
}

function compileCriterion(
  criterion: TierCriterion,
  { zone, period }: Tier,
  { current, counters }: CompileInput,
): (standing: TierStanding) => boolean {
  if ('earned' in criterion) return ({ earned }) => earned >= criterion.earned;
  if ('has' in criterion) {
    const matches = compileFieldTest(fieldTestOf(criterion.has), knownOf(current));
    return ({ attributes }) => matches(attributes);
  }
  if ('memberDays' in criterion) return ({ memberDays }) => memberDays >= criterion.memberDays;
  const counted = 'sum' in criterion ? criterion.sum : criterion.count;
  const attributes = attributesOf(counted, current);
  const counter = compileCounter({ ...counted, attributes, bucket: period === undefined ? 'year' : 'day', zone });
  counters.declare(counter);
  return ({ counters: held, first, last }) => sumOf(held, counter, first, last) >= criterion.atLeast;
}

function checkTier(definitions: Definitions, tier: Tier, index: number): Problem[] {
  const path = ['tiers', index];
  const [base] = definitions.tiers;
  const below = definitions.tiers[index - 1];
  const { zone, expiry } = definitions.currencies.find(({ id }) => id === tier.currency) ?? {};
  return [
    ...checkReference(definitions, 'currencies', tier.currency, [...path, 'currency']),
    ...(index === 0 && tier.threshold !== 0 ? problem([...path, 'threshold'], 'definition.lowestTier') : []),
    // Where something else makes the difference, the points need not.
    ...(below && (tier.also ? tier.threshold < below.threshold : tier.threshold <= below.threshold)
      ? problem([...path, 'threshold'], 'definition.tierOrder')
      : []),
    ...(index === 0 && tier.also ? problem([...path, 'also'], 'tier.lowestAsks') : []),
    ...(base && JSON.stringify(tier.period) !== JSON.stringify(base.period)
      ? problem([...path, 'period'], 'tier.samePeriod')
      : []),
    ...checkAnchor(definitions, tier, [...path, 'period', 'of']),
    ...(base && tier.downgrade !== base.downgrade ? problem([...path, 'downgrade'], 'tier.sameDowngrade') : []),
    ...(tier.also?.of ?? []).flatMap((one, place) => checkCriterion(definitions, one, [...path, 'also', 'of', place])),
    ...(tier.expiry?.kind === 'never' && expiry?.kind === 'inactivity'
      ? problem([...path, 'expiry'], 'tier.neverByInactivity')
      : []),
    ...(base && tier.currency !== base.currency ? problem([...path, 'currency'], 'definition.tierCurrency') : []),
    // What was earned in a year is kept by the currency's calendar.
    ...(zone !== undefined && tier.zone !== zone ? problem([...path, 'zone'], 'definition.tierZone') : []),
  ];
}

/** The attribute from whose day years are counted is one that the program declares, and a text. */
function checkAnchor({ memberAttributes = [] }: Definitions, { period }: Tier, path: Path): Problem[] {
  if (period?.kind !== 'anniversary' || period.of === undefined) return [];
  const found = memberAttributes.find(({ id }) => id === period.of);
  if (found === undefined) return problem(path, 'definition.unknown.memberAttribute', { id: period.of });
  return found.schema.type === 'string' ? [] : problem(path, 'tier.noDay', { id: period.of });
}

function checkCriterion(definitions: Definitions, criterion: TierCriterion, path: Path): Problem[] {
  if ('has' in criterion) return checkMemberTest(definitions, criterion.has, [...path, 'has']);
  if ('count' in criterion) return checkCounted(definitions, criterion.count, [...path, 'count']);
  if (!('sum' in criterion)) return [];
  const type = definitions.activityTypes.find(({ id }) => id === criterion.sum.activity);
  return [
    ...checkCounted(definitions, criterion.sum, [...path, 'sum']),
    ...(type ? checkAmountField(type.attributes, criterion.sum.field, [...path, 'sum', 'field']) : []),
  ];
}
