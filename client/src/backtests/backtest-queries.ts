import { queryOptions } from '@tanstack/svelte-query';
import { type Backtest, getBacktest, listBacktests } from '@verbena/shared/backtests/backtests.routes.js';
import { call } from '#lib/api/call.js';

const POLL_MS = 1_000;

export function isOpen(backtest: Pick<Backtest, 'status'> | undefined): boolean {
  return backtest?.status === 'waiting' || backtest?.status === 'running';
}

export const backtestsQuery = (program: string, draft: string) =>
  queryOptions({
    queryKey: ['backtests', program, draft] as const,
    queryFn: ({ signal }) => call(listBacktests, { params: { program, draft }, signal }),
    staleTime: 0,
  });

/** One backtest, asked for again each second while it is under way. */
export const backtestQuery = (program: string, backtest: string) =>
  queryOptions({
    queryKey: ['backtest', program, backtest] as const,
    queryFn: ({ signal }) => call(getBacktest, { params: { program, backtest }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (isOpen(state.data) ? POLL_MS : false),
  });
