import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import type { FieldCode } from '@verbena/shared/errors/fields.es.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { Sentence } from '@verbena/shared/platform/manifest.js';
import type { ProblemParams } from '@verbena/shared/platform/problem.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Words } from './es.js';

/** What the first screen may need to say in one language. */
export interface Vocabulary {
  readonly screens: Words;
}

/** What is said when something is refused. Nothing is before something was asked, so it comes right after the first screen. */
export interface Refusals {
  readonly errors: Readonly<Record<ErrorCode, Sentence>>;
  readonly fields: Record<FieldCode, Sentence>;
}

/** A reader fetches one language; the other comes when it is chosen. */
export async function loadVocabulary(language: Language): Promise<Vocabulary> {
  const { vocabulary } = language === 'en' ? await import('./vocabulary.en.js') : await import('./vocabulary.es.js');
  return vocabulary;
}

export async function loadRefusals(language: Language): Promise<Refusals> {
  const { refusals } = language === 'en' ? await import('./refusals.en.js') : await import('./refusals.es.js');
  return refusals;
}

/** One sentence of the contract, said; a code that is not known reads as the fallback. */
export function say<Code extends string>(
  sentences: Readonly<Record<Code, Sentence>>,
  code: string,
  fallback: Code,
  params: ProblemParams,
  format: Format,
): string {
  const isKnown = (text: string): text is Code => Object.hasOwn(sentences, text);
  const sentence = sentences[isKnown(code) ? code : fallback];
  return typeof sentence === 'string' ? sentence : sentence(params, format);
}
