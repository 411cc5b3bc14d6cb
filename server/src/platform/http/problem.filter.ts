import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ErrorCode } from '@verbena/shared/errors/catalogue.js';
import { explainError, explainFields, titleOf } from '@verbena/shared/errors/explain-problem.js';
import type { Language } from '@verbena/shared/platform/localized-text.js';
import type { ProblemDetails } from '@verbena/shared/platform/problem.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform/config/config.js';
import { Refusal } from '#platform/errors/refusal.js';
import type { AllowedMethods } from './allowed-methods.js';
import { baseUrlOf } from './base-url.js';

/** The one place where an exception becomes an answer: RFC 9457 problem details in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  /** `methods` knows which methods an address takes. */
  constructor(
    private readonly config: Pick<Config, 'publicUrl' | 'port'>,
    private readonly methods: AllowedMethods,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = this.orMethod(refusalOf(exception), request);
    if (refusal.status >= 500 && refusal.code !== 'lane.moved') {
      this.logger.error(`${request.id} ${request.method} ${request.url.split('?')[0]} ${describe(exception)}`);
    }
    answerRefusal(refusal, request, reply, this.config);
  }

  /** An address that is there, and takes other methods. */
  private orMethod(refusal: Refusal, request: FastifyRequest): Refusal {
    if (refusal.code !== 'route.notFound') return refusal;
    const allowed = this.methods.of(request.url);
    return allowed.length === 0 || allowed.includes(request.method)
      ? refusal
      : new Refusal('route.methodNotAllowed', { allowed: allowed.join(', ') });
  }
}

/** Sends a refusal; also for what the framework refuses before any handler. */
export function answerRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  { publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>,
): void {
  if (refusal.status === 429 || refusal.status === 503)
    void reply.header('retry-after', String(refusal.params['seconds'] ?? 1));
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (refusal.status === 405) void reply.header('allow', String(refusal.params['allowed']));
  const { id, headers } = request;
  const base = baseUrlOf(headers, publicUrl, port);
  void reply
    .status(refusal.status)
    .type('application/problem+json')
    .send(problemDetails(forMachines(refusal, headers), languageOf(request), id, base));
}

/** Browsers say what they are, and over https where a request comes from. Whoever says neither and shows nothing is a machine, and needs a key. */
function forMachines(refusal: Refusal, headers: FastifyRequest['headers']): Refusal {
  const isBrowser = headers['sec-fetch-site'] !== undefined || headers['user-agent']?.startsWith('Mozilla/') === true;
  return refusal.code === 'auth.required' && !isBrowser ? new Refusal(refusal.code, { machine: true }) : refusal;
}

/** The body of a refusal; `base` is where its page is served. Each field carries its sentence's code; `detail` is the sentence for people. */
export function problemDetails(
  refusal: Refusal,
  language: Language,
  traceId: string,
  base: string,
): ProblemDetails & { detail: string } {
  return {
    type: `${base}/docs/errors/${refusal.code}`,
    title: titleOf(refusal.code, language),
    status: refusal.status,
    code: refusal.code,
    detail: explainError(refusal.code, refusal.params, language),
    ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
    ...(refusal.fields.length > 0 ? { fields: explainFields(refusal.fields, language) } : {}),
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
