import { say } from './words.js';

/** @typedef {import('./words.js').Phrase} Phrase */
/** @typedef {Record<string, string | number>} Params */

/**
 * Where steps are told to a person. Libraries take one and default to `silent`, so that tests hear nothing.
 * @typedef {{
 *   say: (phrase: Phrase, params?: Params) => void,
 *   step: <T>(phrase: Phrase, work: () => Promise<T>, params?: Params) => Promise<T>,
 * }} Progress
 */

/** @type {Progress} */
export const silent = { say: () => {}, step: (_phrase, work) => work() };

/**
 * Tells the steps on a stream. On a terminal the running step counts its seconds in place; elsewhere it says every 15 s
 * that it is still at it.
 * @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} [stream]
 * @returns {Progress}
 */
export function progressOn(stream = process.stdout) {
  return {
    say: (phrase, params) => void stream.write(`${say(phrase, params)}\n`),
    async step(phrase, work, params) {
      const what = say(phrase, params);
      const begun = Date.now();
      const seconds = () => Math.round((Date.now() - begun) / 1000);
      stream.write(stream.isTTY ? `… ${what}` : `… ${what}\n`);
      const tick = () => {
        const full = say('still', { what, seconds: seconds() });
        // A line that wraps could not be written over.
        const text = stream.isTTY ? full.slice(0, (stream.columns ?? 80) - 3) : full;
        stream.write(stream.isTTY ? `\r… ${text}` : `… ${text}\n`);
      };
      const timer = setInterval(tick, stream.isTTY ? 1_000 : 15_000);
      timer.unref();
      const end = (/** @type {string} */ sign) =>
        stream.isTTY && stream.write(`\r\u001b[K${sign} ${what} (${seconds()} s)\n`);
      try {
        const result = await work();
        end('✓');
        return result;
      } catch (error) {
        end('✗');
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
