import { type CategoryRights, RIGHTS_AT_FIRST, RIGHTS, type Right } from '@verbena/shared/forums/category.js';
import type { Audience } from '@verbena/shared/segments/audience.js';

/** Rights as a form holds them; undefined where something is missing. */
export type TypedRights = Readonly<Record<Right, Audience | null | undefined>>;

/** What those find of a category who may not read it. */
export type Others = 'teaser' | 'hidden';

/** A common case, or none of them. */
export type Preset =
  { readonly kind: 'everybody' | 'custom' } | { readonly kind: 'tier'; readonly tier: string; readonly others: Others };

/** Whoever has a tier or a higher one reads and writes, and so does who moderates: otherwise nobody of these would look after it. */
export function tierRights(tier: string, others: Others): CategoryRights {
  const audience: Audience = { any: [{ tier: { atLeast: tier } }, { role: { atLeast: 'moderator' } }] };
  return { ...RIGHTS_AT_FIRST, see: others === 'teaser' ? null : audience, read: audience };
}

/** Which common case rights are. */
export function presetOf(rights: CategoryRights): Preset {
  if (isSame(rights, RIGHTS_AT_FIRST)) return { kind: 'everybody' };
  const others = rights.see === null ? 'teaser' : 'hidden';
  const part = rights.read !== null && 'any' in rights.read ? rights.read.any[0] : undefined;
  if (part === undefined || !('tier' in part) || !('atLeast' in part.tier)) return { kind: 'custom' };
  const tier = part.tier.atLeast;
  return isSame(rights, tierRights(tier, others)) ? { kind: 'tier', tier, others } : { kind: 'custom' };
}

/** Rights of which nothing is missing. */
export function isComplete(rights: TypedRights): rights is CategoryRights {
  return RIGHTS.every((right) => rights[right] !== undefined);
}

function isSame(one: CategoryRights, other: CategoryRights): boolean {
  return RIGHTS.every((right) => JSON.stringify(one[right]) === JSON.stringify(other[right]));
}
