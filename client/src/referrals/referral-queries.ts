import { getReferrals } from '@verbena/shared/referrals/referrals.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const referralsKey = (program: string) => ['referrals', program] as const;

export const referralsQuery = (program: string) =>
  queryOptions({
    queryKey: referralsKey(program),
    queryFn: ({ signal }) => call(getReferrals, { params: { program, member: 'me' }, signal }),
    // A friend who joins moves nothing in the journal of who invited, so each visit asks.
    staleTime: 0,
  });
