import { QueryClient } from '@tanstack/svelte-query';
import { ApiError } from './api-error.js';

/** What screens have read. The live stream keeps it fresh, so nothing is asked again merely because a window got the focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // A refusal stays a refusal; only what may pass by itself is asked again.
        retry: (count, failure) =>
          count < 2 && (!(failure instanceof ApiError) || failure.status === 0 || failure.status >= 500),
        retryDelay: (attempt) => 500 * 2 ** attempt,
      },
    },
  });
}
