import { readBasket } from './basket.js';
import { readMinor, UnreadableRow } from './row.js';

const row = {
  basket_id: '31198570044',
  household_id: '900',
  store_id: '330',
  at: '2017-01-01T11:53:26Z',
  lines: '2',
  units: '2',
  total: '4.09',
  retail_discount: '0.0',
  coupon_discount: '0.0',
  private_label_total: '1.1',
  departments: 'FRUIT, FRESH/CUT "A":2.99|PAN:DE MOLDE:1.10',
};

test('a basket is a purchase of its household, keyed by the basket', () => {
  expect(readBasket(row)).toEqual({
    key: '31198570044',
    type: 'purchase',
    member: { externalId: '900' },
    occurredAt: '2017-01-01T11:53:26.000Z',
    channel: 'import',
    attributes: {
      totalMinor: 409,
      privateLabelMinor: 110,
      store: '330',
      departments: [
        { name: 'FRUIT, FRESH/CUT "A"', amountMinor: 299 },
        { name: 'PAN:DE MOLDE', amountMinor: 110 },
      ],
    },
  });
});

test('a shift moves the instant by whole weeks of 168 hours and leaves the key', () => {
  // Across the change to summer time the local hour moves; the instant is what counts.
  const shifted = readBasket({ ...row, at: '2017-03-22T11:00:00Z' }, 2);
  expect(shifted).toMatchObject({ key: row.basket_id, occurredAt: '2017-04-05T11:00:00.000Z' });
  expect(readBasket(row, -1).occurredAt).toBe('2016-12-25T11:53:26.000Z');
});

test('A1 B6 a file with its accents apart names the same member, shop and departments, so lines of one stay in order', () => {
  const spanish = { ...row, household_id: 'Peña-7', store_id: 'Almería', departments: 'JARDÍN:2.99|Niños:1.10' };
  const apart = Object.fromEntries(Object.entries(spanish).map(([column, text]) => [column, text.normalize('NFD')]));
  expect(apart).not.toEqual(spanish);
  expect(readBasket(apart)).toEqual(readBasket(spanish));
  expect(readBasket(spanish)).toMatchObject({ member: { externalId: 'Peña-7' }, attributes: { store: 'Almería' } });
});

test('a basket without departments has none', () => {
  expect(readBasket({ ...row, departments: '' }).attributes?.['departments']).toEqual([]);
});

test.each([
  ['0', 0],
  ['0.5', 50],
  ['0.05', 5],
  ['0.29', 29],
  ['1.15', 115],
  ['4.35', 435],
  ['1005.01', 100_501],
  ['-2.5', -250],
  ['-0.0', 0],
  ['999999999999.99', 99_999_999_999_999],
])('money is read digit by digit: %s is %i', (text, minor) => {
  expect(readMinor(text, 'total')).toBe(minor);
});

test.each([
  ['total', '1,20'],
  ['total', '1.234'],
  ['total', '1e3'],
  ['total', ''],
  ['total', undefined],
  ['at', '2017-01-01 11:53:26'],
  ['at', '2017-13-01T11:53:26Z'],
  ['at', '2017-02-30T11:53:26Z'],
  ['at', '2017-01-01T24:00:00Z'],
  ['at', '0017-01-01T11:53:26Z'],
  ['at', '2017-01-01T11:53:26+01:00'],
  ['basket_id', ' '],
  ['household_id', undefined],
  ['departments', 'PAN'],
  ['departments', ':1.00'],
])('a line whose %s is %j says which column cannot be read', (column, value) => {
  let refusal: unknown;
  try {
    readBasket({ ...row, [column]: value });
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(UnreadableRow);
  expect(refusal).toMatchObject({ column });
});
