import type { Shows } from '@verbena/shared/members/members.routes.js';
import type { MemberState } from '@verbena/shared/ledger/member-state.js';
import type { MemberProfile } from '@verbena/shared/profiles/profiles.routes.js';

/** What the card of a member is made of. */
export interface ProfileSource {
  readonly alias: string;
  readonly name: string | null;
  readonly shows: Shows;
  /** The local date, in the program's zone. */
  readonly joinedOn: string;
  readonly state: Pick<MemberState, 'tier' | 'badges' | 'earned'>;
  /** The program's first currency. */
  readonly currency: string;
}

/**
 * What others see of a member: what it does not show is null here already, so that it never leaves the server (A3). It sees
 * of itself what the others see.
 */
export function profileOf(source: ProfileSource, isMe: boolean): MemberProfile {
  const { alias, shows, state } = source;
  return {
    alias,
    name: shows.name ? source.name : null,
    tier: shows.tier ? (state.tier?.id ?? null) : null,
    badges: shows.badges ? newestFirst(state.badges) : null,
    earned: shows.points ? (state.earned[source.currency]?.ever ?? 0) : null,
    joinedOn: shows.joined ? source.joinedOn : null,
    isMe,
  };
}

function newestFirst(badges: MemberState['badges']): { id: string; on: string }[] {
  return Object.entries(badges)
    .map(([id, { on }]) => ({ id, on }))
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}
