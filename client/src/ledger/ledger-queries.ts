import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** More than the home screen shows: what is no movement is left out there. */
const ENTRIES_FOR_HOME = 12;

/** The keys under which what the ledger says of the logged-in member is kept, by program. */
export const ledgerKeys = {
  standing: (program: string) => ['standing', program] as const,
  entry: (program: string, seq: string) => ['entry', program, seq] as const,
  anyEntry: (program: string) => ['entry', program] as const,
  entries: (program: string) => ['entries', program] as const,
};

export const standingQuery = (program: string) =>
  queryOptions({
    queryKey: ledgerKeys.standing(program),
    queryFn: ({ signal }) => call(getStanding, { params: { program, member: 'me' }, signal }),
  });

/** The last few entries, for the home screen. */
export const newestEntriesQuery = (program: string, limit = ENTRIES_FOR_HOME) =>
  queryOptions({
    queryKey: [...ledgerKeys.entries(program), 'newest', limit] as const,
    queryFn: () => readNewestEntries(program, limit),
  });

/** An entry never changes, so it is read once; only its own reversal adds that it was taken back. */
export const entryQuery = (program: string, seq: string) =>
  queryOptions({
    queryKey: ledgerKeys.entry(program, seq),
    queryFn: ({ signal }) => call(getEntry, { params: { program, member: 'me', seq }, signal }),
    staleTime: Infinity,
  });

/** The newest entries: what may have happened while nobody looked. */
export async function readNewestEntries(program: string, limit: number) {
  const page = await call(listEntries, { params: { program, member: 'me' }, query: { limit: String(limit) } });
  return page.items;
}
