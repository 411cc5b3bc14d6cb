import { stepsOf, unitOf, type StreakUnit } from '#missions/mission.js';
import type { AttributeSchema } from '#activities/attribute-schema.js';
import { chooseText } from '#platform/localized-text.js';
import type { Language, LocalizedText } from '#platform/localized-text.js';
import type { Definitions } from '#programs/definitions.js';
import type { Format } from '#words/format.js';
import type { TierWarned } from './effect.js';
import type { EntryRecorded } from './entry-recorded.js';
import { dayBefore, explainLines, type LineTeller } from './explain-lines.js';
import type { LedgerWords } from './ledger.es.js';
import type { FactorSeen, Fired, Missed } from './receipt.js';

/** One definition of a receipt, in words. */
export interface ReceiptLine {
  /** `rule:compra`: stable, for keys. */
  readonly id: string;
  readonly kind: string;
  /** How the definition is called. */
  readonly name: string;
  /** What it gave; undefined where it gave no points. */
  readonly points: { readonly currency: string; readonly amount: number } | undefined;
  /** How that came about, or what was missing; each a short phrase or sentence. */
  readonly because: readonly string[];
}

/** Who reads it. The words are `ledger.es` or `ledger.en`: handed in, so that a browser loads only the reader's. */
export interface ReceiptReader {
  readonly language: Language;
  readonly words: LedgerWords;
  readonly format: Format;
  /** The reader's local date, so that a period that is over is not counted down any more. */
  readonly today: string;
}

export interface ExplainedReceipt {
  readonly why: readonly ReceiptLine[];
  readonly whyNot: readonly ReceiptLine[];
}

type Told = Pick<EntryRecorded, 'cause' | 'receipt' | 'effects' | 'lines'> & Partial<Pick<EntryRecorded, 'outcome'>>;
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

/**
 * A receipt as sentences: why an entry gave what it gave, and why other definitions did not. Names are those of the
 * definitions in force now; one that is gone reads as its id.
 */
export function explainReceipt(entry: Told, definitions: Definitions, reader: ReceiptReader): ExplainedReceipt {
  const explainer = new Explainer(entry, definitions, reader);
  return {
    why: [...entry.receipt.fired.map((fired) => explainer.explainFired(fired)), ...explainLines(entry, explainer)],
    whyNot: [...entry.receipt.missed.map((missed) => explainer.explainMissed(missed)), ...explainer.explainNothing()],
  };
}

class Explainer implements LineTeller {
  readonly words: LedgerWords;
  readonly format: Format;
  readonly partner: string | null | undefined;
  private readonly language: Language;
  private readonly today: string;

  constructor(
    private readonly entry: Told,
    private readonly definitions: Definitions,
    { words, format, language, today }: ReceiptReader,
  ) {
    this.words = words;
    this.partner = entry.cause.partner;
    this.format = format;
    this.language = language;
    this.today = today;
  }

  explainFired(fired: Fired): ReceiptLine {
    const points =
      fired.amount !== undefined && fired.currency !== undefined && fired.amount !== 0
        ? { currency: fired.currency, amount: fired.amount }
        : undefined;
    return {
      id: `${fired.kind}:${fired.id}:${fired.currency ?? ''}${fired.step === undefined ? '' : `:${fired.step}`}`,
      kind: fired.kind,
      name: this.nameOf(fired.kind, fired.id),
      points,
      because: this.reasonsOf(fired),
    };
  }

  private reasonsOf(fired: Fired): readonly string[] {
    const { words } = this;
    const reversal = this.entry.effects.find((effect) => effect.type === 'activity.reversed');
    if (reversal?.type === 'activity.reversed')
      return [this.explainTakenBack(fired.kind, reversal.activity, reversal.part === true)];
    if (this.entry.effects.some((effect) => effect.type === 'undo.applied')) return [words.undone];
    switch (fired.kind) {
      case 'referral':
        return [words.referralCounts];
      case 'mission':
        return [this.explainMission(fired)];
      case 'badge':
        return [this.explainBadge(fired.id)];
      case 'tier': {
        const warned = this.entry.effects.find((effect) => effect.type === 'tier.warned');
        if (warned?.type === 'tier.warned') return [this.explainTierEnd(warned)];
        const moved = this.entry.effects.findLast((effect) => effect.type === 'tier.moved');
        return [moved?.type === 'tier.moved' && moved.direction === 'down' ? words.tierDown : words.tierReached];
      }
      case 'currency': {
        const lot = this.entry.lines.find((line) => line.kind === 'expire' && line.currency === fired.id)?.lot;
        return lot?.expires == null
          ? [words.expiredInactive]
          : [words.expired({ day: this.format.day(dayBefore(lot.expires)) })];
      }
      case 'rule':
        if (fired.factors !== undefined) return this.explainFactors(fired.factors, fired);
        // A receipt that was cut to its size may have lost the factors.
        return this.entry.receipt.cut === true ? [] : [words.fixedReward];
    }
  }

  private explainTierEnd({ tier, on, to, missing }: TierWarned): string {
    const currency = this.definitions.tiers.find(({ id }) => id === tier)?.currency ?? '';
    const day = this.format.dayMonth(on);
    return this.words.tierEnds({ day, tier: this.nameOf('tier', to), points: this.points(currency, missing) });
  }

  private explainBadge(id: string): string {
    const { words, entry } = this;
    const gone = entry.effects.find((effect) => effect.type === 'badge.revoked' && effect.badge === id);
    return gone?.type === 'badge.revoked' ? words.badgeGone[gone.by ?? 'staff'] : words.badgeEarned;
  }

  private explainMission({ id, step }: Fired): string {
    const { words, entry } = this;
    if (step !== undefined) return this.explainStep(id, step);
    const isDone = entry.effects.some((effect) => effect.type === 'mission.completed' && effect.mission === id);
    const kept = entry.effects.find((effect) => effect.type === 'streak.kept' && effect.mission === id);
    return !isDone && kept?.type === 'streak.kept' ? words.streakKept[kept.by] : words.missionDone;
  }

  private explainStep(mission: string, step: number): string {
    const found = this.definitions.missions.find((one) => one.id === mission);
    const name = found && stepsOf(found)[step]?.name;
    return this.words.stepDone({ step: name === undefined ? this.format.number(step + 1) : this.text(name) });
  }

  private explainTakenBack(kind: Fired['kind'], activity: string, isPart: boolean): string {
    const { takenBack } = this.words;
    switch (kind) {
      case 'rule':
        return takenBack[isPart ? 'part' : 'rule']({ activity: this.activityName(activity) });
      case 'mission':
        return takenBack.mission;
      case 'badge':
        return takenBack.badge;
      case 'currency':
        return takenBack.expired;
      case 'tier':
      case 'referral':
        return takenBack.other;
    }
  }

  private activityName(id: string): string {
    const type = this.definitions.activityTypes.find((one) => one.id === id);
    return type === undefined ? id : this.text(type.name);
  }

  private explainFactors(factors: readonly FactorSeen[], fired: Fired): readonly string[] {
    const { words, format } = this;
    const phrases: string[] = [];
    let exact = 1;
    let isBound = false;
    let money: { unit: string; digits: number } | undefined;
    for (const factor of factors) {
      if ('field' in factor) {
        exact *= factor.value;
        const digits = minorDigits(factor.unit);
        if (factor.unit !== undefined && digits !== undefined) money = { unit: factor.unit, digits };
        phrases.push(
          words.factorField({ label: this.labelOf(factor.field), value: this.quantity(factor.value, factor.unit) }),
        );
      } else if ('boost' in factor) {
        const value = factor.ratio[0] / factor.ratio[1];
        exact *= value;
        if (value !== 1)
          phrases.push(words.factorBoost({ boost: this.boostName(factor.boost), factor: value }, format));
      } else if ('ratio' in factor) {
        const value = factor.ratio[0] / factor.ratio[1];
        exact *= value;
        if (money !== undefined && fired.currency !== undefined) {
          const scale = 10 ** money.digits;
          phrases.push(
            words.factorPerMoney({
              points: this.points(fired.currency, value * scale),
              money: format.money(scale, money.unit),
            }),
          );
          money = undefined;
        } else if (!factors.some((other) => 'field' in other)) phrases.push(words.fixedReward);
        else if (value !== 1) phrases.push(words.factorRatio({ value }, format));
      } else if ('tier' in factor) {
        exact *= factor.percent / 100;
        if (factor.percent !== 100) {
          phrases.push(
            words.factorTier({ tier: this.nameOf('tier', factor.tier), factor: factor.percent / 100 }, format),
          );
        }
      } else {
        isBound = true;
        const say = { min: words.boundMin, max: words.boundMax, cap: words.boundCap, budget: words.boundBudget }[
          factor.bound
        ];
        phrases.push(say({ value: factor.value }, format));
      }
    }
    const rounded = Math.round(exact * 1_000) / 1_000;
    if (!isBound && fired.amount !== undefined && rounded !== fired.amount && Math.abs(rounded - fired.amount) < 1) {
      phrases.push(words.rounded({ exact: rounded, amount: fired.amount }, format));
    }
    return phrases;
  }

  /** Where nothing was given, and no definition so much as looked at the activity: that is the reason. */
  explainNothing(): readonly ReceiptLine[] {
    const { cause, effects, lines, receipt } = this.entry;
    const hasReason = receipt.fired.length > 0 || receipt.missed.length > 0 || lines.length > 0;
    const isGiven = effects.some(({ type }) => type !== 'counter.added');
    if (hasReason || isGiven || this.entry.outcome === 'refused') return [];
    const name = this.activityName(cause.type);
    return [{ id: 'none', kind: 'activity', name, points: undefined, because: [this.words.nothingGives] }];
  }

  explainMissed([definition, , condition, seen, needed]: Missed): ReceiptLine {
    const split = definition.indexOf(':');
    const kind = definition.slice(0, split);
    const id = definition.slice(split + 1);
    return {
      id: `${definition}:${condition}`,
      kind,
      name: this.nameOf(kind, id),
      points: undefined,
      because: [this.explainCondition(condition.split(':'), seen, needed, kind, id)],
    };
  }

  private explainCondition(
    parts: readonly string[],
    seen: Missed[3],
    needed: Missed[4],
    kind: string,
    id: string,
  ): string {
    const { words, format } = this;
    const [what, second, third] = parts;
    const isNegated = parts.includes('not');
    switch (what) {
      case 'field': {
        const path = second ?? '';
        const unit = this.unitOf(path);
        const demand = this.demand(parts.at(-1), isNegated, this.value(needed, unit));
        const label = this.labelOf(path);
        return seen === null
          ? words.fieldAbsent({ label, demand })
          : words.field({ label, seen: this.value(seen, unit), demand });
      }
      case 'member': {
        const name = this.definitions.memberAttributes?.find(({ id: one }) => one === second)?.name;
        const label = name === undefined ? (second ?? '') : this.text(name);
        const demand = this.demand(parts.at(-1), isNegated, this.value(needed));
        return seen === null
          ? words.memberAbsent({ label, demand })
          : words.member({ label, seen: this.value(seen), demand });
      }
      case 'count':
      case 'sum':
        return words[what]({
          seen: this.value(seen),
          demand: this.demand(parts.at(-1), isNegated, this.value(needed)),
        });
      case 'tier': {
        const names = { seen: this.nameOf('tier', String(seen)), needed: this.nameOf('tier', String(needed)) };
        if (isNegated) return words.tierNot(names);
        return third === 'is' || second === 'is' ? words.tierIs(names) : words.tierAtLeast(names);
      }
      case 'badge':
        return (isNegated ? words.badgeUnwanted : words.badgeNeeded)({ badge: this.nameOf('badge', String(needed)) });
      case 'cap': {
        const say = words.cap[isPeriod(second) ? second : 'ever'];
        return say({ allowed: Number(needed) }, format);
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
        const unit = this.streakUnit(id);
        return isDate(second) && second >= this.today
          ? words.streak[unit]({ missing, day: format.dayMonth(second) }, format)
          : words.streakEver[unit]({ missing }, format);
      }
      case 'group':
        return words.group[second === 'best' ? 'best' : 'first']({ rule: this.nameOf('rule', String(needed)) });
      case 'requires':
        return words.requiresMission({ mission: this.nameOf('mission', String(needed)) });
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
    const { words, format } = this;
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
    const { words, format } = this;
    const count = Math.max(0, target - seen);
    const missing = this.missingUnits(count, kind, id);
    const plural = count !== 1;
    if (!isDate(lastDay)) return words.progressEver({ missing, plural });
    if (lastDay < this.today) {
      const unit = kind === 'mission' ? this.unitOfSum(id) : undefined;
      const told = { seen: this.quantity(seen, unit), target: this.quantity(target, unit) };
      return words.progressOver({ ...told, day: format.day(lastDay) });
    }
    return words.progress({ missing, plural, day: format.dayMonth(lastDay) });
  }

  /** `2 compras`; `3 más (Secciones)`; where the activity's name has no plain plural, steps. */
  private missingUnits(count: number, kind: string, id: string): string {
    const { words, format } = this;
    const mission = kind === 'mission' ? this.definitions.missions.find((one) => one.id === id) : undefined;
    if (mission?.goal.kind === 'sum') return this.quantity(count, this.unitOfSum(id));
    if (mission?.goal.kind === 'distinct' || mission?.goal.kind === 'set') {
      const { field } = mission.goal;
      const type = 'activity' in mission.on ? mission.on.activity : undefined;
      const one = this.labelOf(field, type).toLocaleLowerCase(this.language);
      const other = this.labelOf(field.split('.')[0] ?? field, type).toLocaleLowerCase(this.language);
      return words.missingValues({ count, one, other }, format);
    }
    const badge = kind === 'badge' ? this.definitions.badges.find((one) => one.id === id) : undefined;
    const activity =
      mission !== undefined && mission.goal.kind !== 'sequence' && 'activity' in mission.on
        ? mission.on.activity
        : badge?.grant.kind === 'count'
          ? badge.grant.activity
          : undefined;
    const type = this.definitions.activityTypes.find((one) => one.id === activity);
    const name = type === undefined ? '' : this.text(type.name).toLocaleLowerCase(this.language);
    // One word that ends in a plain vowel takes an s in both languages; others are not guessed at.
    return /^\p{L}*[aeiou]$/u.test(name)
      ? words.missingActivity({ count, one: name, other: `${name}s` }, format)
      : words.missingOther({ count }, format);
  }

  private streakUnit(mission: string): StreakUnit {
    const goal = this.definitions.missions.find((one) => one.id === mission)?.goal;
    return goal?.kind === 'streak' ? unitOf(goal) : 'week';
  }

  private unitOfSum(mission: string): string | undefined {
    const found = this.definitions.missions.find((one) => one.id === mission);
    if (found?.goal.kind !== 'sum' || !('activity' in found.on)) return undefined;
    return this.attributeAt(found.goal.field, found.on.activity)?.['x-unit'];
  }

  private demand(operator: string | undefined, isNegated: boolean, needed: string): string {
    if (!isOperator(operator)) return this.words.other;
    return this.words.operators[isNegated ? OPPOSITE[operator] : operator]({ needed });
  }

  private value(value: Missed[3], unit?: string): string {
    return typeof value === 'number' ? this.quantity(value, unit) : String(value ?? '');
  }

  private quantity(value: number, unit?: string): string {
    if (minorDigits(unit) !== undefined && unit !== undefined) return this.format.money(value, unit);
    const number = this.format.number(value);
    return unit === undefined ? number : `${number} ${unit}`;
  }

  currencyName(id: string): string {
    return this.nameOf('currency', id);
  }

  points(currency: string, count: number): string {
    const unit = this.definitions.currencies.find(({ id }) => id === currency)?.unit;
    const one = unit ? this.text(unit.one) : currency;
    const other = unit ? this.text(unit.other) : currency;
    return this.format.count(count, { one: `# ${one}`, other: `# ${other}` });
  }

  private nameOf(kind: string, id: string): string {
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

  private boostName(id: string): string {
    const boost = this.definitions.rules.flatMap((rule) => rule.boosts ?? []).find((one) => one.id === id);
    return boost ? this.text(boost.name) : id;
  }

  private labelOf(path: string, type: string = this.entry.cause.type): string {
    const label = this.attributeAt(path, type)?.['x-label'];
    return label ? this.text(label) : path;
  }

  private unitOf(path: string): string | undefined {
    return this.attributeAt(path, this.entry.cause.type)?.['x-unit'];
  }

  private attributeAt(path: string, type: string): AttributeSchema | undefined {
    let schema: AttributeSchema | undefined = this.definitions.activityTypes.find(({ id }) => id === type)?.attributes;
    for (const part of path.split('.')) {
      if (schema?.type === 'array') schema = schema.items;
      schema = schema?.type === 'object' ? schema.properties[part] : undefined;
    }
    return schema;
  }

  private text(text: LocalizedText): string {
    return chooseText(text, this.language);
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

/** Minor digits of an ISO 4217 code; undefined where the unit is no currency. */
function minorDigits(unit: string | undefined): number | undefined {
  if (unit === undefined || !/^[A-Z]{3}$/.test(unit)) return undefined;
  return ['JPY', 'CLP', 'KRW', 'PYG', 'ISK', 'VND'].includes(unit) ? 0 : 2;
}
