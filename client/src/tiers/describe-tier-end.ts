import type { Standing } from '@verbena/shared/ledger/ledger.routes.js';
import type { HeldTier } from '@verbena/shared/ledger/member-state.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';
import type { Format } from '@verbena/shared/words/format.js';
import { nameField, unitOfField } from '#programs/name-field.js';
import type { Names } from '#programs/names.js';
import type { TierWords } from './tiers.es.js';

/**
 * Until when a tier is held, and what happens then, in calm words. What is earned in its last year decides whether it goes
 * on; as soon as that is enough, the day moves on by itself.
 *
 * @param ladder from the lowest up
 */
export function describeTierEnd(
  held: (Pick<HeldTier, 'id' | 'until'> & Pick<NonNullable<Standing['tier']>, 'drop'>) | null,
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
  if (
    tier.period !== undefined ||
    tier.graceDays !== undefined ||
    tier.downgrade !== undefined ||
    tier.also !== undefined
  ) {
    return [words.until({ day: format.day(held.until) }), ...describeDrop(held.drop, tier, words, names, format)];
  }
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

/** "You drop on D unless you earn N": what the last period of a tier asks for. Nothing where it is not its last, or stays. */
export function describeDrop(
  drop: NonNullable<Standing['tier']>['drop'],
  { currency }: Pick<Tier, 'currency'>,
  words: Pick<TierWords, 'drop' | 'dropAnyway'>,
  names: Names,
  format: Format,
): readonly string[] {
  if (drop === undefined) return [];
  const [day, tier] = [format.dayMonth(drop.on), names.tier(drop.to)];
  if (drop.missing === 0) return [words.dropAnyway({ day, tier })];
  return [words.drop({ day, tier, points: names.points(currency, drop.missing) })];
}

/** Over which time points count towards a tier. */
export function describeFrom(tier: Tier, words: TierWords, names: Names, format: Format): string {
  if (tier.threshold === 0) return tier.also === undefined ? words.fromStart : words.fromMore;
  const points = names.points(tier.currency, tier.threshold);
  if (tier.period === undefined) return words.from({ points });
  return tier.period.kind === 'rolling'
    ? words.fromMonths({ points, months: tier.period.months }, format)
    : words.fromAnniversary({ points });
}

/** What a tier asks for besides its points, a sentence each. */
export function describeAlso(tier: Tier, words: TierWords, names: Names, format: Format): readonly string[] {
  const asks = asksOf(tier, words, names, format);
  return asks.length > 1 && tier.also?.match === 'any'
    ? [words.also.any({ list: asks.join(words.also.or) })]
    : asks.map((what) => words.also.besides({ what }));
}

/**
 * What keeps a member from a tier for which it has the points. `lacks`: the places of what is not there, where that is known: of the
 * next tier only. A tier that asks for nothing more comes by itself, as soon as its turn is.
 */
export function describeLacking(
  tier: Tier,
  lacks: readonly number[] | undefined,
  words: TierWords,
  names: Names,
  format: Format,
): string {
  const asks = asksOf(tier, words, names, format).filter((_, place) => lacks?.includes(place) ?? true);
  if (asks.length === 0) return words.reached;
  return asks.length > 1 && tier.also?.match === 'any'
    ? words.also.lacksAny({ list: asks.join(words.also.or) })
    : words.also.lacks({ list: format.list(asks) });
}

function asksOf({ also, currency }: Tier, words: TierWords, names: Names, format: Format): readonly string[] {
  return (also?.of ?? []).map((one) => {
    if ('earned' in one) return words.also.earned({ points: names.points(currency, one.earned) });
    if ('has' in one) return words.also.has({ label: names.memberAttribute(one.has.member) });
    if ('memberDays' in one) return words.also.memberDays({ days: one.memberDays }, format);
    if ('count' in one)
      return words.also.count({ what: names.activityType(one.count.activity), count: one.atLeast }, format);
    const unit = unitOfField(names, one.sum.activity, one.sum.field);
    const amount =
      unit !== undefined && /^[A-Z]{3}$/.test(unit) ? format.money(one.atLeast, unit) : format.number(one.atLeast);
    return words.also.sum({ field: nameField(names, one.sum.activity, one.sum.field), amount });
  });
}

/** The tiers as somebody reads them who holds one: its own, those ahead from the nearest on, and last those behind. */
export function fromOwn<T>(tiers: readonly T[], held: number): T[] {
  const own = Math.max(0, held);
  return [...tiers.slice(own), ...tiers.slice(0, own).toReversed()];
}
