import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

const nothing = { currency: 'puntos', threshold: 0, percent: 100, benefits: [] };

export const fixtures: ModuleFixtures = {
  definitions: { tiers: [{ id: 'socio', rev: 1, name: TEXT, ...nothing, zone: 'program' }] },
  pages: { '/[program]/tiers': [{ who: 'member' }] },
  screens: { '/[program]/tiers': [{ name: 'tiers', who: 'lucia' }] },
};
