import type { es as errors } from '@verbena/shared/errors/errors.es.js';
import type { FieldCode } from '@verbena/shared/errors/fields.es.js';
import type { LedgerWords } from '@verbena/shared/ledger/ledger.es.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { ProblemParams } from '@verbena/shared/platform/problem.js';
import type { Format } from '@verbena/shared/words/format.js';
import type { Words } from './es.js';

type Sentence = string | ((p: ProblemParams, f: Format) => string);

/** Everything that can be said in one language: by the screens, and by the contract. */
export interface Vocabulary {
  readonly screens: Words;
  readonly errors: typeof errors;
  readonly fields: Record<FieldCode, Sentence>;
  readonly ledger: LedgerWords;
}

/** A reader fetches one language; the other comes when it is chosen. */
export async function loadVocabulary(language: Language): Promise<Vocabulary> {
  const { vocabulary } = language === 'en' ? await import('./vocabulary.en.js') : await import('./vocabulary.es.js');
  return vocabulary;
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
