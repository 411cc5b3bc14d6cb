import { queryOptions } from '@tanstack/svelte-query';
import { listPairs } from '@verbena/shared/forums/pairs.routes.js';
import { call } from '#lib/api/call.js';
import { forumKey } from './category-queries.js';

export const pairsQuery = (program: string) =>
  queryOptions({
    queryKey: [...forumKey(program), 'pairs'] as const,
    queryFn: ({ signal }) => call(listPairs, { params: { program }, signal }),
    staleTime: 0,
  });
