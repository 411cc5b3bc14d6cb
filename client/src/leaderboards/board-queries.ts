import { getBoard, listBoardRuns, listBoards } from '@verbena/shared/leaderboards/leaderboards.routes.js';
import { queryOptions } from '@tanstack/svelte-query';
import { call } from '#lib/api/call.js';

/** So many closed runs are listed under a board. */
const RUNS_LISTED = 12;

/** The keys under which what the boards of a program say is kept. Runs that are closed never change and stand apart. */
export const boardKeys = {
  open: (program: string) => ['boards', program] as const,
  archive: (program: string) => ['board-runs', program] as const,
};

export const boardsQuery = (program: string) =>
  queryOptions({
    queryKey: [...boardKeys.open(program), 'all'] as const,
    queryFn: ({ signal }) => call(listBoards, { params: { program }, signal }),
    // No stream keeps this one fresh while it is not looked at.
    staleTime: 0,
  });

/** One run of a board; without `run` the present one. */
export const boardQuery = (program: string, board: string, run: string | undefined, limit: number) =>
  queryOptions({
    queryKey: [...boardKeys.open(program), 'one', board, run ?? 'present', limit] as const,
    queryFn: ({ signal }) =>
      call(getBoard, {
        params: { program, board },
        query: { limit: String(limit), ...(run === undefined ? {} : { run }) },
        signal,
      }),
    staleTime: 0,
  });

export const boardRunsQuery = (program: string, board: string) =>
  queryOptions({
    queryKey: [...boardKeys.archive(program), board] as const,
    queryFn: ({ signal }) =>
      call(listBoardRuns, { params: { program, board }, query: { limit: String(RUNS_LISTED) }, signal }),
    staleTime: 5 * 60_000,
  });
