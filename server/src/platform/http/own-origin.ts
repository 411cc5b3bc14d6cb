import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that a cookie speaks for comes from our own pages (ASVS 3.5.1). Browsers say so by `Sec-Fetch-Site`
 * and, with every POST, by `Origin`; a caller that sends neither is no browser, and nobody can make it act for another.
 */
export function isFromOwnOrigin(headers: IncomingHttpHeaders, publicUrl: URL | null): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = headers.origin;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { origin: sent, host } = new URL(origin);
  if (publicUrl !== null && sent === publicUrl.origin) return true;
  // Behind a proxy that rewrites Host, or on another loopback name, only the browser itself knows that it is one origin.
  return site === 'same-origin' || host === headers.host;
}
