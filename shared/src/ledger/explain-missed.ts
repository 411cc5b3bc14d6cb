import { isSystemType } from '#activities/activity-type.js';
import { inSentence } from '#words/in-sentence.js';
import type { LedgerWords } from './ledger.es.js';
import type { ReceiptLine, ToldEntry } from './explain-receipt.js';
import type { Missed } from './receipt.js';
import type { ReceiptNames } from './receipt-names.js';

type Operator = keyof LedgerWords['operators'];

const PERIODS: ReadonlySet<string> = new Set<keyof LedgerWords['cap']>(['day', 'week', 'month', 'year', 'ever']);

const OPPOSITE: Readonly<Record<Operator, Operator>> = {
  eq: 'ne',
  ne: 'eq',
  gt: 'lte',
  gte: 'lt',
  lt: 'gte',
  lte: 'gt',
  in: 'notIn',
  notIn: 'in',
  exists: 'missing',
  missing: 'exists',
};

/** Why other definitions gave nothing. */
export class MissedTeller {
  constructor(
    private readonly entry: ToldEntry,
    private readonly words: LedgerWords,
    private readonly names: ReceiptNames,
    /** The reader's local date. */
    private readonly today: string,
  ) {}

  explainMissed([definition, , condition, seen, needed]: Missed): ReceiptLine {
    const split = definition.indexOf(':');
    const kind = definition.slice(0, split);
    const id = definition.slice(split + 1);
    return {
      id: `${definition}:${condition}`,
      kind,
      name: this.names.nameOf(kind, id),
      points: undefined,
      because: [this.explainCondition(condition.split(':'), seen, needed, kind, id)],
    };
  }

  /** What an invitation gives to the other one: nobody could have had both. */
  isOtherHalf([, , condition]: Missed): boolean {
    const { referrals } = this.names.definitions;
    return condition.startsWith('field:role:') && referrals.some(({ gives }) => gives === this.entry.cause.type);
  }

  /** Where nothing was given, and no definition so much as looked at the activity: that is the reason. */
  explainNothing(): readonly ReceiptLine[] {
    const { cause, effects, lines, receipt } = this.entry;
    const hasReason = receipt.fired.length > 0 || receipt.missed.length > 0 || lines.length > 0;
    const isGiven = effects.some(({ type }) => type !== 'counter.added');
    if (hasReason || isGiven || this.entry.outcome === 'refused') return [];
    const isGoal = cause.type === 'goal.reached';
    // What else the house does by itself promises nothing.
    if (isSystemType(cause.type) && !isGoal) return [];
    const [name, because] = isGoal
      ? [this.names.nameOf('mission', String(cause.attributes['mission'])), this.words.goalWithout]
      : [this.names.activityName(cause.type), this.words.nothingGives];
    return [{ id: 'none', kind: 'activity', name, points: undefined, because: [because] }];
  }

  private explainCondition(
    parts: readonly string[],
    seen: Missed[3],
    needed: Missed[4],
    kind: string,
    id: string,
  ): string {
    const { words, names } = this;
    const { format } = names;
    const [what, second, third] = parts;
    const isNegated = parts.includes('not');
    switch (what) {
      case 'field': {
        const path = second ?? '';
        const unit = this.names.unitOf(path);
        const demand = this.demand(parts.at(-1), isNegated, this.names.value(needed, unit));
        const label = this.names.labelOf(path);
        return seen === null
          ? words.fieldAbsent({ label, demand })
          : words.field({ label, seen: this.names.value(seen, unit), demand });
      }
      case 'member': {
        const name = this.names.definitions.memberAttributes?.find(({ id: one }) => one === second)?.name;
        const label = name === undefined ? (second ?? '') : this.names.text(name);
        const demand = this.demand(parts.at(-1), isNegated, this.names.value(needed));
        return seen === null
          ? words.memberAbsent({ label, demand })
          : words.member({ label, seen: this.names.value(seen), demand });
      }
      case 'count':
      case 'sum':
        return words[what]({
          seen: this.names.value(seen),
          demand: this.demand(parts.at(-1), isNegated, this.names.value(needed)),
        });
      case 'tier': {
        const names = {
          seen: this.names.nameOf('tier', String(seen)),
          needed: this.names.nameOf('tier', String(needed)),
        };
        if (isNegated) return words.tierNot(names);
        return third === 'is' || second === 'is' ? words.tierIs(names) : words.tierAtLeast(names);
      }
      case 'badge':
        return (isNegated ? words.badgeUnwanted : words.badgeNeeded)({
          badge: this.names.nameOf('badge', String(needed)),
        });
      case 'cap': {
        const say = words.cap[isPeriod(second) ? second : 'ever'];
        const each = third === undefined ? '' : words.forEach({ label: inSentence(this.names.labelOf(third)) });
        return say({ allowed: Number(needed), each }, format);
      }
      case 'budget':
      case 'issuance':
      case 'places':
        return words[what][isPeriod(second) ? second : 'ever'];
      case 'zero':
        return words.zero;
      case 'progress':
        return this.explainProgress(Number(seen), Number(needed), second, kind, id);
      case 'streak': {
        if (seen === 0) return words.streakUsed;
        const missing = Math.max(0, Number(needed) - Number(seen));
        const unit = this.names.streakUnit(id);
        return isDate(second) && second >= this.today
          ? words.streak[unit]({ missing, day: format.dayMonth(second) }, format)
          : words.streakEver[unit]({ missing }, format);
      }
      case 'group':
        return words.group[second === 'best' ? 'best' : 'first']({ rule: this.names.nameOf('rule', String(needed)) });
      case 'requires':
        return words.requiresMission({ mission: this.names.nameOf('mission', String(needed)) });
      case 'window':
        return this.explainWindow(second, String(needed));
      case 'max':
        return words.timesMax({ count: Number(needed) }, format);
      case 'failed':
        return (second === 'now' ? words.failedNow : words.coolDown)({ day: format.dayMonth(String(needed)) });
      case 'done':
        return isDate(second) ? words.done({ day: format.day(second) }) : words.doneEver;
      default:
        return words.other;
    }
  }

  /** When a mission counts, and this happened at another time. */
  private explainWindow(what: string | undefined, needed: string): string {
    const { words, names } = this;
    const { format } = names;
    if (what === 'from') return words.window.from({ day: format.day(needed) });
    if (what === 'until') return words.window.until({ day: format.day(needed) });
    if (what === 'hours') {
      const [from = '', until = ''] = needed.split('-');
      return words.window.hours({ from, until });
    }
    // A Monday and the days after it: only their names count.
    const days = needed.split(',').map((weekday) => format.weekday(`2026-06-0${weekday}`));
    return words.window.weekdays({ days: format.list(days) });
  }

  private explainProgress(seen: number, target: number, lastDay: string | undefined, kind: string, id: string): string {
    const { words, names } = this;
    const { format } = names;
    const count = Math.max(0, target - seen);
    const missing = this.missingUnits(count, kind, id);
    const plural = count !== 1;
    if (!isDate(lastDay)) return words.progressEver({ missing, plural });
    if (lastDay < this.today) {
      const unit = kind === 'mission' ? this.names.unitOfSum(id) : undefined;
      const told = { seen: this.names.quantity(seen, unit), target: this.names.quantity(target, unit) };
      return words.progressOver({ ...told, day: format.day(lastDay) });
    }
    return words.progress({ missing, plural, day: format.dayMonth(lastDay) });
  }

  /** `2 compras`; `3 más (Secciones)`; where the activity's name has no plain plural, steps. */
  private missingUnits(count: number, kind: string, id: string): string {
    const { words, names } = this;
    const { format } = names;
    const mission = kind === 'mission' ? this.names.definitions.missions.find((one) => one.id === id) : undefined;
    if (mission?.goal.kind === 'sum') return this.names.quantity(count, this.names.unitOfSum(id));
    if (mission?.goal.kind === 'distinct' || mission?.goal.kind === 'set') {
      const { field } = mission.goal;
      const type = 'activity' in mission.on ? mission.on.activity : undefined;
      const one = this.names.labelOf(field, type).toLocaleLowerCase(this.names.language);
      const other = this.names.labelOf(field.split('.')[0] ?? field, type).toLocaleLowerCase(this.names.language);
      return words.missingValues({ count, one, other }, format);
    }
    const badge = kind === 'badge' ? this.names.definitions.badges.find((one) => one.id === id) : undefined;
    const activity =
      mission !== undefined && mission.goal.kind !== 'sequence' && 'activity' in mission.on
        ? mission.on.activity
        : badge?.grant.kind === 'count'
          ? badge.grant.activity
          : undefined;
    const type = this.names.definitions.activityTypes.find((one) => one.id === activity);
    const name = type === undefined ? '' : this.names.text(type.name).toLocaleLowerCase(this.names.language);
    // One word that ends in a plain vowel takes an s in both languages; others are not guessed at.
    return /^\p{L}*[aeiou]$/u.test(name)
      ? words.missingActivity({ count, one: name, other: `${name}s` }, format)
      : words.missingOther({ count }, format);
  }

  private demand(operator: string | undefined, isNegated: boolean, needed: string): string {
    if (!isOperator(operator)) return this.words.other;
    return this.words.operators[isNegated ? OPPOSITE[operator] : operator]({ needed });
  }
}

function isOperator(text: string | undefined): text is Operator {
  return text !== undefined && text in OPPOSITE;
}

function isPeriod(text: string | undefined): text is keyof LedgerWords['cap'] {
  return text !== undefined && PERIODS.has(text);
}

function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
}
