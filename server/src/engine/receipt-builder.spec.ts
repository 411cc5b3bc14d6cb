import { Receipt, RECEIPT_BYTES_MAX, RECEIPT_MISSED_MAX } from '@verbena/shared/ledger/receipt.js';
import { ReceiptBuilder } from './receipt-builder.js';

const LONG = 'a'.repeat(48);
const bytesOf = (receipt: Receipt): number => Buffer.byteLength(JSON.stringify(receipt));

test('D4 at most twelve that did not fire are told, in order, and that there were more', () => {
  const builder = new ReceiptBuilder();
  for (let index = 0; index < 20; index += 1) builder.miss('rule', { id: `r${index}`, rev: 1 }, ['zero', 0, 1]);
  const receipt = builder.finish();
  expect(receipt.missed.map(([id]) => id)).toEqual(
    Array.from({ length: RECEIPT_MISSED_MAX }, (_, index) => `rule:r${index}`),
  );
  expect(receipt.cut).toBe(true);
});

test('D4 what fired stands when there is too much; what did not fire goes first', () => {
  const builder = new ReceiptBuilder();
  for (let index = 0; index < 4; index += 1) {
    builder.fire(
      'rule',
      { id: LONG, rev: 1_000_000_000 },
      { currency: LONG, amount: 1_000_000_000_000, factors: [{ ratio: [1, 100] }] },
    );
  }
  for (let index = 0; index < 12; index += 1)
    builder.miss('mission', { id: LONG, rev: 1 }, ['progress:2026-11-30', 1, 10]);
  const receipt = builder.finish();
  expect(receipt.fired.length).toBe(4);
  expect(receipt.fired.every(({ factors }) => factors !== undefined)).toBe(true);
  expect(receipt.missed.length).toBeLessThan(12);
  expect(receipt.cut).toBe(true);
  expect(bytesOf(receipt)).toBeLessThanOrEqual(RECEIPT_BYTES_MAX);
});

test('D4 even when nothing but the largest fired, it fits', () => {
  const builder = new ReceiptBuilder();
  const field = `a${'b'.repeat(39)}.a${'b'.repeat(39)}`;
  for (let index = 0; index < 30; index += 1) {
    builder.fire(
      'rule',
      { id: LONG, rev: 1 },
      { currency: LONG, amount: 1, factors: [{ field, value: 1, unit: '€'.repeat(16) }] },
    );
  }
  const receipt = builder.finish();
  expect(receipt.fired.length).toBeGreaterThan(3);
  expect(bytesOf(receipt)).toBeLessThanOrEqual(RECEIPT_BYTES_MAX);
});

test.each(['€'.repeat(40), '"'.repeat(40), '\u0001'.repeat(40), '😀'.repeat(20)])(
  'D4 values of many bytes are measured in bytes: %j',
  (seen) => {
    const builder = new ReceiptBuilder();
    for (let index = 0; index < 12; index += 1)
      builder.miss('rule', { id: LONG, rev: 1 }, ['field:name:eq', seen, seen]);
    expect(bytesOf(builder.finish())).toBeLessThanOrEqual(RECEIPT_BYTES_MAX);
  },
);

test('a receipt that fits is left whole and is what the contract says', () => {
  const builder = new ReceiptBuilder();
  builder.fire(
    'rule',
    { id: 'compra', rev: 1 },
    { currency: 'puntos', amount: 36, factors: [{ field: 'totalMinor', value: 3_600, unit: 'EUR' }] },
  );
  builder.miss('rule', { id: 'cupon', rev: 2 }, ['cap:day', 4, 4]);
  const receipt = builder.finish();
  expect(Receipt.parse(receipt)).toEqual(receipt);
  expect(receipt.cut).toBeUndefined();
});
