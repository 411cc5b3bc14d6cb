/** What was read from what this browser keeps, instead of from the server, and since when it is kept. */
const answers = new WeakMap<object, string>();

class Kept {
  /** Since when the oldest answer on the screen is kept (an instant); undefined while answers come from the server. */
  at = $state<string>();

  /** An answer came: from the server, or from what is kept since `at`. */
  note(body: unknown, at: string | null): void {
    if (at === null) {
      this.at = undefined;
      return;
    }
    if (this.at === undefined || at < this.at) this.at = at;
    if (typeof body !== 'object' || body === null) return;
    answers.set(body, at);
    // Screens often take a list out of its answer.
    for (const part of Object.values(body)) if (typeof part === 'object' && part !== null) answers.set(part, at);
  }
}

export const kept = new Kept();

/** Whether an answer, a list of it, or one of its pages was kept. */
export function isKeptAnswer(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return answers.has(data) || ('pages' in data && Array.isArray(data.pages) && data.pages.some(isKeptAnswer));
}

/** Since when an answer is kept, in milliseconds since 1970; undefined for one that came from the server. */
export function keptSinceMs(data: object): number | undefined {
  const at = answers.get(data);
  return at === undefined ? undefined : Date.parse(at);
}
