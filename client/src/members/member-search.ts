import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import { getMember, listMembers } from '@verbena/shared/members/members.routes.js';
import { listHoldings } from '@verbena/shared/ledger/ledger.routes.js';
import { call } from '#lib/api/call.js';

const MEMBERS_PER_PAGE = 50;
/** So many are asked about at once. */
const HOLDINGS_MAX = 100;

/** The keys under which the staff pages keep what they read of members. */
export const staffMemberKeys = {
  list: (program: string) => ['staff-members', program] as const,
  one: (program: string, member: string) => ['staff-member', program, member] as const,
};

/** Members by pages, as the server finds them. */
export const memberSearchQuery = (program: string, search: string, perPage = MEMBERS_PER_PAGE) =>
  infiniteQueryOptions({
    queryKey: [...staffMemberKeys.list(program), search, perPage] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listMembers, {
        params: { program },
        query: {
          limit: String(perPage),
          ...(search === '' ? {} : { search }),
          ...(pageParam === undefined ? {} : { after: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 5_000,
  });

/** What members of a page hold: the ledger's word, asked for beside the list. */
export const holdingsQuery = (program: string, members: readonly string[]) =>
  queryOptions({
    queryKey: [...staffMemberKeys.list(program), 'holdings', ...members] as const,
    queryFn: async ({ signal }) => {
      const pages = Array.from({ length: Math.ceil(members.length / HOLDINGS_MAX) }, (_, page) =>
        members.slice(page * HOLDINGS_MAX, (page + 1) * HOLDINGS_MAX).join(','),
      );
      const answers = await Promise.all(
        pages.map((list) => call(listHoldings, { params: { program }, query: { members: list }, signal })),
      );
      return new Map(answers.flatMap(({ items }) => items).map((one) => [one.member, one]));
    },
    staleTime: 5_000,
  });

/** How many members there are. */
export const memberCountQuery = (program: string) =>
  queryOptions({
    queryKey: [...staffMemberKeys.list(program), 'count'] as const,
    queryFn: async ({ signal }) =>
      (await call(listMembers, { params: { program }, query: { limit: '1' }, signal })).total,
    staleTime: 5_000,
  });

/** One member, as the staff sees it. */
export const staffMemberQuery = (program: string, member: string) =>
  queryOptions({
    queryKey: staffMemberKeys.one(program, member),
    queryFn: ({ signal }) => call(getMember, { params: { program, member }, signal }),
    staleTime: 0,
  });
