import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './merging.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'merge.same': {
    es: 'Es la misma cuenta. Elige otra para unirlas.',
    en: 'It is the same account. Choose another one to join.',
  },
  'merge.own': {
    es: 'Tu propia cuenta la tiene que unir otra persona del equipo.',
    en: 'Somebody else of the team has to join your own account.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'member.merged': { es: 'Dos fichas unidas', en: 'Two members joined' },
};
