import { tick } from 'svelte';
import type { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
import type { Adjustment } from '@verbena/shared/points/adjustment.js';
import { ApiError, asApiError } from '#lib/api/api-error.js';
import { makeKey } from './fresh-key.js';

/**
 * A form whose sending counts once: however often it is sent, it goes under one key. A refusal of the ledger is remembered
 * under its key like any answer, so the try after it has a key of its own, else what was corrected would be a repeat.
 */
export class KeyedForm {
  busy = $state(false);
  /** Why the last try came to nothing: what is missing here, or what the server said. */
  failure = $state.raw<ApiError>();
  element = $state<HTMLFormElement>();
  readonly #what: string;
  #key: string;

  constructor(what: string) {
    this.#what = what;
    this.#key = makeKey(what);
  }

  /**
   * Sends, where nothing is missing; else, or where it is refused, the first field that is wrong has the focus.
   * @param missing what cannot be sent like this
   * @param send resolves with the answer, `null` or what waits where there is none yet
   * @param done hears of an answer that is no refusal
   */
  async submit<R extends Pick<ActivityResult, 'outcome' | 'refusal'> | { waiting: Adjustment } | null>(
    event: SubmitEvent,
    missing: ApiError['fields'],
    send: (key: string) => Promise<R>,
    done: (result: R) => void,
  ): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.failure =
      missing.length === 0 ? undefined : new ApiError({ code: 'input.invalid', status: 400, fields: [...missing] });
    if (this.failure === undefined) {
      this.busy = true;
      try {
        const result = await send(this.#key);
        if (result !== null && 'outcome' in result && result.outcome === 'refused')
          throw new ApiError({ code: result.refusal ?? '', status: 422 });
        done(result);
        return;
      } catch (refusal) {
        this.failure = asApiError(refusal);
        if (isAnswer(this.failure)) this.#key = makeKey(this.#what);
      } finally {
        this.busy = false;
      }
    }
    await tick();
    this.element?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }
}

/** Whether it was refused for good: without an answer it may have counted, and under a key that was used it has. */
function isAnswer({ code, status }: ApiError): boolean {
  return status >= 400 && status < 500 && code !== 'activity.keyReused';
}
