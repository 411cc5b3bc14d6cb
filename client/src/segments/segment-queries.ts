import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import { listSegmentMembers, listSegments, listSegmentsOf } from '@verbena/shared/segments/segments.routes.js';
import { call } from '#lib/api/call.js';

const MEMBERS_PER_PAGE = 50;

export const segmentsQuery = (program: string) =>
  queryOptions({
    queryKey: ['segments', program] as const,
    queryFn: ({ signal }) => call(listSegments, { params: { program }, signal }),
    staleTime: 0,
  });

/** The segments to which a member belongs at the moment. */
export const segmentsOfQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: ['segmentsOf', program, member] as const,
    queryFn: ({ signal }) => call(listSegmentsOf, { params: { program, member }, signal }),
    staleTime: 0,
  });

/** Who is on a list, by pages, whoever was added last first. */
export const segmentMembersQuery = (program: string, segment: string) =>
  infiniteQueryOptions({
    queryKey: ['segmentMembers', program, segment] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listSegmentMembers, {
        params: { program, segment },
        query: { limit: String(MEMBERS_PER_PAGE), ...(pageParam === undefined ? {} : { before: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
    staleTime: 0,
  });
