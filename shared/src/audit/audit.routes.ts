import * as z from 'zod/mini';
import { Ulid } from '#platform/ids.js';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { Instant } from '#platform/time.js';

/** Who acted: a login, an API key, or a command on this machine. `name` is that of today, where there is one. */
export const Actor = z.object({ kind: z.enum(['user', 'key', 'local']), id: z.string(), name: z.optional(z.string()) });
export type Actor = z.infer<typeof Actor>;

/** One change by staff: who, what, and the thing before and after. Never edited. */
export const AuditEntry = z.object({
  id: Ulid,
  number: z.number(),
  at: Instant,
  actor: Actor,
  action: z.string(),
  /** `name`: what a login, a key or a member is called today. */
  subject: z.object({ kind: z.string(), id: z.string(), name: z.optional(z.string()) }),
  before: z.nullable(z.unknown()),
  after: z.nullable(z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const listAuditEntries = route({
  method: 'GET',
  path: '/programs/:program/audit',
  summary: 'What staff changed in a program, newest first',
  access: 'audit.read',
  query: z.strictObject({
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 200)),
  }),
  response: page(AuditEntry),
  errors: ['program.notFound'],
});
