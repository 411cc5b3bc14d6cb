import type { LiveView } from '#programs/live-views.js';
import { ledgerKeys, standingQuery } from './ledger-queries.js';

export const live: LiveView = {
  apply(push, queries, program) {
    if (push.name !== 'entry.recorded') return;
    const entry = push.data;
    queries.setQueryData(standingQuery(program).queryKey, (standing) =>
      standing === undefined || standing.seq >= entry.seq
        ? standing
        : { ...standing, seq: entry.seq, balances: entry.balances },
    );
    const reversal = entry.effects.find((effect) => effect.type === 'activity.reversed');
    if (reversal?.type === 'activity.reversed') {
      void queries.invalidateQueries({ queryKey: ledgerKeys.entry(program, String(reversal.seq)) });
    }
    // It may have corrected any of them.
    if (entry.effects.some(({ type }) => type === 'undo.applied'))
      void queries.invalidateQueries({ queryKey: ledgerKeys.anyEntry(program) });
  },
  staleAfterEntry: (program) => [ledgerKeys.standing(program), ledgerKeys.entries(program)],
};
