import type { Definitions } from './definitions.js';
import { duplicateIds } from './duplicate-ids.js';

const text = { es: 'Bici', en: 'Bike' };
const type = (id: string) => ({ id, rev: 1, name: text, attributes: { type: 'object' as const, properties: {} } });
const set = (...ids: string[]): Definitions => ({
  activityTypes: ids.map(type),
  currencies: [],
  rules: [],
  missions: [],
  badges: [],
  tiers: [],
  boards: [],
  referrals: [],
});

test('#13 an id that exists twice is told at its second place, and one that was there twice before is let be', () => {
  expect(duplicateIds(set('uno', 'dos'))).toEqual([]);
  expect(duplicateIds(set('uno', 'dos', 'uno'))).toEqual([
    { path: ['activityTypes', 2, 'id'], code: 'duplicate', params: { id: 'uno' } },
  ]);
  // A draft is typed as text: what is no definition has no id, and the shape is the server's to check.
  for (const typed of [null, 7, {}, { id: 7 }]) {
    const withIt = { ...set('uno'), activityTypes: [typed, type('uno'), typed] } as Definitions;
    expect(duplicateIds(withIt)).toEqual([]);
  }
  const before = set('uno', 'uno', 'dos', 'dos');
  expect(duplicateIds(set('uno', 'dos', 'dos'), before)).toEqual([]);
  expect(duplicateIds(set('uno', 'uno', 'uno', 'dos'), before)).toHaveLength(1);
});
