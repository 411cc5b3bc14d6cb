import type { ActivityType } from '#activities/activity-type.js';
import type { Badge } from '#badges/badge.js';
import type { Currency } from '#currencies/currency.js';
import type { Board } from '#leaderboards/board.js';
import type { Mission } from '#missions/mission.js';
import type { Referral } from '#referrals/referral.js';
import type { LocalizedText } from '#platform/localized-text.js';
import type { Boost, Earning, Rule } from '#rules/rule.js';
import type { Tier } from '#tiers/tier.js';
import { type ChangeSentence, type DefinitionChange, type Verdict, worstOf } from './definition-change.js';
import { DEFINITION_KINDS, type DefinitionKind, type Definitions } from './definitions.js';
import {
  isSame,
  judgeAmount,
  judgeBoard,
  judgeBoostDays,
  judgeCap,
  judgeCondition,
  judgeExpiry,
  judgeGoal,
  judgeLess,
  judgeMore,
  judgePoints,
  judgeRatio,
  judgeSet,
} from './judge-change.js';
import { TermsTeller, tellTerms } from './tell-terms.js';
import type { TermsWords } from './terms.es.js';

/**
 * What changes from one set of definitions to another: a definition each, with sentences in both languages and what each is
 * to members. Pure. Revisions do not count; a field without words of its own is told by its name, and is `worse`.
 */
export function compareDefinitions(before: Definitions, after: Definitions): DefinitionChange[] {
  const readers = [new Pair(before, after, 'es'), new Pair(before, after, 'en')] as const;
  return DEFINITION_KINDS.flatMap((kind) => compareKind(kind, before, after, readers));
}

/** One reader of both sets: what was is told with the names of then. */
class Pair {
  readonly old: TermsTeller;
  readonly now: TermsTeller;

  constructor(before: Definitions, after: Definitions, language: 'es' | 'en') {
    this.old = new TermsTeller(before, language);
    this.now = new TermsTeller(after, language);
  }

  get words(): TermsWords {
    return this.now.words;
  }
}

type Readers = readonly [Pair, Pair];
type Tell = (pair: Pair, thing: string) => string;
/** One thing that differs, and how it is told. */
interface Difference {
  readonly verdict: Verdict;
  readonly tell: Tell;
}

function compareKind<K extends DefinitionKind>(
  kind: K,
  before: Definitions,
  after: Definitions,
  readers: Readers,
): DefinitionChange[] {
  type One = Definitions[K][number];
  const [was, is]: [readonly One[], readonly One[]] = [before[kind], after[kind]];
  const changes = is.flatMap((definition) => {
    const old = was.find(({ id }) => id === definition.id);
    return old === undefined ? [addedChange(kind, definition, readers)] : changedChange(kind, old, definition, readers);
  });
  const removed = was
    .filter(({ id }) => !is.some((one) => one.id === id))
    .map((definition) => removedChange(kind, definition, readers));
  return [...changes, ...removed, ...reorderedChange(kind, was, is, readers)];
}

function addedChange<K extends DefinitionKind>(
  kind: K,
  definition: Definitions[K][number],
  readers: Readers,
): DefinitionChange {
  const tell: Tell = (pair, thing) =>
    pair.words.added({ thing, terms: tellTerms(kind, definition, pair.now).join(' ') });
  // Something more to record earns nobody anything by itself.
  const verdict = kind === 'activityTypes' ? 'neutral' : 'better';
  return changeOf(kind, definition, 'added', [{ verdict, tell }], readers);
}

function removedChange<K extends DefinitionKind>(
  kind: K,
  definition: Definitions[K][number],
  readers: Readers,
): DefinitionChange {
  return changeOf(
    kind,
    definition,
    'removed',
    [{ verdict: 'worse', tell: ({ words }, thing) => words.removed({ thing }) }],
    readers,
  );
}

function changedChange<K extends DefinitionKind>(
  kind: K,
  before: Definitions[K][number],
  after: Definitions[K][number],
  readers: Readers,
): DefinitionChange[] {
  const differences = [
    ...nameDifference(before.name, after.name),
    ...COMPARE[kind](before, after),
    ...otherDifferences(before, after, FIELDS[kind]),
  ];
  return differences.length === 0 ? [] : [changeOf(kind, after, 'changed', differences, readers)];
}

function changeOf(
  kind: DefinitionKind,
  { id, name }: { readonly id: string; readonly name: LocalizedText },
  change: DefinitionChange['change'],
  differences: readonly Difference[],
  [es, en]: Readers,
): DefinitionChange {
  const textOf = (tell: Tell, pair: Pair) => tell(pair, pair.words.things[kind]({ name: pair.now.choose(name) }));
  const sentences: ChangeSentence[] = differences.map(({ verdict, tell }) => ({
    verdict,
    text: { es: textOf(tell, es), en: textOf(tell, en) },
  }));
  return { kind, id, name, change, verdict: worstOf(differences.map(({ verdict }) => verdict)), sentences };
}

function reorderedChange(
  kind: DefinitionKind,
  before: readonly { readonly id: string }[],
  after: readonly { readonly id: string }[],
  [es, en]: Readers,
): DefinitionChange[] {
  const kept = (list: typeof before, other: typeof before) =>
    list.map(({ id }) => id).filter((id) => other.some((one) => one.id === id));
  if (isSame(kept(before, after), kept(after, before))) return [];
  const text = { es: es.words.reordered[kind], en: en.words.reordered[kind] };
  return [{ kind, change: 'reordered', verdict: 'neutral', sentences: [{ verdict: 'neutral', text }] }];
}

type Compare<K extends DefinitionKind> = (
  before: Definitions[K][number],
  after: Definitions[K][number],
) => readonly Difference[];

const COMPARE: { readonly [K in DefinitionKind]: Compare<K> } = {
  activityTypes: compareActivityType,
  currencies: compareCurrency,
  rules: compareRule,
  missions: compareMission,
  badges: compareBadge,
  tiers: compareTier,
  boards: compareBoard,
  referrals: compareReferral,
};

/** The fields that `COMPARE` has words for; any other is told by its name. */
const FIELDS: { readonly [K in DefinitionKind]: readonly string[] } = {
  activityTypes: ['attributes'],
  currencies: ['unit', 'expiry', 'zone'],
  rules: ['description', 'on', 'when', 'earn', 'boosts', 'zone'],
  missions: ['description', 'on', 'when', 'goal', 'reward', 'zone'],
  badges: ['description', 'grant'],
  tiers: ['currency', 'threshold', 'percent', 'benefits', 'zone'],
  boards: ['description', 'currency', 'period', 'ties', 'zone'],
  referrals: ['description', 'on', 'when', 'withinDays', 'gives'],
};

type AspectName = Exclude<keyof TermsWords['aspects'], 'boost' | 'boostDays' | 'other'>;

/** A field that goes from one value to another. `verdict` neutral and equal texts: only its words changed. */
function aspect(
  name: AspectName,
  verdict: Verdict,
  from: (teller: TermsTeller) => string,
  to: (teller: TermsTeller) => string,
): Difference {
  return {
    verdict,
    tell: (pair, thing) => aspectSentence(pair, thing, pair.words.aspects[name], from(pair.old), to(pair.now)),
  };
}

function aspectSentence({ words }: Pair, thing: string, label: string, from: string, to: string): string {
  if (from === to) return words.reworded({ thing, aspect: label });
  if (from === '') return words.aspectGiven({ thing, aspect: label, to });
  if (to === '') return words.aspectTaken({ thing, aspect: label, from });
  return words.aspectMoves({ thing, aspect: label, from, to });
}

/** Where two values differ: the aspect; else nothing. */
function when(differs: boolean, difference: () => Difference): readonly Difference[] {
  return differs ? [difference()] : [];
}

function nameDifference(before: LocalizedText, after: LocalizedText): readonly Difference[] {
  return when(!isSame(before, after), () => ({
    verdict: 'neutral',
    tell: (pair, thing) => {
      const [from, to] = [pair.old.choose(before), pair.now.choose(after)];
      return from === to
        ? pair.words.reworded({ thing, aspect: pair.words.aspects.name })
        : pair.words.renamed({ from: thing.replace(to, from), to });
    },
  }));
}

function descriptionDifference(
  before: LocalizedText | undefined,
  after: LocalizedText | undefined,
): readonly Difference[] {
  return when(!isSame(before, after), () => ({
    verdict: 'neutral',
    tell: ({ words }, thing) => words.reworded({ thing, aspect: words.aspects.description }),
  }));
}

function zoneDifference(before: 'member' | 'program', after: 'member' | 'program'): readonly Difference[] {
  return when(before !== after, () =>
    aspect(
      'zone',
      'worse',
      ({ words }) => words.zones[before],
      ({ words }) => words.zones[after],
    ),
  );
}

function compareRule(before: Rule, after: Rule): readonly Difference[] {
  return [
    ...descriptionDifference(before.description, after.description),
    ...when(!isSame(before.on, after.on), () =>
      aspect(
        'trigger',
        'worse',
        (teller) => teller.trigger(before.on),
        (teller) => teller.trigger(after.on),
      ),
    ),
    ...when(!isSame(before.when, after.when), () =>
      aspect(
        'when',
        judgeCondition(before.when, after.when),
        (teller) => teller.condition(before.when, before.on),
        (teller) => teller.condition(after.when, after.on),
      ),
    ),
    ...before.earn.flatMap((earning, index) => compareEarning(before, after, earning, after.earn[index])),
    ...after.earn
      .slice(before.earn.length)
      .map((earning) => aspect('earning', 'better', () => '', tellEarning(earning, after))),
    ...compareBoosts(before.boosts ?? [], after.boosts ?? []),
    ...zoneDifference(before.zone, after.zone),
  ];
}

function tellEarning({ amount, currency }: Earning, { on, boosts }: Rule): (teller: TermsTeller) => string {
  return (teller) => teller.amount(amount, currency, on, boosts);
}

function compareEarning(before: Rule, after: Rule, was: Earning, is: Earning | undefined): readonly Difference[] {
  const [from, to] = [tellEarning(was, before), is === undefined ? () => '' : tellEarning(is, after)];
  if (is === undefined) return [aspect('earning', 'worse', from, to)];
  const isMoved = was.currency !== is.currency;
  return [
    ...when(isMoved || !isSame(was.amount, is.amount), () => ({
      verdict: isMoved ? ('worse' as const) : judgeAmount(was.amount, is.amount, after.boosts ?? []),
      tell: (pair, thing) => {
        const [old, now] = [from(pair.old), to(pair.now)];
        return old === now
          ? pair.words.reworded({ thing, aspect: pair.words.aspects.earning })
          : pair.words.moves({ thing, from: old, to: now });
      },
    })),
    ...when(!isSame(was.when, is.when), () =>
      aspect(
        'earningWhen',
        judgeCondition(was.when, is.when),
        (teller) => teller.condition(was.when, before.on),
        (teller) => teller.condition(is.when, after.on),
      ),
    ),
    ...when(!isSame(was.cap, is.cap), () =>
      aspect(
        'cap',
        judgeCap(was.cap, is.cap),
        (teller) => teller.cap(was.cap, was.currency),
        (teller) => teller.cap(is.cap, is.currency),
      ),
    ),
    ...otherDifferences(was, is, ['currency', 'amount', 'when', 'cap']),
  ];
}

function compareBoosts(before: readonly Boost[], after: readonly Boost[]): readonly Difference[] {
  const find = (list: readonly Boost[], id: string) => list.find((boost) => boost.id === id);
  const ids = new Set([...before, ...after].map(({ id }) => id));
  return [...ids].flatMap((id) => compareBoost(find(before, id), find(after, id)));
}

function compareBoost(was: Boost | undefined, is: Boost | undefined): readonly Difference[] {
  const named = is ?? was;
  if (named === undefined) return [];
  const tell =
    (label: 'boost' | 'boostDays', from: (teller: TermsTeller) => string, to: typeof from): Tell =>
    (pair, thing) =>
      aspectSentence(
        pair,
        thing,
        pair.words.aspects[label]({ name: pair.now.choose(named.name) }),
        from(pair.old),
        to(pair.now),
      );
  const whole = (boost: Boost | undefined) => (teller: TermsTeller) =>
    boost === undefined ? '' : `${teller.factor(boost.ratio)}, ${teller.boostDays(boost)}`;
  // What is declared and in no product changes nothing; the product itself is judged with the amount.
  if (was === undefined) return [{ verdict: 'neutral', tell: tell('boost', whole(was), whole(is)) }];
  if (is === undefined) return [{ verdict: 'worse', tell: tell('boost', whole(was), whole(is)) }];
  const days = judgeBoostDays(was, is);
  return [
    ...when(!isSame(was.ratio, is.ratio), () => ({
      verdict: judgeRatio(was.ratio, is.ratio),
      tell: tell(
        'boost',
        (teller) => teller.factor(was.ratio),
        (teller) => teller.factor(is.ratio),
      ),
    })),
    ...when(days !== 'neutral', () => ({
      // More days of a boost that takes away are not to anybody's benefit.
      verdict: is.ratio[0] < is.ratio[1] ? ('worse' as const) : days,
      tell: tell(
        'boostDays',
        (teller) => teller.boostDays(was),
        (teller) => teller.boostDays(is),
      ),
    })),
    ...otherDifferences(was, is, ['id', 'name', 'ratio', 'weekdays', 'from', 'until']),
  ];
}

function compareMission(before: Mission, after: Mission): readonly Difference[] {
  const points = (mission: Mission) => (teller: TermsTeller) =>
    teller.format.list(mission.reward.points.map(({ currency, amount }) => teller.points(currency, amount)));
  const badges = (mission: Mission) => (teller: TermsTeller) =>
    teller.format.list(mission.reward.badges.map((badge) => teller.name('badges', badge)));
  return [
    ...descriptionDifference(before.description, after.description),
    ...when(!isSame(before.on, after.on), () =>
      aspect(
        'trigger',
        'worse',
        (teller) => teller.trigger(before.on),
        (teller) => teller.trigger(after.on),
      ),
    ),
    ...when(!isSame(before.when, after.when), () =>
      aspect(
        'when',
        judgeCondition(before.when, after.when),
        (teller) => teller.condition(before.when, before.on),
        (teller) => teller.condition(after.when, after.on),
      ),
    ),
    ...when(!isSame(before.goal, after.goal), () =>
      aspect(
        'goal',
        judgeGoal(before.goal, after.goal),
        (teller) => teller.goal(before.goal, before.on),
        (teller) => teller.goal(after.goal, after.on),
      ),
    ),
    ...when(!isSame(before.reward.points, after.reward.points), () =>
      aspect('points', judgePoints(before.reward.points, after.reward.points), points(before), points(after)),
    ),
    ...when(!isSame(before.reward.badges, after.reward.badges), () =>
      aspect('badges', judgeSet(before.reward.badges, after.reward.badges), badges(before), badges(after)),
    ),
    ...otherDifferences(before.reward, after.reward, ['points', 'badges']),
    ...zoneDifference(before.zone, after.zone),
  ];
}

function compareBadge(before: Badge, after: Badge): readonly Difference[] {
  const { grant: was } = before;
  const { grant: is } = after;
  const isSameCount =
    was.kind === 'count' && is.kind === 'count' && isSame({ ...was, target: 0 }, { ...is, target: 0 });
  return [
    ...descriptionDifference(before.description, after.description),
    ...when(!isSame(was, is), () =>
      aspect(
        'grant',
        isSameCount ? judgeLess(was.target, is.target) : 'worse',
        (teller) => teller.grant(was),
        (teller) => teller.grant(is),
      ),
    ),
  ];
}

function compareTier(before: Tier, after: Tier): readonly Difference[] {
  const benefits = (tier: Tier) => (teller: TermsTeller) =>
    teller.format.list(tier.benefits.map((benefit) => teller.choose(benefit)));
  return [
    ...when(before.currency !== after.currency, () =>
      aspect(
        'currency',
        'worse',
        (teller) => teller.name('currencies', before.currency),
        (teller) => teller.name('currencies', after.currency),
      ),
    ),
    ...when(before.threshold !== after.threshold, () =>
      aspect(
        'threshold',
        judgeLess(before.threshold, after.threshold),
        (teller) => teller.points(before.currency, before.threshold),
        (teller) => teller.points(after.currency, after.threshold),
      ),
    ),
    ...when(before.percent !== after.percent, () =>
      aspect(
        'percent',
        judgeMore(before.percent, after.percent),
        (teller) => teller.factor([before.percent, 100]),
        (teller) => teller.factor([after.percent, 100]),
      ),
    ),
    ...when(!isSame(before.benefits, after.benefits), () =>
      aspect(
        'benefits',
        judgeSet(
          before.benefits.map((benefit) => JSON.stringify(benefit)),
          after.benefits.map((benefit) => JSON.stringify(benefit)),
        ),
        benefits(before),
        benefits(after),
      ),
    ),
    ...zoneDifference(before.zone, after.zone),
  ];
}

function compareCurrency(before: Currency, after: Currency): readonly Difference[] {
  return [
    ...when(!isSame(before.unit, after.unit), () =>
      aspect(
        'unit',
        'neutral',
        (teller) => teller.choose(before.unit.other),
        (teller) => teller.choose(after.unit.other),
      ),
    ),
    ...when(!isSame(before.expiry, after.expiry), () =>
      aspect(
        'expiry',
        judgeExpiry(before.expiry, after.expiry),
        (teller) => teller.expiry(before.expiry),
        (teller) => teller.expiry(after.expiry),
      ),
    ),
    ...zoneDifference(before.zone, after.zone),
  ];
}

function compareActivityType(before: ActivityType, after: ActivityType): readonly Difference[] {
  const [was, is] = [before.attributes, after.attributes];
  const keepsAll =
    isSame(was.required ?? [], is.required ?? []) &&
    Object.entries(was.properties).every(([name, attribute]) => isSame(attribute, is.properties[name]));
  return when(!isSame(was, is), () => ({
    verdict: keepsAll ? 'neutral' : 'worse',
    tell: ({ words }, thing) => words.reworded({ thing, aspect: words.aspects.attributes }),
  }));
}

function compareBoard(before: Board, after: Board): readonly Difference[] {
  const verdict = judgeBoard(before, after);
  return [
    ...descriptionDifference(before.description, after.description),
    ...when(before.currency !== after.currency, () =>
      aspect(
        'currency',
        verdict,
        (teller) => teller.name('currencies', before.currency),
        (teller) => teller.name('currencies', after.currency),
      ),
    ),
    ...when(before.period !== after.period, () =>
      aspect(
        'period',
        verdict,
        ({ words }) => words.periods[before.period],
        ({ words }) => words.periods[after.period],
      ),
    ),
    ...when(before.ties !== after.ties, () =>
      aspect(
        'ties',
        verdict,
        ({ words }) => words.ties[before.ties],
        ({ words }) => words.ties[after.ties],
      ),
    ),
  ];
}

function compareReferral(before: Referral, after: Referral): readonly Difference[] {
  const days = (count: number) => (teller: TermsTeller) => teller.words.days({ count }, teller.format);
  return [
    ...descriptionDifference(before.description, after.description),
    ...when(before.on !== after.on, () =>
      aspect(
        'trigger',
        'worse',
        (teller) => teller.name('activityTypes', before.on),
        (teller) => teller.name('activityTypes', after.on),
      ),
    ),
    ...when(!isSame(before.when, after.when), () =>
      aspect(
        'when',
        judgeCondition(before.when, after.when),
        (teller) => teller.condition(before.when, { activity: before.on }),
        (teller) => teller.condition(after.when, { activity: after.on }),
      ),
    ),
    ...when(before.withinDays !== after.withinDays, () =>
      aspect(
        'withinDays',
        judgeMore(before.withinDays, after.withinDays),
        days(before.withinDays),
        days(after.withinDays),
      ),
    ),
    ...when(before.gives !== after.gives, () =>
      aspect(
        'gives',
        'worse',
        (teller) => teller.name('activityTypes', before.gives),
        (teller) => teller.name('activityTypes', after.gives),
      ),
    ),
  ];
}

/** Fields that nobody has words for, a newer kind of definition's perhaps: told by name, and never taken for a benefit. */
function otherDifferences(before: object, after: object, known: readonly string[]): readonly Difference[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => !['id', 'rev', 'name', ...known].includes(key) && !isSame(was.get(key), is.get(key)))
    .map((key) => ({
      verdict: 'worse' as const,
      tell: (pair: Pair, thing: string) =>
        aspectSentence(pair, thing, pair.words.aspects.other({ path: key }), shown(was.get(key)), shown(is.get(key))),
    }));
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
