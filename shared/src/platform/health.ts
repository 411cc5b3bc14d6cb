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

/** The state of the whole: `degraded` still awards, `down` cannot commit anything. It is all that a stranger learns. */
export const HealthStatus = z.object({ status: z.enum(['ok', 'degraded', 'down']) });
export type HealthStatus = z.infer<typeof HealthStatus>;

/** And of its parts, for who runs it. */
export const Health = z.extend(HealthStatus, {
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
  summary:
    'Whether awards can be committed: then 200, else 503; operators and this machine learn the state of each part',
  access: 'public',
  response: z.union([Health, HealthStatus]),
});

export const getPartsHealth = route({
  method: 'GET',
  path: '/programs/:program/health',
  summary: 'The state of each part of the installation, for the staff of a program; 200 also when one is down',
  access: 'audit.read',
  response: Health,
  errors: ['program.notFound'],
});
