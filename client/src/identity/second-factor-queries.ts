import { getSecondFactor } from '@verbena/shared/identity/second-factor.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** Of the login itself, whatever the program. */
export const secondFactorQuery = () =>
  queryOptions({
    queryKey: ['second-factor'] as const,
    queryFn: ({ signal }) => call(getSecondFactor, { signal }),
    staleTime: 0,
  });
