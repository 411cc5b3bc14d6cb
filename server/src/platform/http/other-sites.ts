import { API_PREFIX, type RouteSpec } from '@verbena/shared/platform/route.js';
import type { FastifyInstance } from 'fastify';

/** What lets the pages of any site read an answer, its refusals too. Never with cookies: `*` leaves them out. */
export const FROM_ANY_SITE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset',
} as const;

/** Whether the pages of other sites may read what a route answers: what everybody may read, and nothing else. */
export function isOpenToSites({ method, access }: Pick<RouteSpec, 'method' | 'access'>): boolean {
  return method === 'GET' && access === 'public';
}

/** Answers what a browser asks before it sends a header of its own from another site: reading is all that is open. */
export function answerPreflights(instance: FastifyInstance): void {
  instance.options(`${API_PREFIX}/*`, (_request, reply) =>
    reply
      .status(204)
      .headers({
        ...FROM_ANY_SITE,
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'accept-language, if-none-match',
        'access-control-max-age': '86400',
      })
      .send(),
  );
}
