import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { LocalDate } from '#platform/time.js';

/** A mission as one member sees it now: what to do, how far, until when, and what it gives. */
export const MissionCard = z.object({
  id: Slug,
  rev: z.number(),
  name: LocalizedText,
  description: LocalizedText,
  kind: z.enum(['count', 'distinct', 'streak']),
  progress: z.number(),
  target: z.number(),
  period: z.string(),
  /** The last day of the period on which it can be done; for a streak, the last day that keeps it going. */
  endsOn: z.nullable(LocalDate),
  done: z.boolean(),
  completions: z.number(),
  reward: z.object({ points: z.array(z.object({ currency: Slug, amount: z.number() })), badges: z.array(Slug) }),
});
export type MissionCard = z.infer<typeof MissionCard>;

export const listMissions = route({
  method: 'GET',
  path: '/programs/:program/members/:member/missions',
  summary: 'The missions of the present period with a member’s progress, at one `seq`',
  access: { ownOr: 'members.read' },
  response: z.object({ seq: z.number(), items: z.array(MissionCard) }),
  errors: ['program.notFound', 'member.notFound'],
});
