import type { QueryClient } from '@tanstack/svelte-query';
import { dev } from '$app/environment';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { session } from '#lib/api/session.svelte.js';
import { entriesQuery } from '#ledger/entry-pages.js';
import { missionsQuery } from '#missions/mission-queries.js';

/** The first screen comes first. */
const AFTER_MS = 4_000;

/**
 * Sets the service worker up for a member and sees that the last home, missions and wallet are kept: a worker that has just
 * come saw none of what was read before it. @returns stops it
 */
export function keepForLater(program: string, queries: QueryClient): () => void {
  // In development files change under the worker's feet.
  if (dev || !('serviceWorker' in navigator)) return () => undefined;
  const worker = navigator.serviceWorker;
  const readAgain = () => {
    void Promise.allSettled([
      session.reload(),
      call(getProgram, { params: { program } }),
      queries.invalidateQueries(),
      queries.prefetchQuery(missionsQuery(program)),
      queries.prefetchInfiniteQuery(entriesQuery(program, 'points')),
    ]);
  };
  worker.addEventListener('controllerchange', readAgain);
  const timer = setTimeout(() => {
    // Refused where storage is: then there is nothing to read without a connection.
    worker.register('/service-worker.js').catch(() => undefined);
    if (worker.controller) void queries.prefetchInfiniteQuery(entriesQuery(program, 'points'));
  }, AFTER_MS);
  return () => {
    clearTimeout(timer);
    worker.removeEventListener('controllerchange', readAgain);
  };
}
