import * as z from 'zod/mini';
import { ActivityTypeId } from '#activities/activity-type.js';
import { Slug } from '#platform/ids.js';

/**
 * What sets a definition off: an activity that comes in, or, in the next round of the same decision, a mission that was
 * completed, a badge that was granted, a tier that was reached from below.
 */
export const Trigger = z.union([
  z.strictObject({ activity: ActivityTypeId }),
  z.strictObject({ mission: Slug }),
  z.strictObject({ badge: Slug }),
  z.strictObject({ tier: Slug }),
]);
export type Trigger = z.infer<typeof Trigger>;
