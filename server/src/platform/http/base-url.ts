import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where the links of a mail lead. What a request says of its own address is believed only on loopback: anybody can send
 * any `Host`, and the link of somebody else's mail must not lead there.
 */
export function baseUrlOf(
  headers: Pick<IncomingHttpHeaders, 'origin' | 'host'>,
  publicUrl: URL | null,
  port: number,
): string {
  if (publicUrl !== null) return publicUrl.origin;
  const said = [headers.origin, headers.host === undefined ? undefined : `http://${headers.host}`];
  const own = said.find((url) => url !== undefined && URL.canParse(url) && LOOPBACK.has(new URL(url).hostname));
  return own === undefined ? `http://localhost:${port}` : new URL(own).origin;
}
