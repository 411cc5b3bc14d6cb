import type { ObjectAttribute } from '@verbena/shared/activities/attribute-schema.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Trigger } from '@verbena/shared/rules/trigger.js';

/** The attributes that a definition set off by this trigger may read; null where no activity of one type does. */
export function attributesOf(trigger: Trigger, definitions: Definitions): ObjectAttribute | null {
  if (!('activity' in trigger)) return null;
  return definitions.activityTypes.find(({ id }) => id === trigger.activity)?.attributes ?? null;
}

/** The threshold of each tier, by id. */
export function thresholdsOf({ tiers }: Definitions): ReadonlyMap<string, number> {
  return new Map(tiers.map(({ id, threshold }) => [id, threshold]));
}
