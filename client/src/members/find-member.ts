import { getMember, listMembers, type MemberRow } from '@verbena/shared/members/members.routes.js';
import { Ulid } from '@verbena/shared/platform/ids.js';
import { call } from '#lib/api/call.js';

const SHOWN_MAX = 6;

/** The newest of those who may be meant, and how many they are in all. */
export interface Meant {
  readonly rows: readonly MemberRow[];
  readonly total: number;
}

/**
 * Whom somebody on the staff means: by our id, a member code in its groups (nine digits alone may be a card), a card, or what the list of
 * members is searched by (name, alias, e-mail). A reference where that is one; else those who may be meant.
 */
export async function findMember(program: string, typed: string): Promise<string | Meant> {
  if (Ulid.safeParse(typed).success) return typed;
  if (/^\d{3}[\s-]\d{3}[\s-]\d{3}$/.test(typed)) return `code:${typed}`;
  const { items, next, total } = await call(listMembers, {
    params: { program },
    query: { search: typed, limit: String(SHOWN_MAX) },
  });
  const exact = items.filter(({ externalIds }) => externalIds.includes(typed));
  // Whoever has exactly this may be older than all whose cards begin so.
  if (exact.length === 0 && next !== null)
    for (const member of [`ext:${typed}`, `code:${typed}`]) {
      const found = await call(getMember, { params: { program, member } }).catch(() => undefined);
      if (found !== undefined) return found.id;
    }
  const [only, ...others] = exact.length > 0 ? exact : items;
  if (only === undefined) return `ext:${typed}`;
  return others.length === 0 ? only.id : { rows: items, total };
}
