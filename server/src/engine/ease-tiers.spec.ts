import type { Tier } from '@verbena/shared/tiers/tier.js';
import { easesTiers } from './ease-tiers.js';

const tier = (id: string, threshold: number, given: Partial<Tier> = {}): Tier => ({
  ...{ id, rev: 1, name: { es: id }, currency: 'puntos', threshold, percent: 100, benefits: [], zone: 'program' },
  ...given,
});
const before = [tier('base', 0), tier('plata', 100), tier('oro', 300)];
const [base, plata, oro] = before as [Tier, Tier, Tier];

test.each<[string, Tier[], boolean]>([
  ['a threshold that falls', [base, tier('plata', 99), oro], true],
  ['a tier that is new', [...before, tier('platino', 900)], true],
  ['another period', before.map((one) => ({ ...one, period: { kind: 'rolling', months: 3 } })), true],
  ['another currency', before.map((one) => ({ ...one, currency: 'estrellas' })), true],
  ['a condition that goes or comes', [base, plata, { ...oro, also: { match: 'all', of: [{ earned: 5 }] } }], true],
  ['nothing', structuredClone(before), false],
  ['a threshold that rises', [base, tier('plata', 101), oro], false],
  ['a tier that is gone', [base, oro], false],
  [
    'names, benefits, ends and what it multiplies by',
    [base, plata, { ...oro, rev: 2, name: { es: 'Otro' }, percent: 200, keep: true, graceDays: 3 }],
    false,
  ],
])('G8 %s', (_, next, eases) => {
  expect(easesTiers(before, next)).toBe(eases);
});
