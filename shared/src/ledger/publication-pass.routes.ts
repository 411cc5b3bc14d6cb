import * as z from 'zod/mini';
import { route } from '#platform/route.js';

/**
 * How far the version in force came among members who do nothing: so many of so many looked at, of whom so many rose at once, because
 * it made a tier easier to reach.
 */
export const PublicationPass = z.object({
  version: z.int(),
  isDone: z.boolean(),
  seen: z.int(),
  total: z.int(),
  raised: z.int(),
});
export type PublicationPass = z.infer<typeof PublicationPass>;

export const getPublicationPass = route({
  method: 'GET',
  path: '/programs/:program/publication-pass',
  summary: 'How far the version in force came among members who do nothing; null where it asks nothing of them',
  access: 'drafts.read',
  response: z.object({ pass: z.nullable(PublicationPass) }),
  errors: ['program.notFound'],
});
