import { listMissions } from '@verbena/shared/missions/missions.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

export const missionsKey = (program: string) => ['missions', program] as const;

export const missionsQuery = (program: string) =>
  queryOptions({
    queryKey: missionsKey(program),
    queryFn: ({ signal }) => call(listMissions, { params: { program, member: 'me' }, signal }),
  });
