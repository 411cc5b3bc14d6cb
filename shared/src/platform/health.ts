import * as z from 'zod/mini';
import { route } from './route.js';
import { Instant } from './time.js';

/** How one part does: answering or not, how long a question took, and a code when something is wrong. */
export const PartHealth = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  ms: z.optional(z.number()),
  code: z.optional(z.string()),
  /** When it last did what it is asked for, where that is not now. */
  at: z.optional(Instant),
});
export type PartHealth = z.infer<typeof PartHealth>;

/** The state of the whole: `degraded` still awards, `down` cannot commit anything and answers 503. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  parts: z.object({
    database: PartHealth,
    redis: PartHealth,
    queues: PartHealth,
    outbox: PartHealth,
    lanes: PartHealth,
    /** `ok` with the code `kept` where there is no SMTP server: mails stay on the staff page. */
    mail: PartHealth,
    /** The last verification of the books: `degraded` with `findings` or `old`, `ok` with `never` before the first. */
    books: PartHealth,
  }),
  warnings: z.array(z.string()),
});
export type Health = z.infer<typeof Health>;

export const getHealth = route({
  method: 'GET',
  path: '/health',
  summary: 'The state of each part: 200 while awards can be committed, else 503',
  access: 'public',
  response: Health,
});
