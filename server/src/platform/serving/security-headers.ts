import type { FastifyInstance } from 'fastify';
import type { Config } from '#platform/config/config.js';

/** The policy of everything that is not a page: nothing may be loaded by it, and nobody may frame it. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

/** Headers that every answer carries; a page replaces the content policy by its own. */
export function sendSecurityHeaders(instance: FastifyInstance, config: Config): void {
  const headers: Record<string, string> = {
    'content-security-policy': NO_PAGE,
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(config.publicUrl?.protocol === 'https:' ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  };
  instance.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    // What a caller may see differs from one to the next, so nothing between us and them may keep an answer of the API.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    done();
  });
}
