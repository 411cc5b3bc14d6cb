import type { Language } from '@verbena/shared/platform/localized-text.js';
import { explainError, explainField } from '@verbena/shared/errors/explain-problem.js';
import { ProblemDetails } from '@verbena/shared/platform/problem.js';
import {
  API_PREFIX,
  fillPath,
  type RouteBody,
  type RouteParams,
  type RouteQuery,
  type RouteResponse,
  type RouteSpec,
} from '@verbena/shared/platform/route.js';
import * as z from 'zod/mini';

/** One exchange with the server, in text. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  /** An access token to speak with instead of this machine's own. */
  readonly bearer?: string;
}

export interface WireResponse {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** How requests reach the server: over HTTP, or into one of our own that does not listen. */
export interface Transport {
  /** Throws `Unreachable` when nobody answers. */
  send(request: WireRequest): Promise<WireResponse>;
  close(): Promise<void>;
}

/** Nobody answered; whether the request was done is not known. */
export class Unreachable extends Error {}

/** The server refused a call, with its problem details. */
export class CallRefused extends Error {
  constructor(
    readonly problem: ProblemDetails,
    /** How long the server asks us to wait; null when it does not. */
    readonly retryAfterMs: number | null,
  ) {
    super(`${problem.status} ${problem.code}`);
  }

  /** The same call may be sent again as it is. */
  get isTemporary(): boolean {
    return this.problem.status === 429 || this.problem.status === 503;
  }

  /** The sentence for a person, with what is wrong in each field. */
  explain(language: Language): string {
    const { code, params = {}, fields = [] } = this.problem;
    const places = fields.map(
      (field) => `${field.path.join('.')}: ${explainField(field.code, field.params ?? {}, language)}`,
    );
    return [explainError(code, params, language), ...places].join('\n  ');
  }
}

export interface CallInput<R extends RouteSpec> {
  readonly params: RouteParams<R>;
  readonly query?: RouteQuery<R>;
  readonly body?: RouteBody<R>;
}

/** Speaks the contract's routes as a command of this machine. */
export class ContractClient {
  constructor(
    private readonly transport: Transport,
    private readonly bearer?: string,
  ) {}

  /** The same with somebody's access token. Closing it closes this one. */
  speakingAs(bearer: string): ContractClient {
    return new ContractClient(this.transport, bearer);
  }

  /** Throws `CallRefused` with the problem details, or `Unreachable`. */
  async call<R extends RouteSpec>(route: R, input: CallInput<R>): Promise<RouteResponse<R>> {
    const response = await this.transport.send({
      method: route.method,
      path: `${API_PREFIX}${fillPath(route.path, input.params)}${queryOf(input.query)}`,
      body: input.body === undefined ? null : JSON.stringify(input.body),
      ...(this.bearer === undefined ? {} : { bearer: this.bearer }),
    });
    const content = readJson(response.text);
    if (response.status >= 200 && response.status < 300) return z.parse(route.response, content) as RouteResponse<R>;
    const problem = z.safeParse(ProblemDetails, content);
    throw new CallRefused(problem.success ? problem.data : unknownProblem(response.status), retryMs(response));
  }

  async close(): Promise<void> {
    await this.transport.close();
  }
}

function queryOf(query: unknown): string {
  if (typeof query !== 'object' || query === null) return '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function retryMs({ retryAfter }: WireResponse): number | null {
  return retryAfter !== null && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : null;
}

/** An answer that is not ours, as of a proxy in between. */
function unknownProblem(status: number): ProblemDetails {
  const code = status === 503 || status === 502 || status === 504 ? 'server.unavailable' : 'server.failed';
  return {
    type: `/docs/errors/${code}`,
    title: `HTTP ${status}`,
    status: status === 502 ? 503 : status,
    code,
    traceId: '',
  };
}
