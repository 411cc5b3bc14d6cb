import { untrack } from 'svelte';
import type { Language, LocalizedText } from '@verbena/shared/platform/localized-text.js';
import { chooseText } from '@verbena/shared/platform/localized-text.js';
import { Format } from '@verbena/shared/words/format.js';
import { ApiError, UNREACHABLE, asApiError } from '#lib/api/api-error.js';
import { type AreaName, type AreaWords, fetchArea, findAreas } from './areas.js';
import type { Words } from './es.js';
import { loadRefusals, loadVocabulary, say } from './vocabulary.js';
import type { Refusals, Vocabulary } from './vocabulary.js';

/** The reader's language, and everything that depends on it. Changing it changes every screen at once, without a reload. */
class Locale {
  #language = $state<Language>(document.documentElement.lang === 'en' ? 'en' : 'es');
  #vocabulary = $state.raw<Vocabulary>();
  #refusals = $state.raw<Refusals>();
  /** The areas that pages have asked for, in the present language. */
  #areas = $state.raw<Readonly<Partial<Record<AreaName, object>>>>({});
  #zone = $state('Europe/Madrid');
  readonly format: Format = $derived(new Format(this.#language, this.#zone));

  /**
   * Fetches the words of the language that the page began with; nothing can be shown before. Why something was refused follows
   * a moment later; a refusal that is faster reads as a general one until then.
   */
  async begin(): Promise<void> {
    if (this.#vocabulary !== undefined) return;
    const language = this.#language;
    // A page that asks for words says so when they do not come.
    findAreas(language).catch(() => undefined);
    this.#vocabulary = await loadVocabulary(language);
    void loadRefusals(language).then(
      (refusals) => {
        if (this.#language === language) this.#refusals ??= refusals;
      },
      () => undefined,
    );
  }

  /**
   * Fetches the words of areas; nothing of them can be said before. A page's `load` waits for it. Asking is no reading: an
   * `await` block that asks must not begin anew, and take away what it shows, when words arrive.
   */
  async need(...names: readonly AreaName[]): Promise<void> {
    const missing = untrack(() => names.filter((name) => this.#areas[name] === undefined));
    if (missing.length === 0) return;
    const fetched = await this.#fetch(
      missing,
      untrack(() => this.#language),
    );
    this.#areas = { ...this.#areas, ...fetched };
  }

  /** What the pages of one area say. */
  area<A extends AreaName>(name: A): AreaWords<A> {
    const words = this.#areas[name];
    if (words === undefined) throw new Error(`The words of ${name} were not asked for before something was said.`);
    return words as AreaWords<A>;
  }

  async #fetch(names: readonly AreaName[], language: Language): Promise<Partial<Record<AreaName, object>>> {
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await fetchArea(name, language)])));
  }

  /** What the screens say. */
  get words(): Words {
    return this.#known.screens;
  }

  get language(): Language {
    return this.#language;
  }

  async changeTo(language: Language): Promise<void> {
    const known = Object.keys(this.#areas) as AreaName[];
    const [vocabulary, refusals, areas] = await Promise.all([
      loadVocabulary(language),
      loadRefusals(language),
      this.#fetch(known, language),
    ]);
    this.#vocabulary = vocabulary;
    this.#refusals = refusals;
    this.#areas = areas;
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
    if (this.#refusals === undefined) return this.words.errors.title;
    return say(this.#refusals.errors, error.code, 'server.failed', error.params, this.format);
  }

  /** What stands beside one field, if something is wrong with it. */
  explainFieldOf(failure: unknown, path: string): string | undefined {
    if (!(failure instanceof ApiError)) return undefined;
    const problem = failure.field(path);
    if (problem === undefined) return undefined;
    if (this.#refusals === undefined) return this.words.errors.title;
    return say(this.#refusals.fields, problem.code, 'invalid', problem.params ?? {}, this.format);
  }

  get #known(): Vocabulary {
    if (this.#vocabulary === undefined) throw new Error('The words were not loaded before something was said.');
    return this.#vocabulary;
  }
}

export const locale = new Locale();
