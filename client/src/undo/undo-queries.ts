import { queryOptions } from '@tanstack/svelte-query';
import { getUndoPlan, listUndoPlans, type UndoPlan } from '@verbena/shared/undo/undo-plans.routes.js';
import { call } from '#lib/api/call.js';

const POLL_MS = 1_000;

/** Whether somebody is at work on it. */
export function isAtWork(plan: Pick<UndoPlan, 'status'> | undefined): boolean {
  return plan?.status === 'planning' || plan?.status === 'applying';
}

export const undoPlansQuery = (program: string) =>
  queryOptions({
    queryKey: ['undoPlans', program] as const,
    queryFn: ({ signal }) => call(listUndoPlans, { params: { program }, signal }),
    staleTime: 0,
  });

/** One plan, asked for again each second while somebody is at work on it. */
export const undoPlanQuery = (program: string, plan: string) =>
  queryOptions({
    queryKey: ['undoPlan', program, plan] as const,
    queryFn: ({ signal }) => call(getUndoPlan, { params: { program, plan }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (isAtWork(state.data) ? POLL_MS : false),
  });
