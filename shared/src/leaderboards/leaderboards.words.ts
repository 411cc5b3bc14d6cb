import type { Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './leaderboards.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'board.notFound': {
    es: 'Esa clasificación no existe.',
    en: 'There is no such leaderboard.',
  },
};
