import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#platform/config/config.js';
import { languageOf } from '#platform/http/problem.filter.js';
import { baseUrlOf } from '#platform/http/base-url.js';

/** What a request tells of whoever sends it, beside who that is. */
export interface Asker {
  readonly ip: string;
  readonly userAgent: string;
  /** The language that its browser asks for. */
  readonly language: Language;
  /** Where the links of a mail lead: `https://club.example`, without a slash at the end. */
  readonly baseUrl: string;
}

export function readAsker(request: FastifyRequest, config: Config): Asker {
  return {
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    language: languageOf(request),
    baseUrl: baseUrlOf(request.headers, config.publicUrl, config.port),
  };
}
