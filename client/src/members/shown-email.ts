import type { MemberRow } from '@verbena/shared/members/members.routes.js';
import { locale } from '#lib/words/locale.svelte.js';

/** The address of a member's login as staff read it: whether it was shown to be hers stands beside it. Null without a login. */
export function shownEmail({ email, emailVerified }: Pick<MemberRow, 'email' | 'emailVerified'>): string | null {
  return email === null || emailVerified ? email : locale.area('console').unverified({ email });
}
