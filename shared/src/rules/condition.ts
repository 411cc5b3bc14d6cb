import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { ActivityTypeId } from '#activities/activity-type.js';
import { AttributeName } from '#activities/attribute-schema.js';
import { exactText } from '#platform/exact-text.js';
import { Slug } from '#platform/ids.js';
import { Period } from '#programs/definition.js';

/** Where a value stands in the attributes: `totalMinor`, or `departments.name` for that of every item of a list. */
export const FieldPath = z
  .string()
  .check(z.maxLength(120), z.regex(/^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*){0,3}$/, expects('field')));
export type FieldPath = z.infer<typeof FieldPath>;

export const Scalar = z.union([exactText(0, 200), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;

/** Comparisons of a number. */
export const NumberOperator = z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte']);
export type NumberOperator = z.infer<typeof NumberOperator>;

/**
 * Tests of a field. Of a list, one item that fits is enough; `ne`, `notIn` and `missing` are the exact opposites of `eq`, `in`
 * and `exists`, and so hold where the field is absent. The others never hold there.
 */
export const FieldTest = z.union([
  z.strictObject({ field: FieldPath, op: z.enum(['eq', 'ne']), value: Scalar }),
  z.strictObject({ field: FieldPath, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
  z.strictObject({
    field: FieldPath,
    op: z.enum(['in', 'notIn']),
    value: z.array(Scalar).check(z.minLength(1), z.maxLength(200)),
  }),
  z.strictObject({ field: FieldPath, op: z.enum(['exists', 'missing']) }),
]);
export type FieldTest = z.infer<typeof FieldTest>;

/** Over which stretch a count or a sum goes: the last days with today, or the running period. */
export const Window = z.union([
  z.strictObject({ days: z.int().check(z.gte(1), z.lte(400)) }),
  z.strictObject({ period: Period }),
]);
export type Window = z.infer<typeof Window>;

/** How many activities of a type a member has in a window, this one included. */
export const CountTest = z.strictObject({
  count: z.strictObject({ activity: ActivityTypeId, where: z.optional(FieldTest), window: Window }),
  op: NumberOperator,
  value: z.int(),
});
export type CountTest = z.infer<typeof CountTest>;

/** What a field of a type's activities adds up to in a window, this one included. */
export const SumTest = z.strictObject({
  sum: z.strictObject({ activity: ActivityTypeId, field: FieldPath, where: z.optional(FieldTest), window: Window }),
  op: NumberOperator,
  value: z.int(),
});
export type SumTest = z.infer<typeof SumTest>;

/** The tier that a member holds before the decision. */
export const TierTest = z.strictObject({
  tier: z.union([z.strictObject({ atLeast: Slug }), z.strictObject({ is: Slug })]),
});
export type TierTest = z.infer<typeof TierTest>;

/** Whether a member holds a badge before the decision. */
export const BadgeTest = z.strictObject({ badge: Slug });
export type BadgeTest = z.infer<typeof BadgeTest>;

/** A test of what the program knows of the member, as it is before the decision; absent like a field that is not given. */
export const MemberTest = z.union([
  z.strictObject({ member: AttributeName, op: z.enum(['eq', 'ne']), value: Scalar }),
  z.strictObject({ member: AttributeName, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
  z.strictObject({
    member: AttributeName,
    op: z.enum(['in', 'notIn']),
    value: z.array(Scalar).check(z.minLength(1), z.maxLength(200)),
  }),
  z.strictObject({ member: AttributeName, op: z.enum(['exists', 'missing']) }),
]);
export type MemberTest = z.infer<typeof MemberTest>;

/** The same test as of a field of that name. */
export function fieldTestOf({ member: field, ...rest }: MemberTest): FieldTest {
  return { field, ...rest } as FieldTest;
}

/** The one small language of conditions: stored as JSON, shown as a sentence, evaluated by the engine. No free text. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | FieldTest
  | CountTest
  | SumTest
  | TierTest
  | BadgeTest
  | MemberTest;

const branch = () => z.array(z.lazy(() => Condition)).check(z.minLength(1), z.maxLength(50));

export const Condition: z.ZodMiniType<Condition, Condition> = z.union([
  z.strictObject({
    get all() {
      return branch();
    },
  }),
  z.strictObject({
    get any() {
      return branch();
    },
  }),
  z.strictObject({ not: z.lazy(() => Condition) }),
  FieldTest,
  CountTest,
  SumTest,
  TierTest,
  BadgeTest,
  MemberTest,
]);

/** A condition nests at most this deep, so that it can still be read. */
export const CONDITION_DEPTH_MAX = 6;
