import * as z from 'zod/mini';
import { Ulid } from './ids.js';
import { queryInteger } from './page.js';
import { route } from './route.js';
import { Instant } from './time.js';

/**
 * A message as the staff page lists it. `kept`: this installation has no SMTP server, so it stays here. `isHidden`: the
 * text holds a link that opens somebody else's staff account, or was sent by SMTP; then nobody can read it.
 */
export const MailView = z.object({
  id: Ulid,
  to: z.string(),
  subject: z.string(),
  isHidden: z.boolean(),
  status: z.enum(['waiting', 'sent', 'kept', 'failed']),
  tries: z.number(),
  createdAt: Instant,
  sentAt: z.nullable(Instant),
  error: z.nullable(z.string()),
});
export type MailView = z.infer<typeof MailView>;

export const listMails = route({
  method: 'GET',
  path: '/programs/:program/mails',
  summary: 'The mails of a program, newest first; `after` goes on behind one',
  access: 'mails.read',
  query: z.strictObject({ after: z.optional(Ulid), limit: z.optional(queryInteger(1, 100)) }),
  response: z.object({ items: z.array(MailView), next: z.nullable(Ulid), hasServer: z.boolean() }),
  errors: ['program.notFound'],
});

export const readMail = route({
  method: 'POST',
  path: '/programs/:program/mails/:mail/reading',
  summary: 'The text of a mail that is kept here; who read it stands in the audit log',
  access: 'mails.read',
  response: z.object({ text: z.string() }),
  errors: ['program.notFound', 'mail.notFound'],
});
