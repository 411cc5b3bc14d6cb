import * as z from 'zod/mini';
import { route } from '#platform/route.js';

/** A member's copy for whoever only keeps the file: without its shape, which weighs much and says nothing to a screen. */
export const getCopyFile = route({
  method: 'GET',
  path: '/programs/:program/members/:member/copy',
  summary: 'A file with everything that the program knows of a member, for that person; each is in the log of changes',
  access: { ownOr: 'members.write' },
  response: z.unknown(),
  errors: ['program.notFound', 'member.notFound'],
});
