import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const ENTRIES_PER_PAGE = 20;

/** The keys under which what the ledger says of the logged-in member is kept, by program. */
export const ledgerKeys = {
  standing: (program: string) => ['standing', program] as const,
  entries: (program: string) => ['entries', program] as const,
};

export const standingQuery = (program: string) =>
  queryOptions({
    queryKey: ledgerKeys.standing(program),
    queryFn: ({ signal }) => call(getStanding, { params: { program, member: 'me' }, signal }),
  });

export const entriesQuery = (program: string, only: 'points' | 'everything') =>
  infiniteQueryOptions({
    queryKey: [...ledgerKeys.entries(program), only] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listEntries, {
        params: { program, member: 'me' },
        query: {
          limit: String(ENTRIES_PER_PAGE),
          ...(only === 'points' ? { only } : {}),
          ...(pageParam === undefined ? {} : { before: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
  });

/** An entry never changes, so it is read once. */
export const entryQuery = (program: string, seq: string) =>
  queryOptions({
    queryKey: ['entry', program, seq] as const,
    queryFn: ({ signal }) => call(getEntry, { params: { program, member: 'me', seq }, signal }),
    staleTime: Infinity,
  });

/** The newest entries: what may have happened while nobody looked. */
export async function readNewestEntries(program: string, limit: number) {
  const page = await call(listEntries, { params: { program, member: 'me' }, query: { limit: String(limit) } });
  return page.items;
}
