import type { Format } from '#words/format.js';
import type { Language } from './localized-text.js';
import type { ProblemParams } from './problem.js';

// What a module's manifest (`<module>.manifest.ts`) and its words (`<module>.words.ts`) may bring. `manifests.ts` and
// `manifest-words.ts` put them together.

/** The roles of a program's people, each with all that those before it may. */
export const ROLES = ['member', 'moderator', 'manager', 'owner'] as const;

/** Something in both languages. */
export interface InBoth<T> {
  readonly es: T;
  readonly en: T;
}

/** What somebody may do in a program, and who. */
export interface PermissionSpec {
  /** The least role that may; without one no role in a program may. */
  readonly role?: (typeof ROLES)[number];
  /**
   * When staff show the second factor first: `never` where nothing is changed, `toChange` where what is only looked at (a GET) is
   * lists and previews without a secret, else `always`: what gives or takes points, opens an account or weakens a check.
   */
  readonly secondFactor: 'never' | 'toChange' | 'always';
  /** An API key may be given it: never the management of keys or programs. */
  readonly forKeys?: true;
}

/** One refusal: its HTTP status, and a title for whoever programs. People read the sentence in the module's words. */
export interface ErrorSpec {
  readonly status: number;
  readonly title: InBoth<string>;
}

/** What people read: a text, or one that is made of what is known. */
export type Sentence = string | ((p: ProblemParams, f: Format) => string);

export type WordsOf<Specs, Word> = { readonly [Id in keyof Specs]: InBoth<Word> };
export type ListWords<Ids extends readonly string[]> = { readonly [Id in Ids[number]]: InBoth<string> };
/** What the page of API keys says of those that a key may have. */
export type PermissionWords<Specs> = {
  readonly [Id in keyof Specs as Specs[Id] extends { readonly forKeys: true } ? Id : never]: InBoth<{
    readonly label: string;
    readonly text: string;
  }>;
};

/** A table of words in one language. */
export function wordsIn<Id extends string, Word>(
  language: Language,
  table: Readonly<Record<Id, InBoth<Word>>>,
): Readonly<Record<Id, Word>> {
  const rows = Object.entries<InBoth<Word>>(table).map(([id, words]) => [id, words[language]]);
  return Object.fromEntries(rows) as Readonly<Record<Id, Word>>;
}
