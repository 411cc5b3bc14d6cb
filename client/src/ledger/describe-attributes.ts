import type { AttributeSchema, ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Cause } from '@verbena/shared/ledger/entry-recorded.js';
import { tellAmount } from '#programs/tell-amount.js';
import type { Speech } from '#lib/words/speech.js';
import { postOf } from './post-of.js';

export interface AttributeText {
  readonly label: string;
  readonly value: string;
}

/** What an activity said, as its type describes it: labels, money, lists. What the type no longer names is left out. */
export function describeAttributes(cause: Cause, definitions: Definitions, speech: Speech): readonly AttributeText[] {
  // Who came with whose invitation, or that a post was liked, is what happened; it has no details of its own.
  if (postOf(cause) !== null || definitions.referrals.some(({ gives }) => gives === cause.type)) return [];
  const type = definitions.activityTypes.find(({ id }) => id === cause.type);
  return type === undefined ? [] : describeObject(cause.attributes, type.attributes, speech);
}

function describeObject(
  values: Readonly<Record<string, unknown>>,
  schema: ObjectAttribute,
  speech: Speech,
): readonly AttributeText[] {
  return Object.entries(schema.properties).flatMap(([name, attribute]) => {
    const value = values[name];
    if (value === undefined || value === null) return [];
    const label = attribute['x-label'];
    return [{ label: label ? speech.choose(label) : name, value: describeValue(value, attribute, speech) }];
  });
}

/** One value as people read it: money of minor units, a list, yes or no. */
export function describeValue(value: unknown, schema: AttributeSchema, speech: Speech): string {
  const { format } = speech;
  if (schema.type === 'array' && Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return format.list(items.map((item) => describeValue(item, schema.items, speech)));
  }
  if (schema.type === 'object' && isRecord(value)) {
    return describeObject(value, schema, speech)
      .map((part) => part.value)
      .join(' ');
  }
  if (typeof value === 'number') {
    return tellAmount(value, schema['x-unit'], format);
  }
  if (typeof value === 'boolean') return value ? speech.words.answer.yes : speech.words.answer.no;
  return String(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
