/** A member's own reads: home, missions and wallet stand on these and on nothing else. */
const OWN = /^\/api\/v1\/programs\/[^/]+\/members\/me(?:\/(?:standing|missions|entries))?$/;
/** The program itself, its definitions, and who is logged in. */
const SHARED = /^\/api\/v1\/(?:me|programs\/[^/]+(?:\/definitions)?)$/;

/**
 * Whether an answer of the API may be kept for reading without a connection. Never anything else of it: no log-in, no
 * session, no page of the staff, nothing of other members.
 * @param url absolute
 */
export function isKept(method: string, url: URL): boolean {
  if (method !== 'GET') return false;
  if (SHARED.test(url.pathname)) return url.search === '';
  // A wallet is read page by page; its first pages are kept, the older ones are not.
  return OWN.test(url.pathname) && !url.searchParams.has('before');
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
