import { findAttribute } from '#activities/find-attribute.js';
import { type StreakUnit, unitOf } from '#missions/mission.js';
import { chooseText, type Language, type LocalizedText } from '#platform/localized-text.js';
import type { Definitions } from '#programs/definitions.js';
import type { Format } from '#words/format.js';
import type { Missed } from './receipt.js';

/**
 * What things of a program are called in a reader's language, and how amounts of them read. Names are those of the definitions in
 * force now; one that is gone reads as its id.
 */
export class ReceiptNames {
  constructor(
    readonly definitions: Definitions,
    readonly language: Language,
    readonly format: Format,
    /** The type of the activity whose fields are called by their labels. */
    private readonly activityType: string,
  ) {}

  text(text: LocalizedText): string {
    return chooseText(text, this.language);
  }

  nameOf(kind: string, id: string): string {
    const lists: Readonly<Record<string, readonly { id: string; name: LocalizedText }[]>> = {
      rule: this.definitions.rules,
      mission: this.definitions.missions,
      badge: this.definitions.badges,
      tier: this.definitions.tiers,
      currency: this.definitions.currencies,
      referral: this.definitions.referrals,
    };
    const found = lists[kind]?.find((one) => one.id === id);
    return found ? this.text(found.name) : id;
  }

  currencyName(id: string): string {
    return this.nameOf('currency', id);
  }

  activityName(id: string): string {
    const type = this.definitions.activityTypes.find((one) => one.id === id);
    return type === undefined ? id : this.text(type.name);
  }

  boostName(id: string): string {
    const boost = this.definitions.rules.flatMap((rule) => rule.boosts ?? []).find((one) => one.id === id);
    return boost ? this.text(boost.name) : id;
  }

  labelOf(path: string, type: string = this.activityType): string {
    const label = findAttribute(this.definitions, type, path)?.['x-label'];
    return label ? this.text(label) : path;
  }

  unitOf(path: string): string | undefined {
    return findAttribute(this.definitions, this.activityType, path)?.['x-unit'];
  }

  unitOfSum(mission: string): string | undefined {
    const found = this.definitions.missions.find((one) => one.id === mission);
    if (found?.goal.kind !== 'sum' || !('activity' in found.on)) return undefined;
    return findAttribute(this.definitions, found.on.activity, found.goal.field)?.['x-unit'];
  }

  streakUnit(mission: string): StreakUnit {
    const goal = this.definitions.missions.find((one) => one.id === mission)?.goal;
    return goal?.kind === 'streak' ? unitOf(goal) : 'week';
  }

  points(currency: string, count: number): string {
    const unit = this.definitions.currencies.find(({ id }) => id === currency)?.unit;
    const one = unit ? this.text(unit.one) : currency;
    const other = unit ? this.text(unit.other) : currency;
    return this.format.count(count, { one: `# ${one}`, other: `# ${other}` });
  }

  value(value: Missed[3], unit?: string): string {
    return typeof value === 'number' ? this.quantity(value, unit) : String(value ?? '');
  }

  quantity(value: number, unit?: string): string {
    if (minorDigits(unit) !== undefined && unit !== undefined) return this.format.money(value, unit);
    const number = this.format.number(value);
    return unit === undefined ? number : `${number} ${unit}`;
  }
}

/** Minor digits of an ISO 4217 code; undefined where the unit is no currency. */
export function minorDigits(unit: string | undefined): number | undefined {
  if (unit === undefined || !/^[A-Z]{3}$/.test(unit)) return undefined;
  return ['JPY', 'CLP', 'KRW', 'PYG', 'ISK', 'VND'].includes(unit) ? 0 : 2;
}
