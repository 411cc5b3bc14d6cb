import type { Problem } from '@verbena/shared/platform/problem.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import { checkReference, problem } from '#engine/check-definition.js';
import type { CompiledTier, DefinitionCompiler } from '#engine/compiled-program.js';

/** Tiers as definitions: one ladder, and the older revisions that members hold until theirs ends. */
export const tiersSource: DefinitionCompiler<'tiers'> = {
  kind: 'tiers',
  check: (definitions) => definitions.tiers.flatMap((tier, index) => checkTier(definitions, tier, index)),
  compile: ({ current, older }) => {
    const revisions = new Map<string, CompiledTier>();
    const keyOf = (id: string, rev: number): string => `${id} ${rev}`;
    for (const { tiers } of [...older.toReversed(), current]) {
      for (const definition of tiers) revisions.set(keyOf(definition.id, definition.rev), { definition });
    }
    return {
      ladder: current.tiers.map((definition) => ({ definition })),
      find: (id, rev) => revisions.get(keyOf(id, rev)),
    };
  },
};

function checkTier(definitions: Definitions, tier: Tier, index: number): Problem[] {
  const path = ['tiers', index];
  const [base] = definitions.tiers;
  const below = definitions.tiers[index - 1];
  const zone = definitions.currencies.find(({ id }) => id === tier.currency)?.zone;
  return [
    ...checkReference(definitions, 'currencies', tier.currency, [...path, 'currency']),
    ...(index === 0 && tier.threshold !== 0 ? problem([...path, 'threshold'], 'definition.lowestTier') : []),
    ...(below && tier.threshold <= below.threshold ? problem([...path, 'threshold'], 'definition.tierOrder') : []),
    ...(base && tier.currency !== base.currency ? problem([...path, 'currency'], 'definition.tierCurrency') : []),
    // What was earned in a year is kept by the currency's calendar.
    ...(zone !== undefined && tier.zone !== zone ? problem([...path, 'zone'], 'definition.tierZone') : []),
  ];
}
