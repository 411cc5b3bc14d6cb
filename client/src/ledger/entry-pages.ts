import { infiniteQueryOptions } from '@tanstack/svelte-query';
import { listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { call } from '#lib/api/call.js';
import { ledgerKeys } from './ledger-queries.js';

const ENTRIES_PER_PAGE = 20;

/** What the wallet can show of a journal, as its address says; the first without saying so. */
export const ENTRY_SHOWS = ['points', 'earned', 'expired', 'reversed', 'missions', 'everything'] as const;
export type EntryShow = (typeof ENTRY_SHOWS)[number];

export function readEntryShow(text: string | null): EntryShow {
  return ENTRY_SHOWS.find((show) => show === text) ?? 'points';
}

/** A member's journal by pages, newest first; apart from the other questions, so that only the wallet carries paging. */
export const entriesQuery = (program: string, only: EntryShow) =>
  infiniteQueryOptions({
    queryKey: [...ledgerKeys.entries(program), only] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listEntries, {
        params: { program, member: 'me' },
        query: {
          limit: String(ENTRIES_PER_PAGE),
          ...(only === 'everything' ? {} : { only }),
          ...(pageParam === undefined ? {} : { before: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
  });
