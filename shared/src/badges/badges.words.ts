import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './badges.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'badge.notHeld': {
    es: 'Este miembro no tiene esa insignia.',
    en: 'This member does not hold that badge.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'badge.withdrawn': { es: 'Insignia retirada', en: 'Badge withdrawn' },
};
