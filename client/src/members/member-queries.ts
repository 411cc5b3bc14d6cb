import { getMember } from '@verbena/shared/members/members.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const profileQuery = (program: string) =>
  queryOptions({
    queryKey: ['profile', program] as const,
    queryFn: ({ signal }) => call(getMember, { params: { program, member: 'me' }, signal }),
    staleTime: 5 * 60_000,
  });
