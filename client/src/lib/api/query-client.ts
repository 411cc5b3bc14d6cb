import { QueryClient, replaceEqualDeep } from '@tanstack/svelte-query';
import { outlasts } from '#lib/offline/answer-age.js';
import { ApiError } from './api-error.js';

/** What screens have read. The live stream keeps it fresh, so nothing is asked again merely because a window got the focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        // What a screen reads only under a condition would else be missed: an answer that came before it was read for the first
        // time told nobody.
        notifyOnChangeProps: 'all',
        refetchOnWindowFocus: false,
        // Whether there is a network is for the request to find out: without one, what is kept may answer.
        networkMode: 'always',
        refetchOnReconnect: true,
        structuralSharing: (old, fresh) => (outlasts(old, fresh) ? old : replaceEqualDeep(old, fresh)),
        // A refusal stays a refusal; only what may pass by itself is asked again.
        retry: (count, failure) =>
          count < 2 && (!(failure instanceof ApiError) || failure.status === 0 || failure.status >= 500),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}
