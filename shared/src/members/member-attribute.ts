import * as z from 'zod/mini';
import { AttributeName, BooleanAttribute, IntegerAttribute, StringAttribute } from '#activities/attribute-schema.js';
import { LocalizedName } from '#platform/localized-text.js';
import { Scalar } from '#rules/condition.js';

/**
 * Something that a program knows of its members and that rules, missions and tiers may ask for: a shop's customer class, a
 * favourite branch. Not for personal data: it stands in the journal for ever, so `x-personal` is refused here.
 */
export const MemberAttribute = z.strictObject({
  id: AttributeName,
  name: LocalizedName,
  schema: z.discriminatedUnion('type', [StringAttribute, IntegerAttribute, BooleanAttribute]),
});
export type MemberAttribute = z.infer<typeof MemberAttribute>;

/** Values by attribute; null takes one away. */
export const MemberAttributeValues = z.record(AttributeName, z.nullable(Scalar));
export type MemberAttributeValues = z.infer<typeof MemberAttributeValues>;
