import { listApiKeys } from '@verbena/shared/identity/api-keys.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const apiKeysQuery = (program: string) =>
  queryOptions({
    queryKey: ['api-keys', program] as const,
    queryFn: ({ signal }) => call(listApiKeys, { params: { program }, signal }),
    staleTime: 0,
  });
