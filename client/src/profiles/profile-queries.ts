import { getProfile } from '@verbena/shared/profiles/profiles.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** A member as the others see it, by alias. Read at each visit: what is shown may have been changed a moment ago. */
export const cardQuery = (program: string, alias: string) =>
  queryOptions({
    queryKey: ['card', program, alias] as const,
    queryFn: ({ signal }) => call(getProfile, { params: { program, alias }, signal }),
    staleTime: 0,
  });
