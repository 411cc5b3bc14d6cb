import type { LiveView } from '#programs/live-views.js';
import { missionsKey, missionsQuery } from './mission-queries.js';

export const live: LiveView = {
  apply(push, queries, program) {
    if (push.name !== 'entry.recorded') return;
    const entry = push.data;
    queries.setQueryData(missionsQuery(program).queryKey, (missions) => {
      if (missions === undefined || missions.seq >= entry.seq) return missions;
      const items = missions.items.map((card) => {
        const progressed = entry.effects.findLast(
          (effect) =>
            (effect.type === 'mission.progressed' || effect.type === 'mission.reverted') &&
            effect.mission === card.id &&
            (effect.period === card.period || card.kind === 'streak'),
        );
        return progressed?.type === 'mission.progressed' || progressed?.type === 'mission.reverted'
          ? { ...card, progress: progressed.progress }
          : card;
      });
      return { seq: entry.seq, items };
    });
  },
  staleAfterEntry: (program) => [missionsKey(program)],
};
