import * as z from 'zod/mini';
import { IdempotencyKey } from '#activities/idempotency-key.js';
import { Slug } from '#platform/ids.js';
import { LocalizedText } from '#platform/localized-text.js';
import { route } from '#platform/route.js';
import { isPeriod, LocalDateInput, onCalendar } from '#platform/given-time.js';
import { Instant, LastDay, LocalDate } from '#platform/time.js';
import { typedText } from '#platform/typed-text.js';
import { Mission, Prerequisite } from './mission.js';

const Reward = z.object({
  points: z.array(z.object({ currency: Slug, amount: z.number() })),
  badges: z.array(Slug),
});

/** A mission as one member sees it now: what to do, how far, until when, and what it gives. */
export const MissionCard = z.object({
  id: Slug,
  rev: z.number(),
  name: LocalizedText,
  description: LocalizedText,
  kind: z.enum(['count', 'sum', 'distinct', 'set', 'sequence', 'shared', 'streak']),
  progress: z.number(),
  target: z.number(),
  period: z.string(),
  /** The last day of the period on which it can be done; for a streak, the last day that keeps it going. */
  endsOn: z.nullable(LastDay),
  done: z.boolean(),
  completions: z.number(),
  reward: Reward,
  /** The unit of a sum, such as `EUR` for cents. */
  unit: z.optional(z.string()),
  /** Of a shared goal: `progress` is what all bring; how many do, and what this member brought. */
  shared: z.optional(z.object({ members: z.number(), own: z.number() })),
  /** The parts of the way that are rewarded, or the steps of a sequence; `reached` in the present period. */
  steps: z.optional(z.array(z.object({ name: LocalizedText, at: z.number(), reached: z.boolean(), reward: Reward }))),
  /** What the member must have first, and does not have yet: until then nothing counts. */
  locked: z.optional(z.array(Prerequisite)),
  /** The first day on which something counts: the mission has not begun yet, or an attempt failed. */
  opensOn: z.optional(LocalDate),
  /** Only the first so many of all members can complete it in the present period of its budget; so many more can. */
  places: z.optional(z.object({ limit: z.number(), left: z.number() })),
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
  /** The collected values of a distinct goal or a set. */
  items: z.array(z.string()),
  /** The weeks (days, months) of a streak around now: each with whether it counts; `kept` bridges the run. */
  weeks: z.array(z.object({ week: z.string(), state: z.enum(['free', 'used', 'missed', 'now', 'kept']) })),
  /**
   * What can keep the streak: freezes held and how many can be; the pauses that are not over, earliest first (`runs`: it has begun,
   * so only its last day can change), and the days that may still be planned this year and in each up to the last of them.
   * `today` is the day from which they can be.
   */
  keeps: z.optional(
    z.object({
      freezes: z.nullable(z.object({ held: z.number(), max: z.number() })),
      pause: z.nullable(
        z.object({
          today: LocalDate,
          planned: z.array(z.object({ from: LocalDate, until: LastDay, runs: z.boolean() })),
          years: z.array(z.object({ year: z.string(), daysLeft: z.number() })),
        }),
      ),
    }),
  ),
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

/** Days without a streak, first and last. */
export const PauseDraft = z.strictObject({ from: LocalDateInput, until: LocalDateInput });
export type PauseDraft = z.infer<typeof PauseDraft>;

const pauseErrors = ['program.notFound', 'member.notFound', 'mission.notFound', 'streak.noPause'] as const;
const planErrors = ['streak.pausePast', 'streak.pauseTooLong', 'streak.pauseOverlaps'] as const;

export const planPause = route({
  method: 'POST',
  path: '/programs/:program/members/:member/missions/:mission/pauses',
  summary: 'Plan days without a streak, beside what is planned; each counts in its own calendar year',
  access: { ownOr: 'members.write' },
  body: PauseDraft,
  response: MissionPage,
  errors: [...pauseErrors, ...planErrors, 'streak.pausesFull'],
});

export const changePause = route({
  method: 'PUT',
  path: '/programs/:program/members/:member/missions/:mission/pauses/:first',
  summary: 'Change the pause that begins on this day; of one that has begun, its last day, to today or later',
  access: { ownOr: 'members.write' },
  body: PauseDraft,
  response: MissionPage,
  errors: [...pauseErrors, ...planErrors, 'streak.pauseNotFound', 'streak.pauseRuns'],
});

export const giveUpPause = route({
  method: 'DELETE',
  path: '/programs/:program/members/:member/missions/:mission/pauses/:first',
  summary: 'Give up the pause that begins on this day, today or later: it costs no day then',
  access: { ownOr: 'members.write' },
  response: MissionPage,
  errors: [...pauseErrors, 'streak.pauseNotFound', 'streak.pauseRuns'],
});

/** Why somebody on the staff does this; the member reads it. */
const reason = typedText(3, 300);

export const restoreStreak = route({
  method: 'POST',
  path: '/programs/:program/members/:member/missions/:mission/restorations',
  summary: 'Keep the week (day, month) without anything that broke a streak, with a reason that the member reads',
  access: 'points.give',
  body: z.strictObject({
    period: onCalendar(/^\d{4}-(?:W\d{2}|\d{2}(?:-\d{2})?)$/, 'period', isPeriod),
    reason,
  }),
  response: MissionPage,
  errors: [
    'program.notFound',
    'member.notFound',
    'mission.notFound',
    'streak.notBroken',
    'adjustment.ownMember',
    'adjustment.limit',
  ],
});

export const grantFreezes = route({
  method: 'POST',
  path: '/programs/:program/members/:member/missions/:mission/freezes',
  summary: 'Grant freezes of a streak, up to the most that can be held, with a reason that the member reads',
  access: 'points.give',
  body: z.strictObject({
    freezes: z.int().check(z.gte(1), z.lte(30)),
    reason,
    /** Sent again under the same key, it counts once. */
    key: z.optional(IdempotencyKey),
  }),
  response: MissionPage,
  errors: [
    'program.notFound',
    'member.notFound',
    'mission.notFound',
    'streak.noFreezes',
    'streak.freezesFull',
    'activity.keyReused',
    'adjustment.ownMember',
  ],
});
