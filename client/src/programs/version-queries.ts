import { queryOptions } from '@tanstack/svelte-query';
import { getPublicationPass } from '@verbena/shared/ledger/publication-pass.routes.js';
import { listBudgets } from '@verbena/shared/programs/budgets.routes.js';
import { getApproval } from '@verbena/shared/programs/programs.routes.js';
import {
  compareVersions,
  getDraft,
  getTerms,
  getVersion,
  listDrafts,
  listVersions,
  planRevert,
} from '@verbena/shared/programs/versions.routes.js';
import { call } from '#lib/api/call.js';

/** Whether a draft needs somebody else, and whether there is anybody. */
export const approvalQuery = (program: string) =>
  queryOptions({
    queryKey: ['approval', program] as const,
    queryFn: ({ signal }) => call(getApproval, { params: { program }, signal }),
    staleTime: 0,
  });

export const versionsQuery = (program: string) =>
  queryOptions({
    queryKey: ['versions', program] as const,
    queryFn: ({ signal }) => call(listVersions, { params: { program }, signal }),
    staleTime: 0,
  });

export const versionQuery = (program: string, version: string) =>
  queryOptions({
    queryKey: ['version', program, version] as const,
    queryFn: ({ signal }) => call(getVersion, { params: { program, version }, signal }),
    staleTime: 5 * 60_000,
  });

/** What differs in words from `since` to a version. */
export const comparisonQuery = (program: string, version: string, since: string) =>
  queryOptions({
    queryKey: ['comparison', program, version, since] as const,
    queryFn: ({ signal }) => call(compareVersions, { params: { program, version }, query: { since }, signal }),
    staleTime: 5 * 60_000,
  });

export const draftsQuery = (program: string) =>
  queryOptions({
    queryKey: ['drafts', program] as const,
    queryFn: ({ signal }) => call(listDrafts, { params: { program }, signal }),
    staleTime: 0,
  });

export const draftQuery = (program: string, draft: string) =>
  queryOptions({
    queryKey: ['draft', program, draft] as const,
    queryFn: ({ signal }) => call(getDraft, { params: { program, draft }, signal }),
    staleTime: 0,
  });

/** What going back to a version would do now. */
export const revertPlanQuery = (program: string, version: string) =>
  queryOptions({
    queryKey: ['versions', program, 'revert', version] as const,
    queryFn: ({ signal }) => call(planRevert, { params: { program, version }, signal }),
    staleTime: 0,
  });

/** What is left of what all share: asked again while somebody looks. */
export const budgetsQuery = (program: string) =>
  queryOptions({
    queryKey: ['budgets', program] as const,
    queryFn: ({ signal }) => call(listBudgets, { params: { program }, signal }),
    staleTime: 0,
    refetchInterval: 15_000,
  });

/** How far the version in force came among members: asked again until it is with all of them. */
export const passQuery = (program: string) =>
  queryOptions({
    queryKey: ['versions', program, 'pass'] as const,
    queryFn: ({ signal }) => call(getPublicationPass, { params: { program }, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.pass?.isDone === false ? 2_000 : false),
  });

export const termsQuery = (program: string) =>
  queryOptions({
    queryKey: ['terms', program] as const,
    queryFn: ({ signal }) => call(getTerms, { params: { program }, signal }),
    staleTime: 60_000,
  });
