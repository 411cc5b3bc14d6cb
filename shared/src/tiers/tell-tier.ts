import type { TermsTeller } from '#programs/tell-terms.js';
import type { Tier, TierCriterion } from './tier.js';

/** What else a tier asks for: `ganar 500 puntos y llevar 90 días en el programa`; empty where there is nothing. */
export function tellAlso({ also, currency }: Tier, teller: TermsTeller): string {
  if (also === undefined) return '';
  const criteria = also.of.map((one) => tellCriterion(one, currency, teller));
  return also.match === 'all' ? teller.format.list(criteria) : criteria.join(` ${teller.words.tier.or} `);
}

function tellCriterion(one: TierCriterion, currency: string, teller: TermsTeller): string {
  const { words, format } = teller;
  if ('earned' in one) return words.tier.earned({ points: teller.points(currency, one.earned) });
  if ('memberDays' in one) return words.tier.memberDays({ days: words.days({ count: one.memberDays }, format) });
  if ('has' in one) return teller.condition(one.has, { activity: '' });
  const test = 'count' in one ? one.count : one.sum;
  const name = teller.name('activityTypes', test.activity);
  const where = test.where === undefined ? '' : `, ${teller.condition(test.where, test)}`;
  if ('count' in one) return words.tier.count({ count: one.atLeast, name, where }, format);
  const { activity, field } = one.sum;
  const amount = teller.fieldAmount(activity, field, one.atLeast);
  return words.tier.sum({ amount, label: teller.label(activity, field), name, where });
}

export function tellPeriod(period: Tier['period'], teller: TermsTeller): string {
  const { periods } = teller.words.tier;
  if (period === undefined) return periods.year;
  if (period.kind === 'rolling') return periods.rolling({ count: period.months }, teller.format);
  return period.of === undefined
    ? periods.anniversary
    : periods.anniversaryOf({ name: teller.name('memberAttributes', period.of) });
}

export function tellTierExpiry(expiry: Tier['expiry'], { words, format }: TermsTeller): string {
  if (expiry === undefined) return words.tier.expiry.own;
  return expiry.kind === 'never' ? words.tier.expiry.never : words.tier.expiry.months({ count: expiry.months }, format);
}

/** How a tier is reached, kept and lost, a sentence each. */
export function tellTier(tier: Tier, teller: TermsTeller): readonly string[] {
  const { currency, threshold, percent, period } = tier;
  const { words } = teller;
  const factor = teller.factor([percent, 100]);
  const points = teller.points(currency, threshold);
  // What another period is stands in a sentence of its own.
  const told = period === undefined ? words.threshold({ points }) : points;
  return [
    threshold === 0 ? words.terms.lowestTier({ factor }) : words.terms.tier({ threshold: told, factor }),
    ...tellTierMore(tier, teller),
  ];
}

/** How a tier is reached, kept and lost besides its minimum, a sentence each. */
function tellTierMore(tier: Tier, teller: TermsTeller): readonly string[] {
  const { words, format } = teller;
  const { terms } = words.tier;
  const { also, period, downgrade, keep, onReversal = 'takeBack', graceDays, noticeDays, expiry, benefits } = tier;
  const days = (count: number) => words.days({ count }, format);
  const isLowest = tier.threshold === 0;
  return [
    ...(also === undefined ? [] : [terms.also({ also: tellAlso(tier, teller) })]),
    ...(period === undefined || isLowest ? [] : [terms.period({ period: tellPeriod(period, teller) })]),
    ...(keep === undefined ? [] : [terms.keep]),
    ...(isLowest ? [] : [terms.onReversal[onReversal]]),
    ...(downgrade === undefined || downgrade === 'oneStep' || isLowest ? [] : [terms.downgrade[downgrade]]),
    ...(graceDays === undefined ? [] : [terms.graceDays({ days: days(graceDays) })]),
    ...(noticeDays === undefined ? [] : [terms.noticeDays({ days: days(noticeDays) })]),
    ...(expiry === undefined
      ? []
      : [
          expiry.kind === 'never'
            ? terms.expiryNever
            : terms.expiryMonths({ months: words.tier.expiry.months({ count: expiry.months }, format) }),
        ]),
    ...(benefits.length === 0
      ? []
      : [terms.benefits({ benefits: format.list(benefits.map((benefit) => teller.choose(benefit))) })]),
  ];
}
