import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** How long to try, in milliseconds. */
  readonly withinMs?: number;
  /** What was waited for, for the sentence of the failure. */
  readonly until?: string;
}

/**
 * Tries until the probe neither throws nor gives `undefined`, `null` or `false`, and answers what it gave. No test waits for a
 * fixed time: it waits for what it says it waits for. Fails with the probe's last error.
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  { withinMs = 10_000, until = 'what the probe asks for' }: Patience = {},
): Promise<Exclude<Awaited<T>, undefined | null | false>> {
  const deadline = performance.now() + withinMs;
  let last: unknown = new Error('nothing was found');
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 100)) {
    try {
      const found = await probe();
      if (isThere(found)) return found;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline)
      throw new Error(`Not within ${withinMs} ms: ${until}. ${last instanceof Error ? last.message : String(last)}`, {
        cause: last,
      });
    await sleep(waitMs);
  }
}

function isThere<T>(found: T): found is Exclude<T, undefined | null | false> {
  return found !== undefined && found !== null && found !== false;
}
