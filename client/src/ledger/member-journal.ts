import { tick } from 'svelte';
import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import type { QueryClient } from '@tanstack/svelte-query';
import { getEntry, getStanding, listEntries } from '@verbena/shared/ledger/ledger.routes.js';
import { getMemberAttributes } from '@verbena/shared/members/member-attributes.routes.js';
import { getMission, listMissions } from '@verbena/shared/missions/missions.routes.js';
import { call } from '#lib/api/call.js';

const ENTRIES_PER_PAGE = 25;

/** Everything that the staff pages have read of what one member did; nothing pushes it, so it is read anew when looked at. */
const keyOf = (program: string, member: string) => ['journal-of', program, member] as const;

export const standingOfQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: [...keyOf(program, member), 'standing'] as const,
    queryFn: ({ signal }) => call(getStanding, { params: { program, member }, signal }),
    staleTime: 0,
  });

export const entriesOfQuery = (program: string, member: string) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(program, member), 'entries'] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listEntries, {
        params: { program, member },
        query: { limit: String(ENTRIES_PER_PAGE), ...(pageParam === undefined ? {} : { before: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => (page.next === undefined ? undefined : String(page.next)),
    staleTime: 0,
  });

export const entryOfQuery = (program: string, member: string, seq: string) =>
  queryOptions({
    queryKey: [...keyOf(program, member), 'entry', seq] as const,
    queryFn: ({ signal }) => call(getEntry, { params: { program, member, seq }, signal }),
    staleTime: 0,
  });

export const missionsOfQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: [...keyOf(program, member), 'missions'] as const,
    queryFn: ({ signal }) => call(listMissions, { params: { program, member }, signal }),
    staleTime: 0,
  });

export const missionOfQuery = (program: string, member: string, mission: string) =>
  queryOptions({
    queryKey: [...keyOf(program, member), 'mission', mission] as const,
    queryFn: ({ signal }) => call(getMission, { params: { program, member, mission }, signal }),
    staleTime: 0,
  });

/** What the program declares of its members, and knows of this one. */
export const attributesOfQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: [...keyOf(program, member), 'attributes'] as const,
    queryFn: ({ signal }) => call(getMemberAttributes, { params: { program, member }, signal }),
    staleTime: 0,
  });

/**
 * After something was recorded or taken back. The button that was pressed may be gone with it: whoever goes by keyboard is then at the
 * table in which it stood, and at the head of the page where that is gone too.
 */
export async function readJournalAnew(queries: QueryClient, program: string, member: string): Promise<void> {
  // The dialog closes first, and gives the focus back.
  await tick();
  const place = document.activeElement?.closest<HTMLElement>('[role=region]');
  await queries.invalidateQueries({ queryKey: keyOf(program, member) });
  await tick();
  if (document.activeElement !== document.body) return;
  (place?.isConnected ? place : document.querySelector('h1'))?.focus({ preventScroll: true });
}
