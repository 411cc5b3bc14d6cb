import type { HeldTier } from '@verbena/shared/ledger/member-state.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import type { TierWords } from './tiers.es.js';

/**
 * Until when a tier is held, and what happens then, in calm words. What is earned in its last year decides whether it goes
 * on; as soon as that is enough, the day moves on by itself.
 *
 * @param ladder from the lowest up
 */
export function describeTierEnd(
  held: Pick<HeldTier, 'id' | 'until'> | null,
  ladder: readonly Tier[],
  words: TierWords,
  names: Names,
  format: Format,
): readonly string[] {
  const place = ladder.findIndex(({ id }) => id === held?.id);
  const tier = ladder[place];
  const below = ladder[place - 1];
  if (held === null || tier === undefined) return [];
  if (held.until === null || below === undefined) return [words.forever];
  return [
    words.until({ day: format.day(held.until) }),
    words.keep({
      points: names.points(tier.currency, tier.threshold),
      year: held.until.slice(0, 4),
      tier: names.tier(tier.id),
      below: names.tier(below.id),
    }),
  ];
}
