import { getMember } from '@verbena/shared/members/members.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';
import { profileKey } from './profile-key.js';

export const profileQuery = (program: string) =>
  queryOptions({
    queryKey: profileKey(program),
    queryFn: ({ signal }) => call(getMember, { params: { program, member: 'me' }, signal }),
    staleTime: 5 * 60_000,
  });
