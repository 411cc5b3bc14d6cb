import { getHealth, getPartsHealth, type Health, HealthStatus } from '@verbena/shared/platform/health.js';
import { API_PREFIX } from '@verbena/shared/platform/route.js';
import { queryOptions } from '@tanstack/svelte-query';
import { ApiError, UNREACHABLE } from '#lib/api/api-error.js';
import { call } from '#lib/api/call.js';

/** How the installation does; without its parts where nobody can tell that we are on the staff. */
export type HealthKnown = HealthStatus & Partial<Health>;

/** The state of each part. Without the database only the whole, which anybody may ask. @throws ApiError */
async function readHealth(program: string, signal: AbortSignal): Promise<HealthKnown> {
  try {
    return await call(getPartsHealth, { params: { program }, signal });
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 503) throw failure;
    return readStatus(signal);
  }
}

async function readStatus(signal: AbortSignal): Promise<HealthStatus> {
  let response: Response;
  try {
    response = await fetch(API_PREFIX + getHealth.path, { headers: { accept: 'application/json' }, signal });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError({ code: UNREACHABLE, status: 0 });
  }
  const health = HealthStatus.safeParse(await response.json().catch(() => undefined));
  if (!health.success) throw new ApiError({ code: 'server.failed', status: response.status });
  return health.data;
}

export const healthQuery = (program: string) =>
  queryOptions({
    queryKey: ['health', program] as const,
    queryFn: ({ signal }) => readHealth(program, signal),
    staleTime: 0,
    retry: false,
  });
