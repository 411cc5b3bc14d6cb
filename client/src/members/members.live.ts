import { session } from '#lib/api/session.svelte.js';
import type { LiveView } from '#programs/live-views.js';
import { profileKey } from './profile-key.js';

export const live: LiveView = {
  apply(push, queries, program) {
    if (push.name !== 'entry.recorded') return;
    // The account went on as another one: whoever looks is that one now.
    if (push.data.effects.some(({ type }) => type === 'member.closed')) location.reload();
    // It may have waited for the address, which was confirmed elsewhere.
    if (push.data.cause.type === 'profile.completed') {
      void queries.invalidateQueries({ queryKey: profileKey(program) });
      void session.reload().catch(() => undefined);
    }
  },
};
