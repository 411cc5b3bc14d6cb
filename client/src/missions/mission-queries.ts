import { getMission, listMissions } from '@verbena/shared/missions/missions.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const missionsKey = (program: string) => ['missions', program] as const;

export const missionsQuery = (program: string) =>
  queryOptions({
    queryKey: [...missionsKey(program), 'list'] as const,
    queryFn: ({ signal }) => call(listMissions, { params: { program, member: 'me' }, signal }),
  });

/** One mission with what counted for it; below the key of all missions, so that it is refreshed with them. */
export const missionQuery = (program: string, mission: string) =>
  queryOptions({
    queryKey: [...missionsKey(program), 'page', mission] as const,
    queryFn: ({ signal }) => call(getMission, { params: { program, member: 'me', mission }, signal }),
    // Places go while others complete it, of which nobody is told.
    refetchInterval: ({ state }) => (state.data?.card.places === undefined ? false : 15_000),
  });
