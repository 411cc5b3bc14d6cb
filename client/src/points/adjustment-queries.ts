import { infiniteQueryOptions } from '@tanstack/svelte-query';
import { listAdjustments } from '@verbena/shared/points/points.routes.js';
import { call } from '#lib/api/call.js';

/** Adjustments that wait, or all of them, newest first. */
export const adjustmentsQuery = (program: string, show: 'waiting' | 'decided') =>
  infiniteQueryOptions({
    queryKey: ['adjustments', program, show] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listAdjustments, {
        params: { program },
        query: {
          ...(show === 'waiting' ? { status: 'waiting' as const } : {}),
          ...(pageParam === undefined ? {} : { before: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
    staleTime: 0,
  });
