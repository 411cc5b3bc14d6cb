import { explainField } from '#errors/explain-problem.js';
import type { Language } from '#platform/localized-text.js';
import type { Problem } from '#platform/problem.js';
import { Format } from '#words/format.js';
import { en } from './programs.en.js';
import { es, type DefinitionProblemCode } from './programs.es.js';

/** The sentence for a problem of a set of definitions: what does not fit together, or what is wrong with one field. */
export function explainDefinitionProblem(
  { code, params = {} }: Problem,
  language: Language,
  format: Format = new Format(language),
): string {
  if (!isDefinitionProblem(code)) return explainField(code, params, language, format);
  const sentence = (language === 'es' ? es : en)[code];
  return typeof sentence === 'string' ? sentence : sentence(params, format);
}

function isDefinitionProblem(code: string): code is DefinitionProblemCode {
  return Object.hasOwn(es, code);
}
