/** What was read from what this browser keeps, instead of from the server: since when it is kept (an instant). */
const ages = new WeakMap<object, string>();

/** An answer was not the server's: it is kept since `at`. */
export function noteKept(body: unknown, at: string): void {
  if (typeof body !== 'object' || body === null) return;
  ages.set(body, at);
  // Screens often take a list out of its answer.
  for (const part of Object.values(body)) if (typeof part === 'object' && part !== null) ages.set(part, at);
}

/** Whether an answer, a list of it, or one of its pages was kept. */
export function isKeptAnswer(data: unknown): data is object {
  if (typeof data !== 'object' || data === null) return false;
  return ages.has(data) || ('pages' in data && Array.isArray(data.pages) && data.pages.some(isKeptAnswer));
}

/** Since when an answer is kept, in milliseconds since 1970; undefined for one that came from the server. */
export function keptSinceMs(data: object): number | undefined {
  const at = ages.get(data);
  return at === undefined ? undefined : Date.parse(at);
}

/**
 * Whether `old` goes on standing when `fresh` was read. What is kept stands in where nothing was read yet; it never takes the place
 * of something newer. That was not read anew, though: it is as old as what was kept. What the server answers is kept no longer.
 */
export function outlasts(old: unknown, fresh: unknown): boolean {
  if (old === undefined) return false;
  const isKept = isKeptAnswer(fresh);
  if (typeof old === 'object' && old !== null) {
    const at = isKept ? ages.get(fresh) : undefined;
    if (at !== undefined) ages.set(old, at);
    else if (!isKept) ages.delete(old);
  }
  return isKept;
}
