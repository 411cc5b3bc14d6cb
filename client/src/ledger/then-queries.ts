import { keepPreviousData, queryOptions } from '@tanstack/svelte-query';
import { listPlaces } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { getMember } from '@verbena/shared/members/members.routes.js';
import { getDefinitions } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';

const ENTRIES = 5;

/** What was known of a member at a moment, in one reading: it does not change any more, so it is kept. */
export const memberThenQuery = (program: string, member: string, asOf: string) =>
  queryOptions({
    queryKey: ['member-then', program, member, asOf] as const,
    queryFn: async ({ signal }) => {
      const params = { program, member };
      const query = { asOf };
      const [who, standing, entries, published] = await Promise.all([
        call(getMember, { params, query, signal }),
        call(getStanding, { params, query, signal }),
        call(listEntries, { params, query: { ...query, limit: String(ENTRIES) }, signal }),
        call(getDefinitions, { params: { program }, query, signal }),
      ]);
      return { who, standing, entries: entries.items, published };
    },
    staleTime: Infinity,
    // While the slider moves, the last answer stays, and the page keeps its height.
    placeholderData: keepPreviousData,
  });

/** Its places on the boards of then; apart, since computing them takes longest. */
export const placesThenQuery = (program: string, member: string, asOf: string) =>
  queryOptions({
    queryKey: ['places-then', program, member, asOf] as const,
    queryFn: ({ signal }) => call(listPlaces, { params: { program, member }, query: { asOf }, signal }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
