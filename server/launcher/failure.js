/**
 * A failure that a person can act on: `message` is one sentence, already in the person's language, that says what to do.
 * Anything else that is thrown is a defect of ours and is shown with its stack.
 */
export class LauncherFailure extends Error {
  /**
   * @param {string} sentence what happened and what to do
   * @param {{ code?: string, cause?: unknown }} [more] `code` is stable and meant for callers, e.g. `port.taken`
   */
  constructor(sentence, { code = 'launcher.failed', cause } = {}) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'LauncherFailure';
    this.code = code;
  }
}
