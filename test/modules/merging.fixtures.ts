import type { ModuleFixtures } from '#support/module-fixtures.js';

const ends = 'ext:alguien';
const claim = '7QF2-M0XA-9KTC';

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/members/:member/merge-preview': () => ({ ends }),
    'POST /programs/:program/members/:member/merges': () => ({ ends, reason: 'Es la misma persona' }),
    'POST /programs/:program/members/:member/claim-preview': () => ({ claim }),
    'POST /programs/:program/members/:member/claims': () => ({ claim }),
  },
};
