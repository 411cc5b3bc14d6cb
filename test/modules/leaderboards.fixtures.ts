import type { ModuleFixtures } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  make: () => ({ board: 'otra-plaza' }),
  pages: {
    '/[program]/boards': [{ who: 'member' }, { who: 'shy' }],
    '/[program]/boards/[board]': [
      { who: 'member', at: { board: 'semana' } },
      { who: 'member', at: { board: 'siempre' } },
      { who: 'member', at: { board: 'semana' }, tail: `?run=${lastWeek()}` },
      { who: 'member', at: { board: 'no-hay' } },
      { who: 'shy', at: { board: 'semana' } },
    ],
  },
  screens: {
    '/[program]/boards': [{ name: 'boards', who: 'lucia' }],
    '/[program]/boards/[board]': [
      { name: 'board', who: 'lucia', at: { board: 'mes' } },
      { name: 'board-ever', who: 'lucia', at: { board: 'siempre' } },
      { name: 'board-no-points', who: 'marcos', at: { board: 'semana' } },
    ],
  },
};

/** The run of a weekly board seven days ago. */
function lastWeek(): string {
  const date = new Date(Date.now() - 7 * 86_400_000);
  // The Thursday of a week decides its year.
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const days = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000;
  return `${date.getUTCFullYear()}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}
