import { queryOptions } from '@tanstack/svelte-query';
import { getFigures, getReconciliation, startReconciliation } from '@verbena/shared/ledger/reconciliation.routes.js';
import { call } from '#lib/api/call.js';

const LOOK_MS = 3_000;

/** What the last verification of the books found; looked at again while one is under way. */
export const booksQuery = (program: string) =>
  queryOptions({
    queryKey: ['reconciliation', program] as const,
    queryFn: ({ signal }) => call(getReconciliation, { params: { program }, signal }),
    refetchInterval: ({ state }) => (state.data?.running === true ? LOOK_MS : false),
    staleTime: 0,
  });

/** What the last verification counted of the program. */
export const figuresQuery = (program: string) =>
  queryOptions({
    queryKey: ['reconciliation', program, 'figures'] as const,
    queryFn: ({ signal }) => call(getFigures, { params: { program }, signal }),
    refetchInterval: ({ state }) => (state.data?.running === true ? LOOK_MS : false),
    staleTime: 0,
  });

export function verifyBooks(program: string) {
  return call(startReconciliation, { params: { program }, body: {} });
}
