import { isSystemType } from '@verbena/shared/activities/activity-type.js';
import type { HouseSource, RecordedActivity } from './journal-entry.js';

const house: ReadonlySet<string> = new Set<HouseSource>(['house', 'clock', 'cause']);

/**
 * Within which keys are told apart: two activities with one key are the same only where they share a space. Keys that the house
 * makes are in spaces that no route writes, so whoever chooses a key cannot take one of them. A member has a space of its own, and
 * of everybody each kind of request about points has one: a till may name a purchase, its hold and the capture by one order number.
 */
export function keySpaceOf({ source, type }: Pick<RecordedActivity, 'source' | 'type'>): string {
  return isSystemType(type) && !house.has(source) ? `${source} ${type}` : source;
}

/** As entries of that engine were named: by the source alone before engine 2. */
export function keySpaceOfEngine(engine: number, activity: Pick<RecordedActivity, 'source' | 'type'>): string {
  return engine < 2 ? activity.source : keySpaceOf(activity);
}
