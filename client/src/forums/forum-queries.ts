import { focusManager, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/svelte-query';
import { listForum } from '@verbena/shared/forums/categories.routes.js';
import { listThreads } from '@verbena/shared/forums/threads.routes.js';
import { call } from '#lib/api/call.js';

export const forumKeys = {
  all: (program: string) => ['forum', program] as const,
  home: (program: string) => ['forum', program, 'home'] as const,
  lists: (program: string) => ['forum', program, 'threads'] as const,
  threads: (program: string, category: string) => [...forumKeys.lists(program), category] as const,
  thread: (program: string, thread: string) => ['forum', program, 'thread', thread] as const,
};

// A window beside another one is seen all the time: coming back to it is to give it the focus.
focusManager.setEventListener((look) => {
  const stop = new AbortController();
  for (const name of ['focus', 'visibilitychange'] as const)
    addEventListener(name, () => look(), { signal: stop.signal });
  return () => stop.abort();
});

/** Something was read elsewhere on the page: sections and lists say what is unread anew. */
export async function refreshLists(queries: QueryClient, program: string): Promise<void> {
  const keys = [forumKeys.home(program), forumKeys.lists(program)];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Others write all the time, so each visit asks, and shows meanwhile what it knows; so does coming back to the window. */
export const forumQuery = (program: string) =>
  queryOptions({
    queryKey: forumKeys.home(program),
    queryFn: ({ signal }) => call(listForum, { params: { program }, signal }),
    staleTime: 0,
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
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
    refetchOnWindowFocus: true,
  });
