const PROGRAM = '/api/v1/programs/[^/]+';
/** The program itself, its definitions, and who is logged in. */
const SHARED = new RegExp(`^(?:/api/v1/me|${PROGRAM}(?:/definitions)?)$`);

/**
 * What of a module's answers is kept. It exports it, as `kept`, from `<module>.offline.ts`, which the service worker carries and
 * which therefore imports nothing. Addresses have `:` before what differs.
 */
export interface KeptAddresses {
  /** Of a member's own, below `members/me`: home, missions and wallet stand on these and on nothing else. */
  readonly own?: readonly string[];
  /** Of others, below the program: what was looked at and everybody in the program may see. */
  readonly seen?: readonly string[];
}

/** Which answers of the API are kept for reading without a connection. */
export class WhatIsKept {
  readonly #own: readonly RegExp[];
  readonly #seen: readonly RegExp[];

  constructor(modules: readonly KeptAddresses[]) {
    this.#own = modules.flatMap(({ own = [] }) => own.map((address) => patternOf(`/members/me${address}`)));
    this.#seen = modules.flatMap(({ seen = [] }) => seen.map((address) => patternOf(address)));
  }

  /**
   * Whether an answer may be kept. Never anything else of the API: no log-in, no session, no page of the staff, nothing of
   * other members but what they show to all.
   * @param url absolute
   */
  isKept(method: string, url: URL): boolean {
    if (method !== 'GET') return false;
    if (SHARED.test(url.pathname)) return url.search === '';
    if (this.isSeen(url)) return true;
    // A wallet is read page by page; its first pages are kept, the older ones are not.
    return this.#own.some((pattern) => pattern.test(url.pathname)) && !url.searchParams.has('before');
  }

  /** Whether it is of others: as many of these are kept as were looked at last. */
  isSeen({ pathname }: URL): boolean {
    return this.#seen.some((pattern) => pattern.test(pathname));
  }
}

function patternOf(address: string): RegExp {
  return new RegExp(`^${PROGRAM}${address.replaceAll(/:\w+/g, '[^/]+')}$`);
}

/**
 * Whose answer it is: the subject of the access token that the request carries; undefined without one.
 * The token is only read here, never believed: the server has answered it.
 */
export function ownerOf(authorization: string | null): string | undefined {
  const payload = authorization?.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub?: unknown };
    return typeof sub === 'string' && sub !== '' ? sub : undefined;
  } catch {
    return undefined;
  }
}
