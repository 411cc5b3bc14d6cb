/** A member's own reads: home, missions and wallet stand on these and on nothing else. */
const OWN = /^\/api\/v1\/programs\/[^/]+\/members\/me(?:\/(?:standing|missions|entries))?$/;
/** Boards and other members' cards that were looked at: what everybody in the program may see of them. */
const SEEN = /^\/api\/v1\/programs\/[^/]+\/(?:boards(?:\/[^/]+(?:\/runs)?)?|profiles\/[^/]+)$/;
/** The program itself, its definitions, and who is logged in. */
const SHARED = /^\/api\/v1\/(?:me|programs\/[^/]+(?:\/definitions)?)$/;

/**
 * Whether an answer of the API may be kept for reading without a connection. Never anything else of it: no log-in, no
 * session, no page of the staff, nothing of other members but what they show to all.
 * @param url absolute
 */
export function isKept(method: string, url: URL): boolean {
  if (method !== 'GET') return false;
  if (SHARED.test(url.pathname)) return url.search === '';
  if (isSeen(url)) return true;
  // A wallet is read page by page; its first pages are kept, the older ones are not.
  return OWN.test(url.pathname) && !url.searchParams.has('before');
}

/** Whether it is of others: as many of these are kept as were looked at last. */
export function isSeen({ pathname }: URL): boolean {
  return SEEN.test(pathname);
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
