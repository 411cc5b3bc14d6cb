import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Trigger } from '@verbena/shared/rules/trigger.js';

/** What a set of definitions declares of attributes. */
export type Declared = Pick<Definitions, 'activityTypes' | 'memberAttributes'>;

/** The attributes that a definition set off by this trigger may read; null where no activity of one type does. */
export function attributesOf(trigger: Trigger, { activityTypes }: Declared): ObjectAttribute | null {
  if (!('activity' in trigger)) return null;
  return activityTypes.find(({ id }) => id === trigger.activity)?.attributes ?? null;
}

/** What a program knows of its members, as attributes. */
export function knownOf({ memberAttributes = [] }: Declared): ObjectAttribute {
  return { type: 'object', properties: Object.fromEntries(memberAttributes.map(({ id, schema }) => [id, schema])) };
}

/** The threshold of each tier, by id. */
export function thresholdsOf({ tiers }: Definitions): ReadonlyMap<string, number> {
  return new Map(tiers.map(({ id, threshold }) => [id, threshold]));
}
