import { queryOptions } from '@tanstack/svelte-query';
import { getReceipt } from '@verbena/shared/ledger/ledger.routes.js';
import { call } from '#lib/api/call.js';

/** The receipt without a limit, by deciding the entry again. What an entry was decided from never changes. */
export const fullReceiptQuery = (program: string, member: string, seq: string) =>
  queryOptions({
    queryKey: ['full-receipt', program, member, seq] as const,
    queryFn: ({ signal }) =>
      call(getReceipt, { params: { program, member, seq }, query: { full: 'true' as const }, signal }),
    staleTime: Infinity,
  });
