import { listBadgeHolders } from '@verbena/shared/badges/badges.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** How many members hold each badge. */
export const badgeHoldersQuery = (program: string) =>
  queryOptions({
    queryKey: ['badge-holders', program] as const,
    queryFn: ({ signal }) => call(listBadgeHolders, { params: { program }, signal }),
    staleTime: 60_000,
  });
