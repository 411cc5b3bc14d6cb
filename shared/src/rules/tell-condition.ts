import type { Format } from '#words/format.js';
import type { Condition, FieldTest, MemberTest, Scalar, Window } from './condition.js';
import type { ConditionWords } from './condition.es.js';

/** How what a condition names is called in the reader's language. */
export interface ConditionNames {
  activityType(id: string): string;
  /** An attribute of a type, by its path. */
  field(activity: string, path: string): string;
  /** The unit in which an attribute is measured: a currency's code, or a word. */
  fieldUnit(activity: string, path: string): string | undefined;
  tier(id: string): string;
  badge(id: string): string;
  memberAttribute(id: string): string;
  /** Whether an activity of this type is what an invitation gives to both sides: then its roles have names. */
  isReferral(activity: string): boolean;
}

/** Says conditions as half a sentence: "«Total» es 10,00 € o más y tu categoría es Plata o más". */
export class ConditionTeller {
  constructor(
    private readonly words: ConditionWords,
    private readonly names: ConditionNames,
    private readonly format: Format,
  ) {}

  /** @param activity the type whose attributes are tested */
  tell(condition: Condition, activity: string): string {
    const { words, names } = this;
    if ('all' in condition) return this.join(condition.all, words.and, activity);
    if ('any' in condition) return this.join(condition.any, words.or, activity);
    if ('not' in condition) return words.not({ what: this.tell(condition.not, activity) });
    if ('count' in condition) {
      const { activity: counted, where, window } = condition.count;
      const demand = words.amount[condition.op]({ value: words.times({ count: condition.value }, this.format) });
      return words.count({ what: this.whatOf(counted, where), window: this.tellWindow(window), demand });
    }
    if ('sum' in condition) {
      const { activity: counted, field, where, window } = condition.sum;
      const value = this.tellValue(condition.value, names.fieldUnit(counted, field));
      return words.sum({
        field: names.field(counted, field),
        what: this.whatOf(counted, where),
        window: this.tellWindow(window),
        demand: words.amount[condition.op]({ value }),
      });
    }
    if ('tier' in condition)
      return 'is' in condition.tier
        ? words.tierIs({ tier: names.tier(condition.tier.is) })
        : words.tierAtLeast({ tier: names.tier(condition.tier.atLeast) });
    if ('badge' in condition) return words.badge({ badge: names.badge(condition.badge) });
    if ('member' in condition)
      return words.member({
        label: names.memberAttribute(condition.member),
        demand: this.demand(condition, undefined),
      });
    return this.tellField(condition, activity);
  }

  /** A test of an attribute of a type. */
  tellField(test: FieldTest, activity: string): string {
    const isRole = test.field === 'role' && this.names.isReferral(activity);
    if (isRole && test.op === 'eq' && isNamedRole(test.value)) return this.words.yourRole[test.value];
    const demand = this.demand(test, this.names.fieldUnit(activity, test.field), isRole);
    return this.words.field({ label: this.names.field(activity, test.field), demand });
  }

  private demand(test: FieldTest | MemberTest, unit: string | undefined, isRole = false): string {
    if (test.op === 'gt' && test.value === 0) return this.words.aboveZero;
    const given = 'value' in test ? test.value : [];
    const values = Array.isArray(given) ? given : [given];
    return this.words.is[test.op]({
      value: this.format.list(values.map((one) => (isRole ? this.tellRole(one) : this.tellValue(one, unit)))),
    });
  }

  private whatOf(activity: string, where: FieldTest | undefined): string {
    const what = this.names.activityType(activity);
    return where === undefined ? what : `${what}, ${this.tellField(where, activity)}`;
  }

  private tellWindow(window: Window): string {
    return 'days' in window ? this.words.days({ days: window.days }, this.format) : this.words.period[window.period];
  }

  private join(parts: readonly Condition[], word: string, activity: string): string {
    const isBranch = (part: Condition) => 'all' in part || 'any' in part || 'not' in part;
    return joinParts(parts, word, (part) => this.tell(part, activity), isBranch);
  }

  private tellRole(role: Scalar): string {
    return isNamedRole(role) ? this.words.roles[role] : String(role);
  }

  /** A value in its unit; money is in its smallest coin. */
  tellValue(value: Scalar, unit: string | undefined): string {
    if (typeof value === 'boolean') return value ? this.words.yes : this.words.no;
    if (typeof value === 'string') return value;
    if (unit === undefined) return this.format.number(value);
    return isMoney(unit) ? this.format.money(value, unit) : `${this.format.number(value)} ${unit}`;
  }
}

/** A branch within a branch stands in brackets, so that neither "and" and "or" nor how far a "not" goes can be mistaken. */
export function joinParts<Part>(
  parts: readonly Part[],
  word: string,
  tell: (part: Part) => string,
  isBranch: (part: Part) => boolean,
): string {
  const told = parts.map((part) => (parts.length > 1 && isBranch(part) ? `(${tell(part)})` : tell(part)));
  return told.join(` ${word} `);
}

function isNamedRole(role: unknown): role is 'advocate' | 'friend' {
  return role === 'advocate' || role === 'friend';
}

/** Whether a unit is money, in its smallest coin: a code of ISO 4217. */
export function isMoney(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}
