import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { ROLES } from '#platform/manifest.js';
import { BadgeTest, MemberTest, TierTest } from '#rules/condition.js';

/** The role of the login in the program, or a higher one. */
export const RoleTest = z.strictObject({ role: z.strictObject({ atLeast: z.enum(ROLES) }) });
export type RoleTest = z.infer<typeof RoleTest>;

/** Whether somebody belongs to a segment, by its slug. */
export const SegmentTest = z.strictObject({ segment: Slug });
export type SegmentTest = z.infer<typeof SegmentTest>;

/**
 * Whom something is for: the part of the language of conditions that can be asked of a person at any moment, without an activity,
 * and besides it the role and the segments.
 */
export type Audience =
  | { all: Audience[] }
  | { any: Audience[] }
  | { not: Audience }
  | TierTest
  | BadgeTest
  | MemberTest
  | RoleTest
  | SegmentTest;

const branch = () => z.array(z.lazy(() => Audience)).check(z.minLength(1), z.maxLength(50));

export const Audience: z.ZodMiniType<Audience, Audience> = z.union([
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
  z.strictObject({ not: z.lazy(() => Audience) }),
  TierTest,
  BadgeTest,
  MemberTest,
  RoleTest,
  SegmentTest,
]);

/** The tests of an audience, wherever they stand in it, with the path to each. */
export function testsOf(
  audience: Audience,
  path: readonly (string | number)[] = [],
): {
  readonly test: Exclude<Audience, { all: unknown } | { any: unknown } | { not: unknown }>;
  readonly path: readonly (string | number)[];
}[] {
  if ('not' in audience) return testsOf(audience.not, [...path, 'not']);
  if ('all' in audience) return audience.all.flatMap((part, at) => testsOf(part, [...path, 'all', at]));
  if ('any' in audience) return audience.any.flatMap((part, at) => testsOf(part, [...path, 'any', at]));
  return [{ test: audience, path }];
}
