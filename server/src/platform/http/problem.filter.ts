import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERRORS, type ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { explainError, explainField } from '@verbena/shared/errors/explain-problem.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { ProblemDetails } from '@verbena/shared/platform/problem.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#platform/errors/refusal.js';

/** The one place where an exception becomes an answer: RFC 9457 problem details in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = refusalOf(exception);
    if (refusal.status >= 500 && refusal.code !== 'lane.moved') {
      this.logger.error(`${request.id} ${request.method} ${request.url.split('?')[0]} ${describe(exception)}`);
    }
    answerRefusal(refusal, request, reply);
  }
}

/** Sends a refusal; also for what the framework refuses before any handler. */
export function answerRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): void {
  if (refusal.status === 429 || refusal.status === 503)
    void reply.header('retry-after', String(refusal.params['seconds'] ?? 1));
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(refusal.status)
    .type('application/problem+json')
    .send(problemDetails(refusal, languageOf(request), request.id));
}

/** The body of a refusal. Each field carries its sentence's code; `detail` is the sentence for people. */
export function problemDetails(
  refusal: Refusal,
  language: Language,
  traceId: string,
): ProblemDetails & { detail: string } {
  return {
    type: `/docs/errors/${refusal.code}`,
    title: ERRORS[refusal.code].title,
    status: refusal.status,
    code: refusal.code,
    detail: explainError(refusal.code, refusal.params, language),
    ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
    ...(refusal.fields.length > 0
      ? {
          fields: refusal.fields.map((field) => ({
            ...field,
            detail: explainField(field.code, field.params ?? {}, language),
          })),
        }
      : {}),
    ...(refusal.result === undefined ? {} : { result: { ...refusal.result } }),
    traceId,
  };
}

/** English where the reader asks for it before Spanish; else Spanish, the house's first language. */
export function languageOf(request: Pick<FastifyRequest, 'headers'>): Language {
  return languageAsked(request) ?? 'es';
}

/** The first of our languages that the reader asks for; null for none of them. */
export function languageAsked(request: Pick<FastifyRequest, 'headers'>): Language | null {
  const accepted = request.headers['accept-language'] ?? '';
  for (const part of accepted.split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'es' || tag === 'en') return tag;
  }
  return null;
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'input.unreadable',
  404: 'route.notFound',
  413: 'input.tooLarge',
  415: 'input.mediaType',
  429: 'rate.exceeded',
  503: 'server.unavailable',
};

/**
 * Any exception as a refusal of the catalogue; what is not known is our own fault, said without its details. What a library
 * refuses of an address (a folder, a part of a file) is not there.
 */
export function refusalOf(exception: unknown): Refusal {
  if (exception instanceof Refusal) return exception;
  const status = exception instanceof HttpException ? exception.getStatus() : statusOf(exception);
  return new Refusal(CODE_OF_STATUS[status] ?? (status >= 400 && status < 500 ? 'route.notFound' : 'server.failed'));
}

function statusOf(exception: unknown): number {
  if (typeof exception !== 'object' || exception === null) return 500;
  if ('statusCode' in exception && typeof exception.statusCode === 'number') return exception.statusCode;
  const name = 'name' in exception ? String(exception.name) : '';
  return /^Mongo(?:Network|ServerSelection|NotConnected|PoolCleared|OperationTimeout|TopologyClosed)/.test(name)
    ? 503
    : 500;
}

function describe(exception: unknown): string {
  return exception instanceof Error ? (exception.stack ?? exception.message) : String(exception);
}
