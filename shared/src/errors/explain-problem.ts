import type { Problem, ProblemParams } from '#platform/problem.js';
import type { Language } from '#platform/localized-text.js';
import { Format } from '#words/format.js';
import { ERROR_WORDS } from '#manifest-words.js';
import { ERRORS } from '#manifests.js';
import type { ErrorCode } from './catalogue.js';
import { en as fieldsEn } from './fields.en.js';
import { es as fieldsEs } from './fields.es.js';

/** The sentence for a refusal in the reader's language; a code that we do not know reads as `server.failed`. */
export function explainError(
  code: string,
  params: ProblemParams,
  language: Language,
  format: Format = new Format(language),
): string {
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'server.failed';
  const sentence = ERROR_WORDS[known][language];
  return typeof sentence === 'string' ? sentence : sentence(params, format);
}

/** The sentence that stands beside a field; a rule that we do not know reads as `invalid`. */
export function explainField(
  code: string,
  params: ProblemParams,
  language: Language,
  format: Format = new Format(language),
): string {
  const words: Readonly<Record<string, (typeof fieldsEs)[keyof typeof fieldsEs]>> =
    language === 'es' ? fieldsEs : fieldsEn;
  const sentence = words[code] ?? words['invalid'];
  if (sentence === undefined) return code;
  return typeof sentence === 'string' ? sentence : sentence(params, format);
}

/** What is wrong with each field, its sentence with it. */
export function explainFields(fields: readonly Problem[], language: Language): Problem[] {
  return fields.map((field) => ({ ...field, detail: explainField(field.code, field.params ?? {}, language) }));
}

/** The short title of a refusal, which does not change from one time to the next. */
export function titleOf(code: ErrorCode, language: Language): string {
  return ERRORS[code].title[language];
}
