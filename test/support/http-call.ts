import { setTimeout as sleep } from 'node:timers/promises';
import { ActivityResult } from '@verbena/shared/activities/activities.routes.js';
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

/** Where a call goes, and who makes it. */
export interface Caller {
  readonly url: string;
  /** What stands behind `Bearer`; none for somebody who is not logged in. */
  readonly bearer?: string | undefined;
}

export interface Call<R extends RouteSpec> {
  readonly params?: RouteParams<R>;
  readonly query?: RouteQuery<R>;
  readonly body?: RouteBody<R>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as it came, byte for byte. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Calls a route and answers whatever came, refusals included; `body` may be anything, also what the contract forbids. */
export async function ask(
  { url, bearer }: Caller,
  route: Pick<RouteSpec, 'method' | 'path'>,
  {
    params,
    query,
    body,
    headers = {},
  }: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: unknown;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Answer> {
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  const response = await fetch(
    `${url}${API_PREFIX}${fillPath(route.path, params)}${search === '' ? '' : `?${search}`}`,
    {
      method: route.method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    },
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Calls a route that must succeed; what it answers is checked against the contract, so a deviation fails the test. */
export async function call<R extends RouteSpec>(
  caller: Caller,
  route: R,
  given: Call<R> = {},
): Promise<RouteResponse<R>> {
  return succeeded(route, await ask(caller, route, given));
}

/** What an answer that must be a success says; it is checked against the contract. */
export function succeeded<R extends RouteSpec>(route: R, answer: Answer): RouteResponse<R> {
  if (answer.status !== (route.status ?? 200))
    throw new Error(`${route.method} ${route.path} answered ${answer.status}: ${answer.text}`);
  return z.parse(route.response, JSON.parse(answer.text)) as RouteResponse<R>;
}

/** A lane whose queue is full, or waits for a slow machine, asks for patience; the same again a little later is what a shop does. */
export async function untilTaken(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 429) return answer;
    await sleep(50);
  }
}

/** Asks for what is decided: its entry, also where that was refused, which the answer then says by its status and code too. */
export async function decided<R extends RouteSpec>(
  caller: Caller,
  route: R,
  given: Call<R> = {},
): Promise<ActivityResult> {
  const answer = await ask(caller, route, given);
  const content = JSON.parse(answer.text) as { readonly result?: unknown; readonly code?: string };
  const result = z.parse(ActivityResult, content.result ?? content);
  const isRefused = answer.status >= 400;
  if (isRefused !== (result.outcome === 'refused') || (isRefused && content.code !== result.refusal))
    throw new Error(`${route.method} ${route.path} answered ${answer.status}: ${answer.text}`);
  return result;
}

/** Calls a route that must refuse; answers the problem details, checked. */
export async function refusal<R extends RouteSpec>(
  caller: Caller,
  route: R,
  given: Omit<Call<R>, 'body'> & { readonly body?: unknown } = {},
): Promise<ProblemDetails & { readonly headers: Headers }> {
  const answer = await ask(caller, route, given);
  if (answer.status < 400) throw new Error(`${route.method} ${route.path} was expected to refuse: ${answer.text}`);
  const problem = z.parse(ProblemDetails, JSON.parse(answer.text));
  if (problem.status !== answer.status)
    throw new Error(`The body says ${problem.status}, the status ${answer.status}.`);
  return { ...problem, headers: answer.headers };
}
