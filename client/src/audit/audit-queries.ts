import { infiniteQueryOptions } from '@tanstack/svelte-query';
import { listAuditEntries } from '@verbena/shared/audit/audit.routes.js';
import { call } from '#lib/api/call.js';

const ENTRIES_PER_PAGE = 50;

/** What staff changed, by pages, newest first. */
export const auditQuery = (program: string) =>
  infiniteQueryOptions({
    queryKey: ['audit', program] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listAuditEntries, {
        params: { program },
        query: { limit: String(ENTRIES_PER_PAGE), ...(pageParam === undefined ? {} : { before: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
    staleTime: 0,
  });
