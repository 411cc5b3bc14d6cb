import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import { listForum } from '@verbena/shared/forums/categories.routes.js';
import { listThreads } from '@verbena/shared/forums/threads.routes.js';
import { call } from '#lib/api/call.js';

export const forumKeys = {
  home: (program: string) => ['forum', program, 'home'] as const,
  threads: (program: string, category: string) => ['forum', program, 'threads', category] as const,
  thread: (program: string, thread: string) => ['forum', program, 'thread', thread] as const,
};

/** Others write all the time, so each visit asks, and shows meanwhile what it knows. */
export const forumQuery = (program: string) =>
  queryOptions({
    queryKey: forumKeys.home(program),
    queryFn: ({ signal }) => call(listForum, { params: { program }, signal }),
    staleTime: 0,
  });

export const threadsQuery = (program: string, category: string) =>
  infiniteQueryOptions({
    queryKey: forumKeys.threads(program, category),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listThreads, {
        params: { program, category },
        query: pageParam === undefined ? {} : { before: pageParam },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
    staleTime: 0,
  });
