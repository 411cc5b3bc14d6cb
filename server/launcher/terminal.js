import { LauncherFailure } from './failure.js';

const INTERRUPTS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** Why a signal was aborted. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} name */
  constructor(name) {
    super(`interrupted by ${name}`);
    this.name = 'Interrupted';
    this.signal = name;
  }
}

/**
 * Turns Ctrl-C, `kill` and a closed terminal into an aborted signal, so that whoever is at work can clean up. Asking
 * again only brings a word of patience: half-done cleaning is what leaves things broken.
 * @param {() => void} [onAgain]
 * @returns {{ signal: AbortSignal, end: () => void }} `end` gives the signals back to the system
 */
export function untilInterrupted(onAgain = () => {}) {
  const controller = new AbortController();
  let askedAt = 0;
  /** @param {NodeJS.Signals} name */
  const interrupt = (name) => {
    const now = Date.now();
    // npm passes on what the terminal has sent us already: the same Ctrl-C comes twice.
    if (controller.signal.aborted && now - askedAt > 300) onAgain();
    askedAt = now;
    controller.abort(new Interrupted(name));
  };
  for (const name of INTERRUPTS) process.on(name, interrupt);
  return {
    signal: controller.signal,
    end: () => {
      for (const name of INTERRUPTS) process.removeListener(name, interrupt);
    },
  };
}

/**
 * Runs a command's main function. A failure that a person can act on ends as its one sentence and code 1; a defect shows
 * its stack.
 * @param {() => Promise<void>} main
 */
export async function endsWithSentence(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof LauncherFailure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
