import type { Channel } from '@verbena/shared/activities/activities.routes.js';
import type { Source } from '#ledger/ledger.service.js';
import type { Principal } from '#platform/http/principal.js';

/** Who does something with a member's points: whose key it is, and which login the books name. */
export interface Hand {
  readonly source: Source;
  readonly channel: Channel;
  readonly by: string | null;
}

/** A member that gives away what is its own acts for itself. */
export function memberHand(member: string): Hand {
  return { source: `member:${member}`, channel: 'app', by: null };
}

/** A person on the staff and a command of this machine act as staff, an API key for whom it speaks. */
export function handOf(principal: Principal): Hand {
  if (principal.kind === 'key') return { source: principal.source, channel: 'shop', by: null };
  return { source: 'staff', channel: 'staff', by: principal.kind === 'user' ? principal.id : null };
}
