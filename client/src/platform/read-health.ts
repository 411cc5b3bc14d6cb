import { getHealth, Health } from '@verbena/shared/platform/health.js';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { queryOptions } from '@tanstack/svelte-query';
import { ApiError, UNREACHABLE } from '#lib/api/api-error.js';

/** The state of each part, also where the answer is 503 because something that awards need is down. @throws ApiError */
async function readHealth(signal: AbortSignal): Promise<Health> {
  let response: Response;
  try {
    response = await fetch(API_PREFIX + getHealth.path, { headers: { accept: 'application/json' }, signal });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError({ code: UNREACHABLE, status: 0 });
  }
  const health = Health.safeParse(await response.json().catch(() => undefined));
  if (!health.success) throw new ApiError({ code: 'server.failed', status: response.status });
  return health.data;
}

export const healthQuery = () =>
  queryOptions({
    queryKey: ['health'] as const,
    queryFn: ({ signal }) => readHealth(signal),
    staleTime: 0,
    retry: false,
  });
