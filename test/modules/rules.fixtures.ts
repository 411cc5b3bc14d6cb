import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

const times = { product: [{ field: 'totalMinor' }, { ratio: [1, 100] as [number, number] }] };

export const fixtures: ModuleFixtures = {
  definitions: {
    rules: [
      {
        ...{ id: 'compra', rev: 1, name: TEXT, on: { activity: 'purchase' }, zone: 'program' },
        when: { field: 'totalMinor', op: 'gt', value: 0 },
        earn: [{ currency: 'puntos', amount: times, cap: { per: 'day', times: 4 } }],
      },
    ],
  },
  pages: { '/[program]/rules': [{ who: 'member' }] },
  screens: { '/[program]/rules': [{ name: 'rules', who: 'lucia' }] },
};
