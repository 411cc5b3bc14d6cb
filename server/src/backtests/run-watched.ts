import { runInChild } from '#platform/queues/run-in-child.js';

const WATCH_MS = 1_000;

/**
 * Runs a script of ours in a child process and tells each second how far it is, by what `tell` makes of the last that the child
 * said (null: nothing yet). Where `tell` says that nobody wants it any more, the child is ended, and the answer is null.
 */
export async function runWatched<T, P>(
  script: string,
  beside: string,
  input: unknown,
  tell: (progress: P | null) => Promise<boolean>,
): Promise<T | null> {
  const stop = new AbortController();
  let last: P | null = null;
  const watch = async (): Promise<void> => {
    if (!(await tell(last))) stop.abort();
  };
  const watching = setInterval(() => void watch().catch(() => undefined), WATCH_MS);
  try {
    await watch();
    if (stop.signal.aborted) return null;
    return await runInChild<T>(script, beside, input, {
      signal: stop.signal,
      onProgress: (progress) => (last = progress as P),
    });
  } catch (error) {
    if (stop.signal.aborted) return null;
    throw error;
  } finally {
    clearInterval(watching);
  }
}
