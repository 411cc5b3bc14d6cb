import type { Language, LocalizedText } from '@verbena/shared/platform/localized-text.js';
import { chooseText } from '@verbena/shared/platform/localized-text.js';
import { explainError, explainField } from '@verbena/shared/errors/explain-problem.js';
import { Format } from '@verbena/shared/words/format.js';
import { ApiError, UNREACHABLE, asApiError } from '#lib/api/api-error.js';
import { en } from './en.js';
import { es } from './es.js';
import type { Words } from './es.js';

const WORDS: Record<Language, Words> = { es, en };

/** The reader's language, and everything that depends on it. Changing it changes every screen at once, without a reload. */
class Locale {
  #language = $state<Language>(document.documentElement.lang === 'en' ? 'en' : 'es');
  #zone = $state('Europe/Madrid');
  readonly words: Words = $derived(WORDS[this.#language]);
  readonly format: Format = $derived(new Format(this.#language, this.#zone));

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    document.documentElement.lang = language;
    try {
      localStorage.setItem('verbena:language', language);
    } catch {
      // Storage may be refused; the choice then holds until the page is closed.
    }
  }

  /** Days and times are read in the program's zone, as its missions and expiries are. */
  set zone(zone: string) {
    this.#zone = zone;
  }

  /** The text that a manager wrote, in the reader's language. */
  choose(text: LocalizedText): string {
    return chooseText(text, this.#language);
  }

  /** What to tell a person about a refusal. */
  explain(failure: unknown): string {
    const error = failure instanceof ApiError ? failure : asApiError(failure);
    if (error.code === UNREACHABLE) return this.words.errors.unreachable;
    return explainError(error.code, error.params, this.#language, this.format);
  }

  /** What stands beside one field, if something is wrong with it. */
  explainFieldOf(failure: unknown, path: string): string | undefined {
    if (!(failure instanceof ApiError)) return undefined;
    const problem = failure.field(path);
    return problem && explainField(problem.code, problem.params ?? {}, this.#language, this.format);
  }
}

export const locale = new Locale();
