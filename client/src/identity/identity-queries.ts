import { listSessions } from '@verbena/shared/identity/accounts.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const sessionsKey = ['sessions'] as const;

/** The devices on which this login is logged in. */
export const sessionsQuery = () =>
  queryOptions({ queryKey: sessionsKey, queryFn: ({ signal }) => call(listSessions, { signal }), staleTime: 0 });
