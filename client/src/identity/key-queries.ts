import { listApiKeys } from '@verbena/shared/identity/identity.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const apiKeysQuery = (program: string) =>
  queryOptions({
    queryKey: ['api-keys', program] as const,
    queryFn: ({ signal }) => call(listApiKeys, { params: { program }, signal }),
    staleTime: 0,
  });
