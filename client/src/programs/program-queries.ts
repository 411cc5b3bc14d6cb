import { getDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const definitionsQuery = (program: string) =>
  queryOptions({
    queryKey: ['definitions', program] as const,
    queryFn: ({ signal }) => call(getDefinitions, { params: { program }, signal }),
    staleTime: 5 * 60_000,
  });
