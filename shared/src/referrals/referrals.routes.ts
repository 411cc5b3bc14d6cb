import * as z from 'zod/mini';
import { typedCode } from '#platform/exact-text.js';
import { route } from '#platform/route.js';
import { Instant, LastDay, LocalDate } from '#platform/time.js';

/** A member's own code in a link `/<program>/i/<code>`: Crockford base 32, without what is easily misread. */
export const InvitationCode = typedCode(/^[0-9A-HJKMNP-TV-Z]{8,12}$/);
export type InvitationCode = z.infer<typeof InvitationCode>;

/**
 * The points of both wait, usually until the purchase that counts can no longer be returned: so many days after it; `days` is
 * null where they wait for something else.
 */
export const ReferralWait = z.object({ days: z.nullable(z.number()) });
export type ReferralWait = z.infer<typeof ReferralWait>;

/** What somebody sees who follows a link: who invites, by alias, and what both get, in the words of the rule. */
export const Invitation = z.object({
  code: InvitationCode,
  advocate: z.nullable(z.string()),
  /** Points that the rules give to each side, by currency, where they are fixed; empty where they depend on the purchase. */
  friendGets: z.record(z.string(), z.number()),
  advocateGets: z.record(z.string(), z.number()),
  withinDays: z.number(),
  /** Absent: usable as soon as it counts. */
  waits: z.optional(ReferralWait),
});
export type Invitation = z.infer<typeof Invitation>;

export const getInvitation = route({
  method: 'GET',
  path: '/programs/:program/invitations/:code',
  summary: 'What an invitation is: who invites, by alias, and what both get',
  access: 'public',
  response: Invitation,
  errors: ['program.notFound', 'invitation.notFound'],
});

/**
 * A friend's way: `pending` joined and has not done what counts · `qualified` both were rewarded · `expired` the days are over
 * · `reversed` what counted was taken back, and with it both rewards · `blocked` refused as one's own invitation.
 */
export const ReferralStatus = z.enum(['pending', 'qualified', 'expired', 'reversed', 'blocked']);
export type ReferralStatus = z.infer<typeof ReferralStatus>;

export const ReferredFriend = z.object({
  /** By alias, as on the boards; null where the friend chose none. */
  friend: z.nullable(z.string()),
  status: ReferralStatus,
  joinedAt: Instant,
  /** The last day on which it can still count. */
  until: LastDay,
  qualifiedAt: z.nullable(Instant),
  /** What who invited got for it, by currency. */
  points: z.record(z.string(), z.number()),
  /** These points wait (I2): they are usable from the start of this day, or, where it is null, once something else happens. Absent once they are. */
  usableOn: z.optional(z.nullable(LocalDate)),
});
export type ReferredFriend = z.infer<typeof ReferredFriend>;

export const MyReferrals = z.object({
  code: InvitationCode,
  friendGets: z.record(z.string(), z.number()),
  advocateGets: z.record(z.string(), z.number()),
  withinDays: z.number(),
  /** Absent: usable as soon as it counts. */
  waits: z.optional(ReferralWait),
  /** How many friends a month are rewarded at most, and how many of this month were; null without a cap. */
  cap: z.nullable(z.object({ per: z.string(), times: z.number(), used: z.number() })),
  counts: z.record(ReferralStatus, z.number()),
  items: z.array(ReferredFriend),
});
export type MyReferrals = z.infer<typeof MyReferrals>;

export const getReferrals = route({
  method: 'GET',
  path: '/programs/:program/members/:member/referrals',
  summary: 'A member’s code and what became of each friend (I1), newest first, at most 200',
  access: { ownOr: 'members.read' },
  response: MyReferrals,
  errors: ['program.notFound', 'member.notFound', 'referral.none'],
});
