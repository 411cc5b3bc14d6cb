import type { ModuleFixtures } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  pages: { '/console/[program]/audit': [{ who: 'manager' }] },
  screens: { '/console/[program]/audit': [{ name: 'console-audit', who: 'owner' }] },
};
