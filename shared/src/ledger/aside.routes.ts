import * as z from 'zod/mini';
import { EntryId, Ulid } from '#platform/ids.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';

/**
 * An activity that could not be taken in and waits for a person: the one that said so first got an answer or has long gone on.
 * `id` is the entry that it would become, `reason` the code of the refusal, or the first line of what went wrong.
 */
export const AsideActivity = z.object({
  id: EntryId,
  member: Ulid,
  type: z.string(),
  key: z.string(),
  reason: z.string(),
  at: Instant,
});
export type AsideActivity = z.infer<typeof AsideActivity>;

export const listAside = route({
  method: 'GET',
  path: '/programs/:program/aside',
  summary: 'Activities of a program that were set aside, those of today last; at most 1,000',
  access: 'audit.read',
  response: z.object({ items: z.array(AsideActivity) }),
  errors: ['program.notFound'],
});

/** `left`: what was refused again and stays. Books that missed what a member chose are told how it stands now. */
export const retryAside = route({
  method: 'POST',
  path: '/programs/:program/aside/retry',
  summary: 'Take in again what was set aside: each counts once, however often this is asked',
  access: 'local',
  response: z.object({ taken: z.number(), left: z.number() }),
  errors: ['program.notFound', 'lane.moved'],
});

export const dropAside = route({
  method: 'DELETE',
  path: '/programs/:program/aside/:id',
  summary: 'Give up an activity that was set aside, for good; the log of changes says so',
  access: 'local',
  response: AsideActivity,
  errors: ['program.notFound', 'aside.notFound'],
});
