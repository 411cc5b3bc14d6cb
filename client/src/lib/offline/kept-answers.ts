import { ANSWERS_PREFIX, KEPT_AT } from './answers.js';
import { type WhatIsKept, ownerOf } from './what-is-kept.js';

/** So many boards and cards of others are kept, the last ones that were looked at. */
const SEEN_MAX = 60;

/**
 * The answers that one login's last home, missions and wallet stand on, in a cache of that login's own. Used by the service
 * worker alone; throwing them away is `forgetAnswers`, which any page may do.
 */
export class KeptAnswers {
  readonly #prefix: string;

  /** @param version of the client: what an older one kept may have another shape */
  constructor(
    version: string,
    private readonly what: WhatIsKept,
  ) {
    this.#prefix = `${ANSWERS_PREFIX}${version}:`;
  }

  /**
   * Asks the network and keeps what it answers; without a network answers what was kept.
   * @param finish keeps the worker alive until what it is given is done
   * @throws TypeError without a network and without a kept answer, as `fetch` does
   */
  async answer(request: Request, finish: (work: Promise<void>) => void): Promise<Response> {
    // Opened before asking: a log-out meanwhile takes this cache away, and with it what would be put there.
    const cache = await this.#cacheFor(request);
    let response: Response;
    try {
      response = await fetch(request);
    } catch (failure) {
      const kept = await cache?.match(request.url);
      if (kept === undefined) throw failure;
      return kept;
    }
    if (cache !== undefined && response.status === 200) finish(this.#keep(cache, request.url, response.clone()));
    // Gone, or no longer to be seen: nothing is left of it here either.
    else if (response.status === 403 || response.status === 404) finish(this.#drop(cache, request.url));
    return response;
  }

  /** Throws away what other versions kept. */
  async sweep(): Promise<void> {
    const names = await this.#names(ANSWERS_PREFIX);
    await Promise.all(names.filter((name) => !name.startsWith(this.#prefix)).map((name) => caches.delete(name)));
  }

  /** The cache of who asks, the only one that stays; without a token the one that there is. */
  async #cacheFor(request: Request): Promise<Cache | undefined> {
    const owner = ownerOf(request.headers.get('authorization'));
    const names = await this.#names(ANSWERS_PREFIX);
    if (owner === undefined) {
      const only = names.find((name) => name.startsWith(this.#prefix));
      return only === undefined ? undefined : caches.open(only);
    }
    const own = this.#prefix + owner;
    // Another member logged in on this device: what was kept of the one before goes first.
    await Promise.all(names.filter((name) => name !== own).map((name) => caches.delete(name)));
    return caches.open(own);
  }

  async #keep(cache: Cache, url: string, response: Response): Promise<void> {
    const headers = new Headers(response.headers);
    headers.set(KEPT_AT, new Date().toISOString());
    // The body is plain here, whatever the server packed it into.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const body = await response.blob();
    await cache.delete(url);
    await cache.put(url, new Response(body, { status: 200, headers }));
    if (!this.what.isSeen(new URL(url))) return;
    const seen = (await cache.keys()).filter((request) => this.what.isSeen(new URL(request.url)));
    await Promise.all(seen.slice(0, -SEEN_MAX).map((request) => cache.delete(request)));
  }

  async #drop(cache: Cache | undefined, url: string): Promise<void> {
    await cache?.delete(url);
  }

  async #names(prefix: string): Promise<string[]> {
    return (await caches.keys()).filter((name) => name.startsWith(prefix));
  }
}
