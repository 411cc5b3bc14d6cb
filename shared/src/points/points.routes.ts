import * as z from 'zod/mini';
import { ActivityResult } from '#activities/activity-result.js';
import { IdempotencyKey } from '#activities/idempotency-key.js';
import { Slug, Ulid } from '#platform/ids.js';
import { page, queryInteger } from '#platform/page.js';
import { route } from '#platform/route.js';
import { LocalDateInput } from '#platform/given-time.js';
import { typedLine, typedText } from '#platform/typed-text.js';
import { Target } from '#programs/definition.js';
import { Adjustment, AdjustmentStatus, HandAnswer } from './adjustment.js';
import { PointsChanged } from './points-activities.js';

export { Adjustment, AdjustmentStatus } from './adjustment.js';

/** Why somebody does this; the member reads it. */
const reason = typedText(3, 300);
const key = IdempotencyKey;

const common = [
  'program.notFound',
  'member.notFound',
  'activity.keyReused',
  'activity.quarantined',
  'adjustment.ownMember',
  'member.left',
  'member.closed',
  'lane.busy',
  'lane.moved',
] as const;

export const activatePending = route({
  method: 'POST',
  path: '/programs/:program/members/:member/pending/:ref/activation',
  summary: 'Make pending points usable now; beyond what one person may give in a day it waits for approval',
  access: 'points.give',
  body: z.strictObject({ key, reason }),
  response: HandAnswer,
  status: 201,
  errors: [...common, 'pending.notFound'],
});

export const movePending = route({
  method: 'POST',
  path: '/programs/:program/members/:member/pending/:ref/date',
  summary: 'Set the day on which pending points become usable; one that is over makes them usable now',
  access: 'points.give',
  body: z.strictObject({ key, reason, on: LocalDateInput }),
  response: HandAnswer,
  status: 201,
  errors: [...common, 'pending.notFound'],
});

export const cancelPending = route({
  method: 'POST',
  path: '/programs/:program/members/:member/pending/:ref/cancellation',
  summary: 'Take pending points away before they become usable',
  access: 'points.give',
  body: z.strictObject({ key, reason }),
  response: ActivityResult,
  status: 201,
  errors: [...common, 'pending.notFound'],
});

export const holdPoints = route({
  method: 'POST',
  path: '/programs/:program/members/:member/holds',
  summary:
    'Set points aside, as during a checkout; the hold is named by the `ref` of its lines. `until` is its last day',
  access: 'points.hold',
  body: z.strictObject({
    key,
    currency: Slug,
    amount: Target,
    until: z.optional(LocalDateInput),
    reason: z.optional(reason),
  }),
  response: ActivityResult,
  status: 201,
  errors: [...common, 'currency.notFound', 'currency.notSpendable', 'points.notEnough', 'hold.over'],
});

export const captureHold = route({
  method: 'POST',
  path: '/programs/:program/members/:member/holds/:ref/capture',
  summary: 'Spend what was set aside, or `amount` of it; `release` lets go of the rest',
  access: 'points.hold',
  body: z.strictObject({
    key,
    amount: z.optional(Target),
    release: z.optional(z.boolean()),
    reason: z.optional(reason),
  }),
  response: ActivityResult,
  status: 201,
  errors: [...common, 'hold.notFound', 'hold.ambiguous', 'hold.tooLittle'],
});

/** `key` makes it count once. Without `amount`, all that is left of the capture; else so many of its points. */
export const CaptureCancelling = z.strictObject({ key, amount: z.optional(Target), reason: z.optional(reason) });
export type CaptureCancelling = z.infer<typeof CaptureCancelling>;

export const cancelCapture = route({
  method: 'POST',
  path: '/programs/:program/members/:member/captures/:entry/cancellation',
  summary:
    'Take back what a capture spent (by the `id` in its answer), or `amount` of it, at any time: the points go back to the lots that they came from, with their dates',
  access: 'points.hold',
  body: CaptureCancelling,
  response: ActivityResult,
  status: 201,
  errors: [
    ...common,
    'entry.notFound',
    'activity.alreadyReversed',
    'activity.notReversible',
    'capture.tooLittle',
    'points.tooMany',
    'adjustment.limit',
  ],
});

export const releaseHold = route({
  method: 'POST',
  path: '/programs/:program/members/:member/holds/:ref/release',
  summary: 'Let go of what was set aside: it goes back to the balance, in the lots that it came from',
  access: 'points.hold',
  body: z.strictObject({ key, reason: z.optional(reason) }),
  response: ActivityResult,
  status: 201,
  errors: [...common, 'hold.notFound', 'hold.ambiguous'],
});

export const sendPoints = route({
  method: 'POST',
  path: '/programs/:program/members/:member/transfers',
  summary:
    'Give points to another member, named by alias or id: they keep their dates, and come back if they cannot arrive',
  access: { ownOr: 'points.give' },
  body: z.strictObject({
    key,
    currency: Slug,
    amount: Target,
    to: z.union([z.strictObject({ alias: typedLine(1, 60) }), z.strictObject({ id: Ulid })]),
  }),
  response: ActivityResult,
  status: 201,
  errors: [
    ...common,
    'currency.notFound',
    'points.notEnough',
    'transfer.off',
    'transfer.self',
    'transfer.tooMuch',
    'transfer.dayLimit',
    'transfer.nobody',
    'adjustment.limit',
    'legal.notAccepted',
  ],
});

/**
 * `whenShort`: what becomes of a taking of more than there is. `refuse` where it is not said; `partial` takes what there is, and where the
 * currency lets it the rest is owed.
 */
export const AdjustmentDraft = z.extend(PointsChanged, {
  key,
  reason,
  whenShort: z.optional(z.enum(['refuse', 'partial'])),
});
export type AdjustmentDraft = z.infer<typeof AdjustmentDraft>;

/** Booked at once (`result`), or above the limit (`waiting`), to be decided by another person. */
export const AdjustmentAnswer = z.object({ result: z.nullable(ActivityResult), waiting: z.nullable(Adjustment) });
export type AdjustmentAnswer = z.infer<typeof AdjustmentAnswer>;

export const adjustPoints = route({
  method: 'POST',
  path: '/programs/:program/members/:member/adjustments',
  summary:
    'Give a member points or take some, with a reason that the member reads; beyond what one person may give in a day it waits',
  access: 'points.give',
  body: AdjustmentDraft,
  response: AdjustmentAnswer,
  status: 201,
  errors: [...common, 'currency.notFound', 'points.tooMany', 'points.notEnough', 'adjustment.tooMuch'],
});

export const listAdjustments = route({
  method: 'GET',
  path: '/programs/:program/adjustments',
  summary: 'What was asked for by hand that waits for a second person, or was decided by one, newest first',
  access: 'points.give',
  query: z.strictObject({
    status: z.optional(AdjustmentStatus),
    before: z.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
    limit: z.optional(queryInteger(1, 100)),
  }),
  response: page(Adjustment),
  errors: ['program.notFound'],
});

export const approveAdjustment = route({
  method: 'POST',
  path: '/programs/:program/adjustments/:adjustment/approval',
  summary: 'Let it be booked, decided anew; whoever asked for it cannot, nor whoever it is for',
  access: 'points.give',
  response: Adjustment,
  errors: [
    'program.notFound',
    'adjustment.notFound',
    'adjustment.settled',
    'adjustment.own',
    'adjustment.ownMember',
    'activity.unknownType',
  ],
});

export const refuseAdjustment = route({
  method: 'POST',
  path: '/programs/:program/adjustments/:adjustment/refusal',
  summary: 'Refuse an adjustment, with the reason for whoever asked for it',
  access: 'points.give',
  body: z.strictObject({ reason }),
  response: Adjustment,
  errors: ['program.notFound', 'adjustment.notFound', 'adjustment.settled', 'adjustment.own'],
});
