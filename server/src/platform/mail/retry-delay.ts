export const TRIES_MAX = 5;

/** After how many milliseconds the try that follows the `tries`th one may begin: half a minute, 2, 8 and 32 minutes. */
export function retryDelayMs(tries: number): number {
  return 30_000 * 4 ** (Math.max(1, tries) - 1);
}
