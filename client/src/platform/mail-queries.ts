import { infiniteQueryOptions, queryOptions } from '@tanstack/svelte-query';
import { listMails, readMail } from '@verbena/shared/platform/mails.routes.js';
import { call } from '#lib/api/call.js';

const MAILS_PER_PAGE = 50;

/** The mails of a program by pages, newest first. */
export const mailsQuery = (program: string) =>
  infiniteQueryOptions({
    queryKey: ['mails', program] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      call(listMails, {
        params: { program },
        query: { limit: String(MAILS_PER_PAGE), ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });

/** The text of one; asked for once each time it is opened, since each reading is noted. */
export const mailTextQuery = (program: string, mail: string) =>
  queryOptions({
    queryKey: ['mail-text', program, mail] as const,
    queryFn: ({ signal }) => call(readMail, { params: { program, mail }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
