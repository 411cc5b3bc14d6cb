import { type ModuleFixtures, NOBODY } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  bodies: { 'POST /test/clock': () => ({ at: new Date().toISOString() }) },
  make: () => ({ mail: NOBODY }),
  pages: {
    '/console/[program]/health': [{ who: 'manager' }],
    '/console/[program]/mail': [{ who: 'owner' }],
  },
  screens: {
    '/console/[program]/health': [{ name: 'console-health', who: 'owner' }],
    '/console/[program]/mail': [{ name: 'console-mail', who: 'owner' }],
  },
};
