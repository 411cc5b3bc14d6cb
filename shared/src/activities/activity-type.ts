import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { LocalizedName } from '#platform/localized-text.js';
import { DefinitionZone, Period, Rev, Target } from '#programs/definition.js';
import { ObjectAttribute } from './attribute-schema.js';

/** The name of an activity type: a noun, or `noun.done`: `purchase`, `coupon.redeemed`. */
export const ActivityTypeId = z
  .string()
  .check(
    z.minLength(2),
    z.maxLength(64),
    z.regex(/^[a-z][a-z0-9-]*(?:\.[a-z][A-Za-z0-9]*)?$/, expects('activityType')),
  );
export type ActivityTypeId = z.infer<typeof ActivityTypeId>;

/** Types of the house itself, which no program may define: the engine decides them without definitions. */
export const SYSTEM_ACTIVITY_TYPES = [
  'clock.struck',
  'state.extended',
  'state.repaired',
  'undo.applied',
  'tier.assessed',
  'member.joined',
  'member.changed',
  'member.left',
  'member.closed',
  'member.absorbed',
  'streak.paused',
  'streak.restored',
  'streak.granted',
  'badge.withdrawn',
  'goal.reached',
  'points.activated',
  'points.rescheduled',
  'points.cancelled',
  'points.held',
  'points.captured',
  'points.released',
  'points.adjusted',
  'transfer.sent',
  'transfer.received',
  'transfer.settled',
  'transfer.returned',
] as const;
export type SystemActivityType = (typeof SYSTEM_ACTIVITY_TYPES)[number];

const system: ReadonlySet<string> = /* @__PURE__ */ new Set(SYSTEM_ACTIVITY_TYPES);

/** Whether a type is one of the house itself. */
export function isSystemType(type: string): type is SystemActivityType {
  return system.has(type);
}

/** Taking back an activity of a type is an activity of this type, with `{ of }`, the entry that it takes back. */
export const REVERSED_SUFFIX = '.reversed';

/** The type whose activity a reversal takes back; null where it is no reversal. */
export function reversedTypeOf(type: string): string | null {
  return type.endsWith(REVERSED_SUFFIX) ? type.slice(0, -REVERSED_SUFFIX.length) : null;
}

/**
 * How often a member may do such a thing (B8): not again within so many minutes of the last one that was taken, and at most so
 * many times a period of `occurredAt`. What comes beyond is refused by an entry that says why, and counts for nothing.
 */
export const ActivityLimit = z
  .strictObject({
    coolDownMinutes: z.optional(z.int().check(z.gte(1), z.lte(527_040))),
    most: z.optional(z.strictObject({ times: Target, per: Period })),
    zone: DefinitionZone,
  })
  .check(
    z.refine(({ coolDownMinutes, most }) => coolDownMinutes !== undefined || most !== undefined, {
      params: { code: 'oneOfFields', fields: 'coolDownMinutes, most' },
    }),
  );
export type ActivityLimit = z.infer<typeof ActivityLimit>;

/** A kind of fact that a program takes in, with its attributes. `from: 'program'` is refused from API keys. */
export const ActivityType = z.strictObject({
  id: ActivityTypeId,
  rev: Rev,
  name: LocalizedName,
  from: z.optional(z.literal('program')),
  limit: z.optional(ActivityLimit),
  attributes: ObjectAttribute,
});
export type ActivityType = z.infer<typeof ActivityType>;

/** An activity that a module of ours tells of members by itself, with all that it says of it. */
export type HouseActivity = Pick<ActivityType, 'id' | 'name' | 'attributes'>;
