/** What the service worker keeps of a member's answers lies in caches of this name, one for each version and login. */
export const ANSWERS_PREFIX = 'verbena-answers:';

/** The header by which an answer says that it was kept, and since when (an instant). */
export const KEPT_AT = 'x-verbena-kept-at';

/**
 * Throws away everything that this browser keeps of whoever was logged in: shared devices. An answer that is under way
 * meanwhile is lost with the cache that it was meant for.
 */
export async function forgetAnswers(): Promise<void> {
  if (typeof caches === 'undefined') return;
  try {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(ANSWERS_PREFIX)).map((name) => caches.delete(name)));
  } catch {
    // A browser that refuses storage has kept nothing either.
  }
}
