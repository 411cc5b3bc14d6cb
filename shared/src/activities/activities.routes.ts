import * as z from 'zod/mini';
import { Email } from '#identity/identity.routes.js';
import { MemberCode } from '#members/member-code.js';
import { expects } from '#platform/expected-form.js';
import { exactText, GivenAttributes } from '#platform/exact-text.js';
import { ExternalId, Ulid } from '#platform/ids.js';
import { Losses } from '#ledger/losses.js';
import { Problem } from '#platform/problem.js';
import { route } from '#platform/route.js';
import { InstantInput } from '#platform/given-time.js';
import { typedText } from '#platform/typed-text.js';
import { HandAnswer } from '#points/adjustment.js';
import { ActivityResult } from './activity-result.js';
import { ActivityType } from './activity-type.js';
import { IdempotencyKey } from './idempotency-key.js';

export { ActivityResult } from './activity-result.js';

/** Where something happened, so that every figure can be split by it. */
export const Channel = z.enum(['shop', 'online', 'app', 'event', 'partner', 'import', 'staff', 'system']);
export type Channel = z.infer<typeof Channel>;

/**
 * Names the member: by the brand's own id (created with the first activity), by ours, by the member code that it shows at the till, or,
 * for whoever may see members, by the verified e-mail address of its login.
 */
export const MemberName = z.union(
  [
    z.strictObject({ externalId: ExternalId }),
    z.strictObject({ id: Ulid }),
    z.strictObject({ code: MemberCode }),
    z.strictObject({ email: Email }),
  ],
  expects('member'),
);
export type MemberName = z.infer<typeof MemberName>;

/**
 * Something that a member did. `key` makes it count once, for ever, within the source of who sends it (the program, a brand, a shop):
 * the same key with the same body gives the same answer, with another body 422. Without `occurredAt` it happened now. `attributes` are those of the activity type.
 */
export const ActivityDraft = z.strictObject({
  key: IdempotencyKey,
  type: exactText(1, 64),
  member: MemberName,
  occurredAt: z.optional(InstantInput),
  channel: z.optional(Channel),
  attributes: z.optional(GivenAttributes),
});
export type ActivityDraft = z.infer<typeof ActivityDraft>;

export const recordActivity = route({
  method: 'POST',
  path: '/programs/:program/activities',
  summary:
    'Record one activity. `key` is unique within the caller’s source (program, brand or shop), for ever: a repeat answers the same, with the header `Idempotency-Replayed: true`',
  access: 'activities.write',
  body: ActivityDraft,
  response: ActivityResult,
  status: 201,
  errors: [
    'program.notFound',
    'member.notFound',
    'activity.unknownType',
    'activity.tooLate',
    'activity.inFuture',
    'activity.keyReused',
    'activity.quarantined',
    'auth.activityTypeForbidden',
    'member.notEnrolled',
    'adjustment.ownMember',
    'adjustment.limit',
    'lane.busy',
    'lane.moved',
  ],
});

export const ACTIVITIES_PER_BATCH_MAX = 1_000;

/** One place of a batch: what was decided, now or before, or why it was refused before a decision. */
export const BatchResult = z.union([
  z.object({ status: z.enum(['accepted', 'replayed']), result: ActivityResult }),
  z.object({
    status: z.literal('refused'),
    key: z.string(),
    code: z.string(),
    params: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
    fields: z.optional(z.array(Problem)),
    /** The sentence for people, in the language of `Accept-Language`. */
    detail: z.string(),
  }),
]);
export type BatchResult = z.infer<typeof BatchResult>;

export const recordActivities = route({
  method: 'POST',
  path: '/programs/:program/activities/batch',
  summary:
    'Record up to 1,000 activities; not atomic, each place answers for itself, order holds within a member. Each `key` is unique within the caller’s source, for ever',
  access: 'activities.write',
  // The places are validated one by one, so that a bad one does not refuse its neighbours.
  body: z.strictObject({
    activities: z.array(z.unknown()).check(z.minLength(1), z.maxLength(ACTIVITIES_PER_BATCH_MAX)),
  }),
  response: z.object({ results: z.array(BatchResult) }),
  errors: ['program.notFound', 'lane.busy', 'lane.moved'],
});

/** Why somebody on the staff does this; the member reads it. */
const reason = typedText(3, 300);

/** An activity that staff write down by hand for a member (source `staff`). `key` makes a double click count once. */
export const HandDraft = z.strictObject({
  key: IdempotencyKey,
  type: exactText(1, 64),
  occurredAt: z.optional(InstantInput),
  attributes: z.optional(GivenAttributes),
  reason,
});
export type HandDraft = z.infer<typeof HandDraft>;

export const recordByHand = route({
  method: 'POST',
  path: '/programs/:program/members/:member/activities',
  summary:
    'Record an activity by hand, with a reason that the member reads; beyond what one person may give in a day it waits',
  access: 'points.give',
  body: HandDraft,
  response: HandAnswer,
  status: 201,
  errors: [
    'program.notFound',
    'member.notFound',
    'activity.unknownType',
    'activity.tooLate',
    'activity.inFuture',
    'activity.keyReused',
    'activity.quarantined',
    'auth.activityTypeForbidden',
    'adjustment.ownMember',
    'lane.busy',
    'lane.moved',
  ],
});

export const tryByHand = route({
  method: 'POST',
  path: '/programs/:program/members/:member/activities/trial',
  summary: 'What an activity that staff write down would give now; nothing is recorded',
  // As of other trials: for staff alone, and nobody is asked for the second factor yet, for nothing is written.
  access: 'drafts.read',
  body: z.omit(HandDraft, { key: true, reason: true }),
  response: ActivityResult,
  errors: recordByHand.errors,
});

const reversalErrors = [
  'program.notFound',
  'activity.alreadyReversed',
  'activity.notReversible',
  'activity.keyReused',
  'activity.quarantined',
  'lane.busy',
  'lane.moved',
] as const;

export const previewUndo = route({
  method: 'GET',
  path: '/programs/:program/members/:member/entries/:seq/reversal',
  summary:
    'What taking an entry back would take now: points by currency, completions, badges, and the tier that is left',
  access: 'activities.reverse',
  response: Losses,
  errors: ['member.notFound', 'entry.notFound', 'points.tooMany', ...reversalErrors],
});

export const undoByHand = route({
  method: 'POST',
  path: '/programs/:program/members/:member/entries/:seq/reversal',
  summary:
    'Take back what staff recorded by hand, gave or took, within 24 hours: points, progress, completions, badges, and what it caused',
  access: 'activities.reverse',
  body: z.strictObject({ key: IdempotencyKey, reason }),
  response: ActivityResult,
  status: 201,
  errors: [
    'member.notFound',
    'entry.notFound',
    'activity.undoTooLate',
    'adjustment.ownMember',
    'adjustment.limit',
    'points.tooMany',
    ...reversalErrors,
  ],
});

/**
 * What remains of an activity after a return in part: the attributes that changed, as they are now; the others stay. A basket of
 * 50.00 of which 20.00 went back remains with `totalMinor: 3000`. Each further return says again what then remains.
 */
const remaining = GivenAttributes;

export const returnByHand = route({
  method: 'POST',
  path: '/programs/:program/members/:member/entries/:seq/return',
  summary: 'Take back an activity of a member that staff see, in full or down to what `remaining` says',
  access: 'activities.reverse',
  body: z.strictObject({ key: IdempotencyKey, reason, remaining: z.optional(remaining) }),
  response: ActivityResult,
  status: 201,
  errors: ['member.notFound', 'entry.notFound', 'activity.nothingReturned', ...reversalErrors],
});

export const reverseActivity = route({
  method: 'POST',
  path: '/programs/:program/activities/:key/reversal',
  summary:
    'Take back an activity that the caller’s source sent: all of it, or down to what `remaining` says. A repeat answers the same',
  access: 'activities.reverse',
  body: z.strictObject({
    key: IdempotencyKey,
    reason: z.optional(reason),
    occurredAt: z.optional(InstantInput),
    remaining: z.optional(remaining),
  }),
  response: ActivityResult,
  status: 201,
  errors: [
    'activity.notFound',
    'activity.inFuture',
    'activity.undoTooLate',
    'activity.nothingReturned',
    'auth.activityTypeForbidden',
    ...reversalErrors,
  ],
});

export const getActivity = route({
  method: 'GET',
  path: '/programs/:program/activities/:key',
  summary: 'What became of a key that the caller’s source sent; of what another one sent it says nothing',
  access: 'activities.read',
  response: ActivityResult,
  errors: ['program.notFound', 'activity.notFound'],
});

/** A type of activity as somebody may send it: `attributes` is a JSON Schema, and what it does not name is refused. */
export const SendableType = z.pick(ActivityType, { id: true, name: true, limit: true, attributes: true });
export type SendableType = z.infer<typeof SendableType>;

export const listActivityTypes = route({
  method: 'GET',
  path: '/programs/:program/activity-types',
  summary: 'The activity types that the caller may send, each with the schema of its attributes',
  access: 'activities.write',
  response: z.object({ items: z.array(SendableType) }),
  errors: ['program.notFound'],
});
