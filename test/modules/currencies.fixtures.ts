import { type ModuleFixtures, TEXT } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  definitions: {
    currencies: [
      {
        ...{ id: 'puntos', rev: 1, name: TEXT, unit: { one: TEXT, other: TEXT }, zone: 'program' },
        expiry: { kind: 'months', months: 12 },
      },
    ],
  },
};
