import * as z from 'zod/mini';
import { expects } from '#platform/expected-form.js';
import { exactText } from '#platform/exact-text.js';
import { LocalizedName, LocalizedText } from '#platform/localized-text.js';

/** The name of an attribute: a plain identifier, so that it is safe as a key, a path and a column. */
export const AttributeName = z.string().check(z.maxLength(40), z.regex(/^[a-z][A-Za-z0-9]*$/, expects('attribute')));
export type AttributeName = z.infer<typeof AttributeName>;

/** Attributes of one activity may lie at most this deep, the outermost object included. */
export const ATTRIBUTE_DEPTH_MAX = 5;

const annotations = {
  /** How people read it. */
  'x-label': z.optional(LocalizedName),
  /** An ISO 4217 code for an integer of its minor units (`EUR`: cents); anything else is shown as written. */
  'x-unit': z.optional(exactText(1, 16)),
  /** Data about a person: never enters facts, lines or receipts; erased with the person. */
  'x-personal': z.optional(z.boolean()),
};

const length = z.int().check(z.gte(0), z.lte(10_000));
const integer = z.int().check(z.gte(-1_000_000_000_000), z.lte(1_000_000_000_000));

/**
 * Texts are compared to the letter. With `x-compare: 'folded'` case, width and white space make no difference wherever a value meets
 * another one (`foldedText`): in conditions, counters, goals of different values, among choices, and when something is returned. What
 * is recorded is what was sent.
 */
export const StringAttribute = z.strictObject({
  type: z.literal('string'),
  minLength: z.optional(length),
  maxLength: z.optional(length),
  enum: z.optional(z.array(exactText(0, 200)).check(z.minLength(1), z.maxLength(200))),
  'x-compare': z.optional(z.literal('folded')),
  ...annotations,
});
export type StringAttribute = z.infer<typeof StringAttribute>;

/**
 * Without bounds of its own an integer lies within ±10¹², as every amount does. `x-atMost` names an integer beside it that it may not
 * exceed: a part of a total.
 */
export const IntegerAttribute = z.strictObject({
  type: z.literal('integer'),
  minimum: z.optional(integer),
  maximum: z.optional(integer),
  'x-atMost': z.optional(AttributeName),
  enum: z.optional(z.array(integer).check(z.minLength(1), z.maxLength(200))),
  ...annotations,
});
export type IntegerAttribute = z.infer<typeof IntegerAttribute>;

export const BooleanAttribute = z.strictObject({ type: z.literal('boolean'), ...annotations });
export type BooleanAttribute = z.infer<typeof BooleanAttribute>;

export interface ArrayAttribute {
  type: 'array';
  items: AttributeSchema;
  maxItems?: number | undefined;
  'x-label'?: LocalizedText | undefined;
  'x-unit'?: string | undefined;
  'x-personal'?: boolean | undefined;
}
export const ArrayAttribute: z.ZodMiniType<ArrayAttribute, ArrayAttribute> = z.strictObject({
  type: z.literal('array'),
  items: z.lazy(() => AttributeSchema),
  maxItems: z.optional(z.int().check(z.gte(0), z.lte(1_000))),
  ...annotations,
});

/** An object refuses attributes that it does not name, as if `additionalProperties` were always false. */
export interface ObjectAttribute {
  type: 'object';
  properties: Record<AttributeName, AttributeSchema>;
  required?: AttributeName[] | undefined;
  'x-label'?: LocalizedText | undefined;
  'x-unit'?: string | undefined;
  'x-personal'?: boolean | undefined;
}
export const ObjectAttribute: z.ZodMiniType<ObjectAttribute, ObjectAttribute> = z.strictObject({
  type: z.literal('object'),
  properties: z.record(
    AttributeName,
    z.lazy(() => AttributeSchema),
  ),
  required: z.optional(z.array(AttributeName).check(z.maxLength(100))),
  ...annotations,
});

/** What an attribute may be: a subset of JSON Schema 2020-12, small enough to compile, show as a form and query. */
export type AttributeSchema = StringAttribute | IntegerAttribute | BooleanAttribute | ArrayAttribute | ObjectAttribute;
export const AttributeSchema: z.ZodMiniType<AttributeSchema, AttributeSchema> = z.union([
  StringAttribute,
  IntegerAttribute,
  BooleanAttribute,
  ArrayAttribute,
  ObjectAttribute,
]);
