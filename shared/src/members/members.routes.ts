import * as z from 'zod/mini';
import { ExternalId, Ulid } from '#platform/ids.js';
import { Language } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, Zone } from '#platform/time.js';

/** A person's enrolment in a program. It may exist before any login, by the brand's own id. */
export const Member = z.object({
  id: Ulid,
  externalIds: z.array(ExternalId),
  name: z.nullable(z.string()),
  alias: z.nullable(z.string()),
  language: Language,
  zone: Zone,
  joinedAt: Instant,
  hasLogin: z.boolean(),
});
export type Member = z.infer<typeof Member>;

export const getMember = route({
  method: 'GET',
  path: '/programs/:program/members/:member',
  summary: 'One member: `me`, an id, or `ext:<externalId>`',
  access: { ownOr: 'members.read' },
  response: Member,
  errors: ['program.notFound', 'member.notFound'],
});
