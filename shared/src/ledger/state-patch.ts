import * as z from 'zod/mini';
import { Slug } from '#platform/ids.js';
import type { MemberState } from './member-state.js';

type Keyed =
  | 'counters'
  | 'caps'
  | 'missions'
  | 'badges'
  | 'badgesGone'
  | 'limits'
  | 'pending'
  | 'holds'
  | 'transit'
  | 'sent'
  | 'activeUntil'
  | 'noticed'
  | 'earned'
  | 'attributes';
type Single = 'tier' | 'joined' | 'invitedBy' | 'referred' | 'absorbed';
type ValueOf<K extends Keyed> = NonNullable<MemberState[K]>[string];

/**
 * What makes one state of a member another, besides its points, which move by lines: of each record the keys that differ, with
 * their whole value, null where they are gone; of what is single, the value, or null.
 */
export type StatePatch = { [K in Keyed]?: Record<string, ValueOf<K> | null> } & {
  [K in Single]?: NonNullable<MemberState[K]> | null;
};

/** Made from two states by ourselves and read back from our own journal: browsers need not carry what would check it. */
export const StatePatch = z.custom<StatePatch>();

/** Points that an undo left to the member, because they had gone out of its hands; of one currency. */
export const ForgivenPoints = z.object({ currency: Slug, amount: z.int() });
export type ForgivenPoints = z.infer<typeof ForgivenPoints>;
