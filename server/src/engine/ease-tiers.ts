import { isSame } from '@verbena/shared/programs/judge-change.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';

/** What says for whom and when a tier is, besides its threshold. */
function conditionsOf({ currency, zone, period, also }: Tier): unknown {
  return { currency, zone, period, also };
}

/**
 * Whether somebody who earns nothing more may reach a tier under the next list and not under the one before: a threshold that fell,
 * a tier that is new, another condition, currency or period. Names, colours, benefits, ends and rises let nobody in.
 */
export function easesTiers(before: readonly Tier[], next: readonly Tier[]): boolean {
  return next.some((tier) => {
    const known = before.find(({ id }) => id === tier.id);
    if (known === undefined || tier.threshold < known.threshold) return true;
    return !isSame(conditionsOf(tier), conditionsOf(known));
  });
}
