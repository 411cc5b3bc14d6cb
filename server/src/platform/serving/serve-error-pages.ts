import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { ERRORS } from '@verbena/shared/manifests.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import { languageOf } from '#platform/http/problem.filter.js';
import { errorPage } from './error-page.js';

const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/docs/errors/<code>`, where `type` of every problem leads: what the code means, why it comes and what to do, in es and en. */
export function serveErrorPages(instance: FastifyInstance, baseUrl: (request: FastifyRequest) => string): void {
  instance.get<{ Params: { code: string }; Querystring: { lang?: unknown } }>(
    '/docs/errors/:code',
    (request, reply) => {
      const { code } = request.params;
      if (!isErrorCode(code)) return reply.callNotFound();
      const language = languageAsked(request.query.lang) ?? languageOf(request);
      const html = errorPage(code, language, baseUrl(request));
      return reply
        .header('content-security-policy', PAGE_POLICY)
        .header('content-language', language)
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

function languageAsked(value: unknown): Language | undefined {
  return value === 'es' || value === 'en' ? value : undefined;
}
