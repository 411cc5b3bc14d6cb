import * as z from 'zod/mini';
import { queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Notice } from './notice.js';

export const NOTICES_MAX = 50;

export const listNotices = route({
  method: 'GET',
  path: '/programs/:program/notices',
  summary: 'What you were told, newest first, in so far as you may read it today; `limit=0` only counts',
  access: 'notices.read',
  query: z.strictObject({ limit: z.optional(queryInteger(0, NOTICES_MAX)) }),
  response: z.object({
    /** The number up to which `inbox` was read for this answer. */
    q: z.int(),
    /** How far the member read it, on any device. */
    read: z.int(),
    /** How many notices beyond that there are. */
    unread: z.int(),
    items: z.array(Notice),
  }),
  errors: ['program.notFound', 'member.notFound'],
});
