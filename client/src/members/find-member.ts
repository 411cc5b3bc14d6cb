import { listMembers, type MemberRow } from '@verbena/shared/members/members.routes.js';
import { Ulid } from '@verbena/shared/platform/ids.js';
import { call } from '#lib/api/call.js';

const SHOWN_MAX = 6;

/**
 * Whom somebody on the staff means: by our id, a member code in its groups (nine digits alone may be a card), a card, or what the list of
 * members is searched by (name, alias, e-mail). A reference where that is one; else those who may be meant.
 */
export async function findMember(program: string, typed: string): Promise<string | readonly MemberRow[]> {
  if (Ulid.safeParse(typed).success) return typed;
  if (/^\d{3}[\s-]\d{3}[\s-]\d{3}$/.test(typed)) return `code:${typed}`;
  const { items } = await call(listMembers, {
    params: { program },
    query: { search: typed, limit: String(SHOWN_MAX) },
  });
  const [first] = items.filter(({ externalIds }) => externalIds.includes(typed));
  const only = first ?? (items.length === 1 ? items[0] : undefined);
  if (only !== undefined) return only.id;
  return items.length === 0 ? `ext:${typed}` : items;
}
