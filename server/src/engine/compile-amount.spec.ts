import type { Amount } from '@verbena/shared/rules/amount.js';
import { dayOf } from './calendar.js';
import { compileAmount } from './compile-amount.js';
import type { CompiledTier } from './compiled-program.js';
import type { Seen } from './seen.js';

const gold: CompiledTier = {
  also: null,
  lacks: () => [],
  definition: {
    id: 'oro',
    rev: 1,
    name: { es: 'Oro' },
    currency: 'puntos',
    threshold: 1_500,
    percent: 125,
    benefits: [],
    zone: 'program',
  },
};

function seen(attributes: Record<string, unknown>, tier: CompiledTier | null = null, date = '2017-02-07'): Seen {
  const before = {
    seq: 0,
    newestOccurredAt: null,
    balances: {},
    lots: {},
    earned: {},
    counters: {},
    caps: {},
    missions: {},
    badges: {},
    tier: null,
  };
  return { attributes, day: { program: dayOf(date), member: dayOf(date) }, before, tier, counters: {} };
}

const scope = { zone: 'program', attributes: null, boosts: [] } as const;
const amountOf = (amount: Amount, attributes: Record<string, unknown>, tier: CompiledTier | null = null): number =>
  Number(compileAmount(amount, scope)(seen(attributes, tier)).amount);

test.each([
  ['down', 149, 1],
  ['nearest', 149, 1],
  ['nearest', 150, 2],
  ['up', 101, 2],
  ['up', 200, 2],
  ['down', -1, -1],
  ['up', -1, 0],
] as const)('D2 rounding %s makes %i hundredths %i', (round, cents, gives) => {
  expect(amountOf({ product: [{ field: 'cents' }, { ratio: [1, 100] }], round }, { cents })).toBe(gives);
});

test('D2 a product is rounded once, at its end', () => {
  const product = [{ field: 'n' }, { ratio: [1, 3] as [number, number] }, { ratio: [3, 1] as [number, number] }];
  expect(amountOf({ product }, { n: 7 })).toBe(7);
});

test('D2 numbers beyond what floating point holds stay exact', () => {
  const product = [{ field: 'n' }, { ratio: [999_999_999, 1_000_000_000] as [number, number] }];
  expect(amountOf({ product }, { n: 1_000_000_000_000 })).toBe(999_999_999_000);
});

test('D2 bounds hold the rounded product and are told', () => {
  const amount = compileAmount({ product: [{ field: 'n' }], min: 5, max: 10 }, scope);
  expect(amount(seen({ n: 3 }))).toEqual({
    amount: 5n,
    factors: [
      { field: 'n', value: 3 },
      { bound: 'min', value: 5 },
    ],
  });
  expect(amount(seen({ n: 30 }))).toEqual({
    amount: 10n,
    factors: [
      { field: 'n', value: 30 },
      { bound: 'max', value: 10 },
    ],
  });
});

test('an absent field is 0, that of a list is its sum', () => {
  expect(amountOf({ product: [{ field: 'n' }] }, {})).toBe(0);
  expect(amountOf({ product: [{ field: 'items.n' }] }, { items: [{ n: 2 }, { n: 3 }, {}] })).toBe(5);
});

test('G6 the tier multiplies by its percentage; without tiers by one', () => {
  const product = [{ field: 'n' }, { tier: 'percent' as const }];
  expect(amountOf({ product }, { n: 100 }, gold)).toBe(125);
  expect(amountOf({ product }, { n: 100 })).toBe(100);
});

test('C12 a boost applies on its weekdays and between its days, both included, and is told only then', () => {
  const boosts = [
    {
      id: 'feria',
      name: { es: 'Feria' },
      ratio: [3, 2] as [number, number],
      weekdays: [2, 3],
      from: '2017-02-07',
      until: '2017-02-14',
    },
  ];
  const amount = compileAmount({ product: [{ field: 'n' }, { boost: 'feria' }] }, { ...scope, boosts });
  const on = (date: string): number => Number(amount(seen({ n: 10 }, null, date)).amount);
  expect(
    ['2017-02-01', '2017-02-06', '2017-02-07', '2017-02-08', '2017-02-09', '2017-02-14', '2017-02-15'].map(on),
  ).toEqual([10, 10, 15, 15, 10, 15, 10]);
  expect(amount(seen({ n: 10 }, null, '2017-02-06')).factors).toEqual([{ field: 'n', value: 10 }]);
});
