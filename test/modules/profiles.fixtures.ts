import { FRIENDS } from '@verbena/seeds/demo/plaza.js';
import type { ModuleFixtures } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  pages: {
    '/[program]/members/[alias]': [
      { who: 'member' },
      { who: 'shy' },
      { who: 'member', at: { alias: 'Nadie%20aqu%C3%AD' } },
    ],
  },
  makeInDemo: () => ({ alias: FRIENDS[0]?.alias ?? '' }),
  screens: {
    '/[program]/members/[alias]': [
      { name: 'card-of-another', who: 'lucia' },
      { name: 'card-unknown', who: 'lucia', at: { alias: 'Nadie' } },
    ],
  },
};
