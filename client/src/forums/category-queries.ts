import { queryOptions } from '@tanstack/svelte-query';
import {
  getRightsMatrix,
  listCategories,
  previewForum,
  type SeenAs,
} from '@verbena/shared/forums/categories.routes.js';
import { call } from '#lib/api/call.js';

/** What everything begins with that the console keeps of a forum: it is stale together. */
export const forumKey = (program: string) => ['forumConsole', program] as const;

export const categoriesQuery = (program: string) =>
  queryOptions({
    queryKey: [...forumKey(program), 'sections'] as const,
    queryFn: ({ signal }) => call(listCategories, { params: { program }, signal }),
    staleTime: 0,
  });

export const rightsQuery = (program: string) =>
  queryOptions({
    queryKey: [...forumKey(program), 'rights'] as const,
    queryFn: ({ signal }) => call(getRightsMatrix, { params: { program }, signal }),
    staleTime: 0,
  });

/** The forum as somebody like this sees it. */
export const seenAsQuery = (program: string, { tier, role }: SeenAs) =>
  queryOptions({
    queryKey: [...forumKey(program), 'seenAs', tier, role] as const,
    queryFn: ({ signal }) =>
      call(previewForum, { params: { program }, query: { role, ...(tier === null ? {} : { tier }) }, signal }),
    staleTime: 0,
  });
