import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import { LastDay } from '#platform/time.js';

/** What a member would lose by something that is taken back, were it done now; `caused`: how many others would lose something by it. */
export const Losses = z.object({
  /** By currency; below 0 it comes back to the balance. */
  points: z.record(Slug, z.number()),
  missions: z.array(Slug),
  /** Missions whose progress falls without a completion. */
  progress: z.array(Slug),
  badges: z.array(Slug),
  /** The tier that is left, and its last day, where that changes. */
  tier: z.nullable(z.object({ id: Slug, until: z.nullable(LastDay) })),
  caused: z.int(),
});
export type Losses = z.infer<typeof Losses>;
