import type { LiveView } from '#programs/live-views.js';

/** Rights are believed for a moment on the server. */
const BELIEVED_MS = 2_000;

export const live: LiveView = {
  apply(push, queries, program) {
    if (push.name !== 'entry.recorded') return;
    // What a tier or a badge opens or closes. The key is written out, since what makes the queries comes with the forum's pages.
    if (push.data.effects.some(({ type }) => type === 'tier.moved' || type.startsWith('badge.')))
      setTimeout(() => void queries.invalidateQueries({ queryKey: ['forum', program] }), BELIEVED_MS);
  },
};
