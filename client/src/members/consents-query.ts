import { getConsents } from '@verbena/shared/members/consents.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** What a member has accepted and allows; `me` for oneself. */
export const consentsQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: ['consents', program, member] as const,
    queryFn: ({ signal }) => call(getConsents, { params: { program, member }, signal }),
    staleTime: 5 * 60_000,
  });
