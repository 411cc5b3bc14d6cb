import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '#platform/config/config.js';

/** The policy of everything that is not a page: nothing may be loaded by it, and nobody may frame it. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";
const TWO_YEARS_S = 63_072_000;

/** Headers that every answer carries; a page replaces the content policy by its own. */
export function securityHeadersOf(config: Config): Readonly<Record<string, string>> {
  const hsts = `max-age=${TWO_YEARS_S}${config.hasSecureSubdomains ? '; includeSubDomains' : ''}`;
  return {
    'content-security-policy': NO_PAGE,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(config.publicUrl?.protocol === 'https:' ? { 'strict-transport-security': hsts } : {}),
  };
}

/**
 * Sets them on every answer before anybody else sees the request: the sockets' library and the framework's own errors never pass
 * a hook of ours. Call it once everything that listens on the server does.
 */
export function sendSecurityHeaders(server: Server, headers: Readonly<Record<string, string>>): void {
  server.prependListener('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // What a caller may see differs from one to the next, so nothing between us and them may keep an answer of the API.
    if (request.url?.startsWith('/api/') === true) response.setHeader('cache-control', 'no-store');
  });
}

const STATUS_OF_ERROR: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Ends a connection on which no HTTP came that can be answered, with a status and nothing else. */
export function endUnreadable(
  error: NodeJS.ErrnoException,
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = STATUS_OF_ERROR[error.code ?? ''] ?? 400;
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`, () => socket.destroy());
}
