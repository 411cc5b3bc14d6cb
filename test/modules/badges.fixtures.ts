import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

const grant = { kind: 'count', activity: 'purchase', target: 1 } as const;

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/members/:member/badges/:badge/withdrawal': () => ({ reason: 'Un error del equipo' }),
  },
  definitions: { badges: [{ id: 'primera', rev: 1, name: TEXT, description: TEXT, grant }] },
  make: () => ({ badge: 'primera-compra' }),
  pages: { '/[program]/badges': [{ who: 'member' }] },
  screens: { '/[program]/badges': [{ name: 'badges', who: 'lucia' }] },
};
