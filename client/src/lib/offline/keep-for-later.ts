import type { QueryClient } from '@tanstack/svelte-query';
import { dev } from '$app/environment';
import { getProgram } from '@verbena/shared/programs/programs.routes.js';
import { call } from '#lib/api/call.js';
import { session } from '#lib/api/session.svelte.js';

/** The first screen comes first. */
const AFTER_MS = 4_000;

/** Reads what of a module is wanted without a connection, unless it was read a moment ago; as `readForLater` in `<module>.later.ts`. */
export type ReadForLater = (program: string, queries: QueryClient) => Promise<void>;

const found = Object.values(
  import.meta.glob<ReadForLater>('/src/*/*.later.ts', { eager: true, import: 'readForLater' }),
);

/**
 * Sets the service worker up for a member and sees that the last home, missions and wallet are kept: a worker that has just
 * come saw none of what was read before it. @returns stops it
 */
export function keepForLater(program: string, queries: QueryClient): () => void {
  // In development files change under the worker's feet.
  if (dev || !('serviceWorker' in navigator)) return () => undefined;
  const worker = navigator.serviceWorker;
  // Who is logged in first: that answer makes the place where those without a token, as the program's, are kept.
  const readAgain = async () => {
    await session.reload().catch(() => undefined);
    await Promise.allSettled([
      call(getProgram, { params: { program } }),
      queries.invalidateQueries(),
      ...found.map((read) => read(program, queries)),
    ]);
  };
  const onChange = () => void readAgain();
  worker.addEventListener('controllerchange', onChange);
  const timer = setTimeout(() => {
    // Refused where storage is: then there is nothing to read without a connection.
    worker.register('/service-worker.js').catch(() => undefined);
    if (!worker.controller) return;
    // The program was read before anybody was logged in, perhaps.
    void call(getProgram, { params: { program } }).catch(() => undefined);
    void Promise.allSettled(found.map((read) => read(program, queries)));
  }, AFTER_MS);
  return () => {
    clearTimeout(timer);
    worker.removeEventListener('controllerchange', onChange);
  };
}
