import * as z from 'zod/mini';
import { route } from '#platform/route.js';
import { LocalDate } from '#platform/time.js';

/** What others see of a member: the alias always, the rest as far as the member shows it (A3); null is "not shown". */
export const MemberProfile = z.object({
  alias: z.string(),
  name: z.nullable(z.string()),
  tier: z.nullable(z.string()),
  badges: z.nullable(z.array(z.object({ id: z.string(), on: LocalDate }))),
  /** Points ever earned of the program's first currency. */
  earned: z.nullable(z.number()),
  joinedOn: z.nullable(LocalDate),
  isMe: z.boolean(),
});
export type MemberProfile = z.infer<typeof MemberProfile>;

export const getProfile = route({
  method: 'GET',
  path: '/programs/:program/profiles/:alias',
  summary: 'A member of the program as the others see it, by alias',
  access: 'definitions.read',
  response: MemberProfile,
  errors: ['program.notFound', 'member.notFound'],
});
