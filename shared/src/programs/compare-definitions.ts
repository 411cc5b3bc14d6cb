import { activityTypeComparison } from '#activities/compare-activity-type.js';
import { badgeComparison } from '#badges/compare-badge.js';
import { currencyComparison } from '#currencies/compare-currency.js';
import { boardComparison } from '#leaderboards/compare-board.js';
import { memberAttributeComparison } from '#members/compare-member-attribute.js';
import { missionComparison } from '#missions/compare-mission.js';
import type { LocalizedText } from '#platform/localized-text.js';
import { referralComparison } from '#referrals/compare-referral.js';
import { ruleComparison } from '#rules/compare-rule.js';
import { tierComparison } from '#tiers/compare-tier.js';
import { type ChangeSentence, type DefinitionChange, worstOf } from './definition-change.js';
import { CHANGE_KINDS, type ChangeKind, type Definitions } from './definitions.js';
import { type Comparison, type Difference, nameDifference, otherDifferences, Pair, type Tell } from './difference.js';
import { isSame } from './judge-change.js';
import { tellTerms } from './tell-terms.js';

/** One definition of a kind. */
type One<K extends ChangeKind> = NonNullable<Definitions[K]>[number];

/** How each kind of definition is compared; leaving one out does not compile. */
const COMPARISONS: { readonly [K in ChangeKind]: Comparison<One<K>> } = {
  activityTypes: activityTypeComparison,
  currencies: currencyComparison,
  rules: ruleComparison,
  missions: missionComparison,
  badges: badgeComparison,
  tiers: tierComparison,
  boards: boardComparison,
  referrals: referralComparison,
  memberAttributes: memberAttributeComparison,
};

/**
 * What changes from one set of definitions to another: a definition each, with sentences in both languages and what each is
 * to members. Pure. Revisions do not count; a field without words of its own is told by its name, and is `worse`.
 */
export function compareDefinitions(before: Definitions, after: Definitions): DefinitionChange[] {
  const readers = [new Pair(before, after, 'es'), new Pair(before, after, 'en')] as const;
  return CHANGE_KINDS.flatMap((kind) => compareKind(kind, before, after, readers));
}

type Readers = readonly [Pair, Pair];

function compareKind<K extends ChangeKind>(
  kind: K,
  before: Definitions,
  after: Definitions,
  readers: Readers,
): DefinitionChange[] {
  const [was, is]: [readonly One<K>[], readonly One<K>[]] = [before[kind] ?? [], after[kind] ?? []];
  const changes = is.flatMap((definition) => {
    const old = was.find(({ id }) => id === definition.id);
    return old === undefined ? [addedChange(kind, definition, readers)] : changedChange(kind, old, definition, readers);
  });
  const removed = was
    .filter(({ id }) => !is.some((one) => one.id === id))
    .map((definition) => removedChange(kind, definition, readers));
  return [...changes, ...removed, ...reorderedChange(kind, was, is, readers)];
}

function addedChange<K extends ChangeKind>(kind: K, definition: One<K>, readers: Readers): DefinitionChange {
  const tell: Tell = (pair, thing) =>
    pair.words.added({ thing, terms: tellTerms(kind, definition, pair.now).join(' ') });
  // Something more to record earns nobody anything by itself.
  const verdict = kind === 'activityTypes' || kind === 'memberAttributes' ? 'neutral' : 'better';
  return changeOf(kind, definition, 'added', [{ verdict, tell }], readers);
}

function removedChange<K extends ChangeKind>(kind: K, definition: One<K>, readers: Readers): DefinitionChange {
  return changeOf(
    kind,
    definition,
    'removed',
    [{ verdict: 'worse', tell: ({ words }, thing) => words.removed({ thing }) }],
    readers,
  );
}

function changedChange<K extends ChangeKind>(
  kind: K,
  before: One<K>,
  after: One<K>,
  readers: Readers,
): DefinitionChange[] {
  const { fields, compare }: Comparison<One<K>> = COMPARISONS[kind];
  const differences = [
    ...nameDifference(before.name, after.name),
    ...compare(before, after),
    ...otherDifferences(before, after, fields),
  ];
  return differences.length === 0 ? [] : [changeOf(kind, after, 'changed', differences, readers)];
}

function changeOf(
  kind: ChangeKind,
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
  kind: ChangeKind,
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
