import type { LocalizedText } from '#platform/localized-text.js';
import type { DefinitionZone, OnReversal } from './definition.js';
import type { Verdict } from './definition-change.js';
import type { Definitions } from './definitions.js';
import type { Condition } from '#rules/condition.js';
import type { Trigger } from '#rules/trigger.js';
import { isSame, judgeCondition } from './judge-change.js';
import { TermsTeller } from './tell-terms.js';
import type { TermsWords } from './terms.es.js';

/** One reader of both sets: what was is told with the names of then. */
export class Pair {
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

export type Tell = (pair: Pair, thing: string) => string;
/** One thing that differs between two definitions: what it is to members, and how it is told. */
export interface Difference {
  readonly verdict: Verdict;
  readonly tell: Tell;
}
/** A value in the words of then, or of now; empty where there is none. */
export type TellValue = (teller: TermsTeller) => string;

/** How two definitions of a kind differ, and the fields that it has words for; any other is told by its name. */
export interface Comparison<D> {
  readonly fields: readonly (keyof D & string)[];
  readonly compare: (before: D, after: D) => readonly Difference[];
}

type AspectName = Exclude<keyof TermsWords['aspects'], 'boost' | 'boostDays' | 'boostWhen' | 'other'>;

/** An aspect that goes from one value to another. Equal texts: only its words changed. */
export function aspect(name: AspectName, verdict: Verdict, from: TellValue, to: TellValue): Difference {
  return {
    verdict,
    tell: (pair, thing) => aspectSentence(pair, thing, pair.words.aspects[name], from(pair.old), to(pair.now)),
  };
}

export function aspectSentence({ words }: Pair, thing: string, label: string, from: string, to: string): string {
  if (from === to) return words.reworded({ thing, aspect: label });
  if (from === '') return words.aspectGiven({ thing, aspect: label, to });
  if (to === '') return words.aspectTaken({ thing, aspect: label, from });
  return words.aspectMoves({ thing, aspect: label, from, to });
}

/** Where two values differ: the difference; else nothing. */
export function when(differs: boolean, difference: () => Difference): readonly Difference[] {
  return differs ? [difference()] : [];
}

/**
 * What of two definitions stands under one aspect, where it differs.
 * @param pick the value of either
 * @param judge what the move is to members, or a function of both values that says it
 * @param tell a value in words, with the definition that it belongs to
 */
export function differing<D, V>(
  [before, after]: readonly [D, D],
  name: AspectName,
  pick: (definition: D) => V,
  judge: Verdict | ((was: V, is: V) => Verdict),
  tell: (teller: TermsTeller, value: V, definition: D) => string,
): readonly Difference[] {
  const [was, is] = [pick(before), pick(after)];
  return when(!isSame(was, is), () =>
    aspect(
      name,
      typeof judge === 'function' ? judge(was, is) : judge,
      (teller) => tell(teller, was, before),
      (teller) => tell(teller, is, after),
    ),
  );
}

/** What sets a definition off, and on which condition. */
export function occasionDifferences<D extends { readonly on: Trigger; readonly when?: Condition | undefined }>(
  both: readonly [D, D],
): readonly Difference[] {
  return [
    ...differing(
      both,
      'trigger',
      ({ on }) => on,
      'worse',
      (teller, on) => teller.trigger(on),
    ),
    ...differing(
      both,
      'when',
      (definition) => definition.when,
      judgeCondition,
      (teller, condition, { on }) => teller.condition(condition, on),
    ),
  ];
}

export function nameDifference(before: LocalizedText, after: LocalizedText): readonly Difference[] {
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

export function descriptionDifference(
  both: readonly { readonly description?: LocalizedText | undefined }[],
): readonly Difference[] {
  return when(!isSame(both[0]?.description, both[1]?.description), () => ({
    verdict: 'neutral',
    tell: ({ words }, thing) => words.reworded({ thing, aspect: words.aspects.description }),
  }));
}

export function zoneDifference(
  both: readonly [{ readonly zone: DefinitionZone }, { readonly zone: DefinitionZone }],
): readonly Difference[] {
  return differing(
    both,
    'zone',
    ({ zone }) => zone,
    'worse',
    ({ words }, zone) => words.zones[zone],
  );
}

/** Whether something stays when what it was reached by is taken back: that it does is to the member's benefit. */
export function returnDifference(
  both: readonly [{ readonly onReversal?: OnReversal | undefined }, { readonly onReversal?: OnReversal | undefined }],
): readonly Difference[] {
  return differing(
    both,
    'returned',
    ({ onReversal = 'takeBack' }) => onReversal,
    (_, is) => (is === 'keep' ? 'better' : 'worse'),
    ({ words }, onReversal) => words.onReturn[onReversal],
  );
}

/** Fields that nobody has words for, a newer kind of definition's perhaps: told by name, and never taken for a benefit. */
export function otherDifferences(before: object, after: object, known: readonly string[]): readonly Difference[] {
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
