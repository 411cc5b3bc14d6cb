import type { Condition, FieldTest, MemberTest, Scalar, Window } from '@verbena/shared/rules/condition.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Names } from '#programs/names.js';
import type { MissionPageWords } from './mission-page.es.js';

type Words = MissionPageWords['condition'];

/** Says conditions as half a sentence: "«Total» es 10,00 € o más y tu categoría es Plata o más". */
export class ConditionTeller {
  constructor(
    private readonly words: Words,
    private readonly names: Names,
    private readonly format: Format,
  ) {}

  /** @param activity the type whose attributes are tested */
  tell(condition: Condition, activity: string): string {
    const { words, names } = this;
    if ('all' in condition) return this.join(condition.all, words.and, activity);
    if ('any' in condition) return this.join(condition.any, words.or, activity);
    if ('not' in condition) return words.not({ what: this.tell(condition.not, activity) });
    if ('count' in condition) {
      const { activity: counted, window } = condition.count;
      return words.count({
        what: this.whatOf(counted, condition.count.where),
        window: this.tellWindow(window),
        demand: words.amount[condition.op]({ value: this.format.number(condition.value) }),
      });
    }
    if ('sum' in condition) {
      const { activity: counted, field, window } = condition.sum;
      return words.sum({
        field: names.field(counted, field),
        what: this.whatOf(counted, condition.sum.where),
        window: this.tellWindow(window),
        demand: words.amount[condition.op]({ value: this.value(condition.value, names.fieldUnit(counted, field)) }),
      });
    }
    if ('tier' in condition) {
      return 'is' in condition.tier
        ? words.tierIs({ tier: names.tier(condition.tier.is) })
        : words.tierAtLeast({ tier: names.tier(condition.tier.atLeast) });
    }
    if ('badge' in condition) return words.badge({ badge: names.badge(condition.badge) });
    if ('member' in condition) return this.tellMember(condition);
    return this.tellField(condition, activity);
  }

  private tellMember(test: MemberTest): string {
    const given = 'value' in test ? test.value : [];
    const values = Array.isArray(given) ? given : [given];
    const value = this.format.list(values.map((one) => this.value(one, undefined)));
    return this.words.member({
      label: this.names.memberAttribute(test.member),
      demand: this.words.is[test.op]({ value }),
    });
  }

  private tellField(test: FieldTest, activity: string): string {
    const unit = this.names.fieldUnit(activity, test.field);
    const given = 'value' in test ? test.value : [];
    const values = Array.isArray(given) ? given : [given];
    const value = this.format.list(values.map((one) => this.value(one, unit)));
    return this.words.field({
      label: this.names.field(activity, test.field),
      demand: this.words.is[test.op]({ value }),
    });
  }

  private whatOf(activity: string, where: FieldTest | undefined): string {
    const what = this.names.activityType(activity);
    return where === undefined ? what : `${what}, ${this.tellField(where, activity)}`;
  }

  private tellWindow(window: Window): string {
    return 'days' in window ? this.words.days({ days: window.days }, this.format) : this.words.period[window.period];
  }

  /** A branch within a branch stands in brackets, so that "and" and "or" cannot be taken for one another. */
  private join(parts: readonly Condition[], word: string, activity: string): string {
    return parts
      .map((part) => {
        const text = this.tell(part, activity);
        return parts.length > 1 && ('all' in part || 'any' in part) ? `(${text})` : text;
      })
      .join(` ${word} `);
  }

  private value(value: Scalar, unit: string | undefined): string {
    if (typeof value === 'boolean') return value ? this.words.yes : this.words.no;
    if (typeof value === 'string') return value;
    if (unit === undefined) return this.format.number(value);
    return /^[A-Z]{3}$/.test(unit) ? this.format.money(value, unit) : `${this.format.number(value)} ${unit}`;
  }
}
