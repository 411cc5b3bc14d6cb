import type { BoardWords } from './boards.es.js';

/** What the boards say, in English. */
export const en: BoardWords = {
  title: 'Leaderboards',
};
