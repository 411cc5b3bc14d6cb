import type { AttributeSchema } from '#activities/attribute-schema.js';
import type { Badge } from '#badges/badge.js';
import type { Currency, ExpiryRounding } from '#currencies/currency.js';
import type { Board } from '#leaderboards/board.js';
import { tellCurrencyMore } from '#currencies/tell-currency.js';
import type { Mission } from '#missions/mission.js';
import { tellMission, tellStreak } from '#missions/tell-mission.js';
import { chooseText, type Language, type LocalizedText } from '#platform/localized-text.js';
import type { Referral } from '#referrals/referral.js';
import type { Amount, Ratio } from '#rules/amount.js';
import type { Condition } from '#rules/condition.js';
import { type Boost, type Cap, capsOf, type Earning } from '#rules/rule.js';
import { ConditionTeller, isMoney } from '#rules/tell-condition.js';
import type { Trigger } from '#rules/trigger.js';
import { tellRule } from '#rules/tell-rule.js';
import { tellTier } from '#tiers/tell-tier.js';
import { Format } from '#words/format.js';
import { inSentence } from '#words/in-sentence.js';
import type { Budget, PlacesBudget } from './budget.js';
import type { ChangeKind, Definitions } from './definitions.js';
import { en } from './terms.en.js';
import { es, type TermsWords } from './terms.es.js';

/**
 * Says definitions in plain language, for one reader: what a rule gives, what a mission asks. A kind of goal, condition or
 * expiry that it has no words for (a newer one) is told as its JSON, never left out.
 */
export class TermsTeller {
  readonly words: TermsWords;
  readonly format: Format;
  private readonly conditions: ConditionTeller;

  /** @param definitions the set from which names, units and labels are taken */
  constructor(
    private readonly definitions: Definitions,
    readonly language: Language,
  ) {
    this.words = language === 'es' ? es : en;
    this.format = new Format(language);
    this.conditions = new ConditionTeller(
      this.words.condition,
      {
        activityType: (id) => this.name('activityTypes', id),
        field: (activity, path) => this.label(activity, path),
        fieldUnit: (activity, path) => this.attribute(activity, path)?.['x-unit'],
        tier: (id) => this.name('tiers', id),
        badge: (id) => this.name('badges', id),
        memberAttribute: (id) => this.name('memberAttributes', id),
        isReferral: (activity) => definitions.referrals.some(({ gives }) => gives === activity),
      },
      this.format,
    );
  }

  choose(text: LocalizedText): string {
    return chooseText(text, this.language);
  }

  name(kind: ChangeKind, id: string): string {
    const list: readonly { readonly id: string; readonly name: LocalizedText }[] = this.definitions[kind] ?? [];
    const found = list.find((one) => one.id === id);
    return found === undefined ? id : this.choose(found.name);
  }

  points(currency: string, count: number): string {
    const unit = this.definitions.currencies.find(({ id }) => id === currency)?.unit;
    const [one, other] = unit === undefined ? [currency, currency] : [this.choose(unit.one), this.choose(unit.other)];
    return this.words.points({ count, one, other }, this.format);
  }

  /** `×1,25`, of a fraction. */
  factor([top, bottom]: Ratio): string {
    return this.words.times({ factor: this.format.number(top / bottom) });
  }

  /** `1 punto por cada 1,00 € de «Total», por el multiplicador de tu categoría`. */
  amount({ product, min, max, round }: Amount, currency: string, on: Trigger, boosts: readonly Boost[] = []): string {
    const { words } = this;
    const ratio = reducedProduct(product.flatMap((factor) => ('ratio' in factor ? [factor.ratio] : [])));
    const fields = product.flatMap((factor) => ('field' in factor ? [factor.field] : []));
    const activity = 'activity' in on ? on.activity : '';
    const parts = [this.base(ratio, fields, activity, currency)];
    for (const factor of product) {
      if ('tier' in factor) parts.push(words.amount.tier);
      if ('boost' in factor)
        parts.push(
          words.amount.boost({
            name: this.boostName(
              boosts.find(({ id }) => id === factor.boost),
              factor.boost,
            ),
          }),
        );
    }
    if (min !== undefined) parts.push(words.amount.min({ points: this.points(currency, min) }));
    if (max !== undefined) parts.push(words.amount.max({ points: this.points(currency, max) }));
    if (round === 'up' || round === 'nearest') parts.push(words.amount[round]);
    return parts.join(', ');
  }

  private base([top, bottom]: Ratio, fields: readonly string[], activity: string, currency: string): string {
    const [field, ...more] = fields;
    if (field === undefined)
      return top % bottom === 0
        ? this.points(currency, top / bottom)
        : `${this.words.fraction({ top: this.format.number(top), bottom: this.format.number(bottom) })} ${this.unitOf(currency)}`;
    const unit = this.attribute(activity, field)?.['x-unit'];
    // Money is told by its whole unit wherever that comes out even, not by the cent.
    const perWhole = unit !== undefined && isMoney(unit) && (100 * top) % bottom === 0;
    const points = this.points(currency, perWhole ? (100 * top) / bottom : top);
    const label = [field, ...more].map((path) => this.label(activity, path)).join(' × ');
    return this.words.amount.per({ points, unit: this.conditions.tellValue(perWhole ? 100 : bottom, unit), label });
  }

  private unitOf(currency: string): string {
    const unit = this.definitions.currencies.find(({ id }) => id === currency)?.unit;
    return unit === undefined ? currency : this.choose(unit.other);
  }

  private boostName(boost: Boost | undefined, id: string): string {
    return boost === undefined ? id : this.choose(boost.name);
  }

  /** The caps of an earning together; `on` is what sets it off. */
  caps(cap: Earning['cap'], currency: string, on: Trigger): string {
    if (cap === undefined) return this.words.cap.none;
    return this.format.list(capsOf({ cap }).map((one) => this.cap(one, currency, on)));
  }

  /** `3 veces al día por cada hilo`. */
  cap(cap: Cap | undefined, currency: string, on?: Trigger): string {
    const { words } = this;
    if (cap === undefined) return words.cap.none;
    const parts = [
      ...(cap.times === undefined ? [] : [words.cap.times({ count: cap.times, per: cap.per }, this.format)]),
      ...(cap.points === undefined
        ? []
        : [words.cap.points({ points: this.points(currency, cap.points), per: cap.per })]),
    ];
    const told = this.format.list(parts);
    if (cap.by === undefined) return told;
    const label = this.label(on !== undefined && 'activity' in on ? on.activity : '', cap.by);
    return words.cap.each({ cap: told, label: inSentence(label) });
  }

  /** `1.000 puntos al mes para todos; al final se da lo que quede`. */
  budget(budget: Budget | undefined, currency: string): string {
    const { words } = this;
    if (budget === undefined) return words.budget.none;
    const points = words.budget.points({ points: this.points(currency, budget.limit), per: budget.per });
    return words.budget.whenShort[budget.whenShort]({ budget: points });
  }

  /** `50 plazas en total`. */
  places(budget: PlacesBudget | undefined): string {
    const { words } = this;
    return budget === undefined
      ? words.budget.none
      : words.budget.places({ count: budget.limit, per: budget.per }, this.format);
  }

  /** How long points wait until they are usable; empty: not at all. */
  pending(pending: Earning['pending']): string {
    const { words } = this;
    if (pending === undefined) return '';
    if ('days' in pending) return words.days({ count: pending.days }, this.format);
    return pending.activity === undefined
      ? words.pending.confirmed
      : words.pending.activity({ name: this.name('activityTypes', pending.activity) });
  }

  trigger(on: Trigger): string {
    const { triggers } = this.words;
    if ('activity' in on) return triggers.activity({ name: this.name('activityTypes', on.activity) });
    if ('mission' in on) return triggers.mission({ name: this.name('missions', on.mission) });
    if ('badge' in on) return triggers.badge({ name: this.name('badges', on.badge) });
    if ('tier' in on) return triggers.tier({ name: this.name('tiers', on.tier) });
    return JSON.stringify(on);
  }

  boostDays({ weekdays, from, until }: Pick<Boost, 'weekdays' | 'from' | 'until'>): string {
    const { boostDays, weekdays: names } = this.words;
    const parts = [
      ...(weekdays === undefined
        ? []
        : [boostDays.weekdays({ days: this.format.list(weekdays.map((day) => names[day - 1] ?? String(day))) })]),
      ...(from === undefined ? [] : [boostDays.from({ day: this.format.day(from) })]),
      ...(until === undefined ? [] : [boostDays.until({ day: this.format.day(until) })]),
    ];
    return parts.length === 0 ? boostDays.always : parts.join(', ');
  }

  goal(goal: Mission['goal'], on: Trigger): string {
    const { goals } = this.words;
    switch (goal.kind) {
      case 'count':
        return goals.count({ count: goal.target, per: goal.per }, this.format);
      case 'distinct': {
        const label = this.label('activity' in on ? on.activity : '', goal.field);
        return goals.distinct({ count: goal.target, label, per: goal.per }, this.format);
      }
      case 'sum': {
        const activity = 'activity' in on ? on.activity : '';
        const amount = this.conditions.tellValue(goal.target, this.attribute(activity, goal.field)?.['x-unit']);
        return goals.sum({ amount, label: this.label(activity, goal.field), per: goal.per }, this.format);
      }
      case 'shared': {
        const activity = 'activity' in on ? on.activity : '';
        const unit = goal.field === undefined ? undefined : this.attribute(activity, goal.field)?.['x-unit'];
        return goals.shared({ amount: this.conditions.tellValue(goal.target, unit), per: goal.per }, this.format);
      }
      case 'set': {
        const label = this.label('activity' in on ? on.activity : '', goal.field);
        const values = this.format.list(goal.values.map(({ name }) => this.choose(name)));
        return goals.set({ values, label, per: goal.per }, this.format);
      }
      case 'sequence': {
        const steps = this.format.list(goal.steps.map(({ name }) => this.choose(name)));
        return goals.sequence({ steps, per: goal.per }, this.format);
      }
      case 'streak':
        return tellStreak(goal, this);
    }
  }

  /** An amount in the unit of the goal that it belongs to: `5`, `120,00 €`. */
  goalAmount(goal: Mission['goal'], on: Trigger, amount: number): string {
    if ((goal.kind !== 'sum' && goal.kind !== 'shared') || goal.field === undefined) return this.format.number(amount);
    return this.fieldAmount('activity' in on ? on.activity : '', goal.field, amount);
  }

  /** An amount in the unit of a field: `120,00 €`. */
  fieldAmount(activity: string, field: string, amount: number): string {
    return this.conditions.tellValue(amount, this.attribute(activity, field)?.['x-unit']);
  }

  grant(grant: Badge['grant']): string {
    const { grants } = this.words;
    if (grant.kind === 'reward') return grants.reward;
    if (grant.kind !== 'count') return JSON.stringify(grant);
    const name = this.name('activityTypes', grant.activity);
    const each = grant.by === undefined ? '' : grants.each({ label: inSentence(this.label(grant.activity, grant.by)) });
    const where = grant.where === undefined ? '' : `, ${this.conditions.tellField(grant.where, grant.activity)}`;
    return grants.count({ count: grant.target, name, where: each + where }, this.format);
  }

  /** How long a badge is held; empty: for ever. */
  badgeExpiry(expires: Badge['expires']): string {
    if (expires === undefined) return '';
    return 'days' in expires
      ? this.words.days({ count: expires.days }, this.format)
      : this.words.untilDay({ day: this.format.day(expires.until) });
  }

  expiry(expiry: Currency['expiry']): string {
    if (expiry.kind === 'never') return this.words.expiry.never;
    const words = this.words.expiry;
    switch (expiry.kind) {
      case 'months':
        return this.rounded(words.months({ count: expiry.months }, this.format), expiry.round);
      case 'days':
        return this.rounded(words.days({ count: expiry.days }, this.format), expiry.round);
      case 'dates': {
        // A year that has no 29 February, as the dates have none.
        const days = this.format.list(expiry.dates.map((date) => this.format.dayMonth(`2017-${date}`)));
        return expiry.leastDays === undefined
          ? words.dates({ days })
          : words.datesAfter({ days, least: this.words.days({ count: expiry.leastDays }, this.format) });
      }
      case 'inactivity':
        return words.inactivity({ count: expiry.days }, this.format);
      default:
        return JSON.stringify(expiry);
    }
  }

  private rounded(expiry: string, round: ExpiryRounding | undefined): string {
    return round === undefined ? expiry : this.words.expiry.rounded[round]({ expiry });
  }

  /** Half a sentence: `«Total» es 10,00 € o más y tu categoría es Plata o más`. */
  condition(condition: Condition | undefined, on: Trigger): string {
    if (condition === undefined) return this.words.noCondition;
    return this.conditions.tell(condition, 'activity' in on ? on.activity : '');
  }

  /** `Solo si «Total» es 10,00 € o más.`; nothing where there is no condition. */
  provided(condition: Condition | undefined, on: Trigger): readonly string[] {
    return condition === undefined ? [] : [this.words.terms.provided({ condition: this.condition(condition, on) })];
  }

  /** How an attribute is called: `Sección` of `departments.name`. */
  label(activity: string, path: string): string {
    const label = this.attribute(activity, path)?.['x-label'];
    return label === undefined ? path : this.choose(label);
  }

  private attribute(activity: string, path: string): AttributeSchema | undefined {
    let schema: AttributeSchema | undefined = this.definitions.activityTypes.find(
      ({ id }) => id === activity,
    )?.attributes;
    for (const part of path.split('.')) {
      if (schema?.type === 'array') schema = schema.items;
      schema = schema?.type === 'object' ? schema.properties[part] : undefined;
    }
    return schema;
  }
}

/** The terms of each definition that a member meets, a sentence each. */
export function tellTerms<K extends ChangeKind>(
  kind: K,
  definition: NonNullable<Definitions[K]>[number],
  teller: TermsTeller,
): readonly string[] {
  return TELLERS[kind](definition, teller);
}

type Tell<K extends ChangeKind> = (
  definition: NonNullable<Definitions[K]>[number],
  teller: TermsTeller,
) => readonly string[];

const TELLERS: { readonly [K in ChangeKind]: Tell<K> } = {
  activityTypes: ({ attributes }, teller) => tellFolded(attributes, '', teller),
  memberAttributes: ({ name, schema }, teller) => tellFolded(schema, teller.choose(name), teller),
  currencies: (currency, teller) => {
    const { id, unit, expiry, budget, perMember } = currency;
    return [
      teller.words.terms.expiry({ units: teller.choose(unit.other), expiry: teller.expiry(expiry) }),
      ...tellCurrencyMore(currency, teller),
      ...(perMember === undefined ? [] : [teller.words.terms.perMember({ cap: teller.cap(perMember, id) })]),
      ...(budget === undefined ? [] : [teller.words.terms.budget({ budget: teller.budget(budget, id) })]),
    ];
  },
  rules: tellRule,
  missions: tellMission,
  badges: ({ grant, expires, onReversal }, teller) => [
    teller.words.terms.grant({ grant: teller.grant(grant) }),
    ...(expires === undefined ? [] : [teller.words.terms.badgeExpiry({ time: teller.badgeExpiry(expires) })]),
    ...(onReversal === 'keep' ? [teller.words.terms.kept] : []),
  ],
  tiers: tellTier,
  boards: ({ period }: Board, { words }) => [
    period === 'ever' ? words.terms.boardEver : words.terms.board({ period: words.periods[period] }),
  ],
  referrals: ({ on, when, withinDays }: Referral, teller) => [
    teller.words.terms.referral({
      activity: teller.name('activityTypes', on),
      days: teller.words.days({ count: withinDays }, teller.format),
    }),
    ...(when === undefined
      ? []
      : [teller.words.terms.referralFirst({ condition: teller.condition(when, { activity: on }) })]),
  ],
};

/** Which texts are compared by what they say and not to the letter. */
function tellFolded(schema: AttributeSchema, field: string, teller: TermsTeller): string[] {
  const label = schema['x-label'] === undefined ? field : teller.choose(schema['x-label']);
  if (schema.type === 'string') return schema['x-compare'] ? [teller.words.terms.folded({ field: label })] : [];
  if (schema.type === 'array') return tellFolded(schema.items, label, teller);
  if (schema.type !== 'object') return [];
  return Object.entries(schema.properties).flatMap(([name, part]) => tellFolded(part, name, teller));
}

/** The product of fractions, reduced; 1/1 where there is none. Exact while the parts stay below 2⁵³. */
export function reducedProduct(ratios: readonly Ratio[]): Ratio {
  const top = ratios.reduce((product, [part]) => product * BigInt(part), 1n);
  const bottom = ratios.reduce((product, [, part]) => product * BigInt(part), 1n);
  const divisor = top === 0n ? bottom : greatestDivisor(top, bottom);
  return [Number(top / divisor), Number(bottom / divisor)];
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}
