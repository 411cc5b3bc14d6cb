import { API_PREFIX, fillPath } from '@verbena/shared/platform/route.js';
import type { RouteBody, RouteParams, RouteQuery, RouteResponse, RouteSpec } from '@verbena/shared/platform/route.js';
import { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { KEPT_AT } from '#lib/offline/answers.js';
import { kept } from '#lib/offline/kept.svelte.js';
import { currentToken, renewToken } from './access-token.js';
import { ApiError, UNREACHABLE } from './api-error.js';

type ParamsOf<R extends RouteSpec> = keyof RouteParams<R> extends never
  ? { params?: never }
  : { params: RouteParams<R> };
type BodyOf<R extends RouteSpec> = RouteBody<R> extends undefined ? { body?: never } : { body: RouteBody<R> };
type QueryOf<R extends RouteSpec> = RouteQuery<R> extends undefined ? { query?: never } : { query?: RouteQuery<R> };
export type CallInput<R extends RouteSpec> = ParamsOf<R> &
  BodyOf<R> &
  QueryOf<R> & {
    signal?: AbortSignal;
    /** It goes out although the page is being left. */
    keepalive?: boolean;
  };

/** Who wants to know that a session has ended for good, while a screen was open. */
let tellSessionEnded: () => void = () => {};
export function onSessionEnded(listener: () => void): void {
  tellSessionEnded = listener;
}

/** Who asks a person on the staff for the second factor. True: it was shown, and what needed it is sent again. */
let askSecondFactor: (refusal: ApiError) => Promise<boolean> = () => Promise.resolve(false);
export function onSecondFactorNeeded(asker: (refusal: ApiError) => Promise<boolean>): void {
  askSecondFactor = asker;
}

/**
 * Calls a route of the contract. A refused token is renewed once by the cookie and the call repeated; so
 * is a call that needed the second factor, once somebody has shown it.
 * @throws ApiError with the catalogue's code, or `client.unreachable`.
 */
export async function call<const R extends RouteSpec>(route: R, input: CallInput<R>): Promise<RouteResponse<R>> {
  const hadToken = currentToken() !== undefined;
  let response = await send(route, input);
  if (response.status === 401 && hadToken && route.access !== 'public') {
    try {
      await renewToken();
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 401) tellSessionEnded();
      throw failure;
    }
    response = await send(route, input);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = ProblemDetails.safeParse(body);
    const refusal = new ApiError(problem.success ? problem.data : { code: 'server.failed', status: response.status });
    if (refusal.code === 'auth.secondFactorNeeded' && (await askSecondFactor(refusal))) return call(route, input);
    throw refusal;
  }
  kept.note(body, response.headers.get(KEPT_AT));
  // The server's serializer wrote the body by this very schema. Checking it again here would make an open tab refuse
  // the first answer of a newer server that says more.
  return body as RouteResponse<R>;
}

interface LooseInput {
  params?: Readonly<Record<string, string>>;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal;
  keepalive?: boolean;
}

async function send(route: RouteSpec, input: LooseInput): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const token = currentToken();
  if (token !== undefined && route.access !== 'public') headers['authorization'] = `Bearer ${token}`;
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(API_PREFIX + fillPath(route.path, input.params) + queryText(input.query), {
      method: route.method,
      headers,
      credentials: 'same-origin',
      body: input.body === undefined ? null : JSON.stringify(input.body),
      signal: input.signal ?? null,
      keepalive: input.keepalive ?? false,
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError({ code: UNREACHABLE, status: 0 });
  }
}

function queryText(query: unknown): string {
  if (typeof query !== 'object' || query === null) return '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
