import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { Instant, LocalDate } from '#platform/time.js';
import { Mission } from './mission.js';

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

/**
 * An activity that counted for a mission in the present period: what, when, and whether it was taken back since.
 * `items` are the values that it added to a distinct goal.
 */
export const MissionEvidence = z.object({
  seq: z.number(),
  type: z.string(),
  occurredAt: Instant,
  attributes: z.record(z.string(), z.unknown()),
  items: z.optional(z.array(z.string())),
  completed: z.boolean(),
  reversed: z.boolean(),
});
export type MissionEvidence = z.infer<typeof MissionEvidence>;

/** A mission's page: the card, what counts in this period, and earlier completions. */
export const MissionPage = z.object({
  seq: z.number(),
  card: MissionCard,
  /** The definition under which the member plays, for the rule in words. */
  definition: Mission,
  evidence: z.array(MissionEvidence),
  /** The collected values of a distinct goal. */
  items: z.array(z.string()),
  /** The weeks of a streak around now: each with whether it counts. */
  weeks: z.array(z.object({ week: z.string(), state: z.enum(['free', 'used', 'missed', 'now']) })),
  completedAt: z.array(z.object({ seq: z.number(), at: Instant })),
});
export type MissionPage = z.infer<typeof MissionPage>;

export const getMission = route({
  method: 'GET',
  path: '/programs/:program/members/:member/missions/:mission',
  summary: 'One mission with what counted for it in the present period',
  access: { ownOr: 'members.read' },
  response: MissionPage,
  errors: ['program.notFound', 'member.notFound', 'mission.notFound'],
});
