import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { AccessGrant, refresh } from '@verbena/shared/identity/identity.routes.js';
import { ProblemDetails } from '@verbena/shared/platform/problem.js';
import { ApiError, UNREACHABLE } from './api-error.js';

/** A token that ends within this span is renewed before it is used for something that lasts. */
const MARGIN_MS = 30_000;

let grant: AccessGrant | undefined;
let renewal: Promise<string> | undefined;

/** The access token lives in memory only: not in storage, where any script could read it. */
export function keepGrant(fresh: AccessGrant | undefined): void {
  grant = fresh;
}

export function currentToken(): string | undefined {
  return grant?.accessToken;
}

/** A token that is good for a while yet, renewed by the cookie when it is not. @throws ApiError `auth.sessionEnded` */
export async function freshToken(now: number = Date.now()): Promise<string> {
  if (grant && Date.parse(grant.expiresAt) - now > MARGIN_MS) return grant.accessToken;
  return renewToken();
}

/**
 * Exchanges the refresh cookie for a new token. Calls that come meanwhile share the one exchange: the cookie rotates, so a
 * second one with the old cookie would look like theft. @throws ApiError
 */
export function renewToken(): Promise<string> {
  renewal ??= exchangeCookie().finally(() => {
    renewal = undefined;
  });
  return renewal;
}

async function exchangeCookie(): Promise<string> {
  let response: Response;
  try {
    response = await fetch(API_PREFIX + refresh.path, { method: refresh.method, credentials: 'same-origin' });
  } catch {
    throw new ApiError({ code: UNREACHABLE, status: 0 });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = ProblemDetails.safeParse(body);
    if (response.status === 401) grant = undefined;
    throw new ApiError(problem.success ? problem.data : { code: 'server.failed', status: response.status });
  }
  grant = AccessGrant.parse(body);
  return grant.accessToken;
}
