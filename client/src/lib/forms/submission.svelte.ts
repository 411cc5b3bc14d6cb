import { tick } from 'svelte';
import { ApiError } from '#lib/api/api-error.js';
import { announce } from '#lib/ui/announce.js';
import { locale } from '#lib/words/locale.svelte.js';

/** What is wrong with fields before anything is sent, by field; undefined where all is well. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

/**
 * One form on its way: whether it is being sent, what stands beside which field, what stands above them all. Nothing that
 * was typed is lost: the fields belong to the component.
 */
export class Submission {
  busy = $state(false);
  /** The form, so that the first field that is wrong gets the focus. */
  form = $state<HTMLFormElement>();
  #missing = $state.raw<FieldErrors>({});
  #failure = $state.raw<unknown>();
  /** Which field a refusal is about as a whole, by its code: `member.aliasTaken` → `alias`. */
  readonly #places: Readonly<Record<string, string>>;

  /** @param fields the names of the fields that the form shows; what the server says of others stands above them */
  constructor(
    private readonly fields: readonly string[],
    places: Readonly<Record<string, string>> = {},
  ) {
    this.#places = places;
  }

  /** What stands beside a field. */
  errorOf(field: string): string | undefined {
    const missing = this.#missing[field];
    if (missing !== undefined) return missing;
    if (this.#failure instanceof ApiError && this.#places[this.#failure.code] === field)
      return locale.explain(this.#failure);
    return locale.explainFieldOf(this.#failure, field);
  }

  /** What stands above the fields: a refusal that none of them shows. */
  get general(): string | undefined {
    if (this.#failure === undefined || this.fields.some((field) => this.errorOf(field) !== undefined)) return undefined;
    return locale.explain(this.#failure);
  }

  /** The code of the refusal, where the words are not enough. */
  get code(): string | undefined {
    return this.#failure instanceof ApiError ? this.#failure.code : undefined;
  }

  /** Sends, unless something is missing or under way. @returns whether it was done */
  async send(missing: FieldErrors, work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.#failure = undefined;
    this.#missing = missing;
    if (Object.values(missing).every((error) => error === undefined)) {
      this.busy = true;
      try {
        await work();
        return true;
      } catch (refusal) {
        this.#failure = refusal;
      } finally {
        this.busy = false;
      }
    }
    await tick();
    if (this.general !== undefined) announce(this.general, 'assertive');
    this.form?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    return false;
  }
}
