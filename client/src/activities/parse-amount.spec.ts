import { parseMinor, parseWhole, writeMinor } from './parse-amount.js';

describe('an amount as people type it', () => {
  test.each([
    ['es', '12,40', 1_240],
    ['es', '12.40', 1_240],
    ['es', '12,4', 1_240],
    ['es', '12', 1_200],
    ['es', ' 12,40 € ', 1_240],
    ['es', '1.240', 124_000],
    ['es', '1.240,50', 124_050],
    ['es', '1.234.567,89', 123_456_789],
    ['es', '0,05', 5],
    ['es', '0', 0],
    ['es', '-3,20', -320],
    ['es', '−3,20', -320],
    ['en', '12.40', 1_240],
    ['en', '12,40', 1_240],
    ['en', '1,240', 124_000],
    ['en', '1,240.50', 124_050],
    ['en', '£7', 700],
  ] as const)('%s: %j is %i', (language, text, minor) => {
    expect(parseMinor(text, language)).toBe(minor);
  });

  test.each([
    ['es', ''],
    ['es', 'doce'],
    ['es', '12,405'],
    ['es', '1,240'],
    ['es', '12,4,0'],
    ['es', '1.24.0'],
    ['es', '1,240.50'],
    ['es', '12,'],
    ['es', ',50'],
    ['es', '1e3'],
    ['es', '99999999999999999'],
    ['en', '1.240'],
    ['en', '1.240,50'],
    ['en', '12.405'],
  ] as const)('%s: %j is no amount rather than a wrong one', (language, text) => {
    expect(parseMinor(text, language)).toBeUndefined();
  });

  test('a currency without decimals takes none, and one with three takes three', () => {
    expect(parseMinor('1240', 'es', 0)).toBe(1_240);
    expect(parseMinor('12,4', 'es', 0)).toBeUndefined();
    expect(parseMinor('1,234', 'es', 3)).toBe(1_234);
  });

  test('what is written reads the same again', () => {
    for (const language of ['es', 'en'] as const)
      for (const minor of [0, 5, 1_240, 100_000, 123_456_789, -320])
        expect(parseMinor(writeMinor(minor, language), language)).toBe(minor);
    expect(writeMinor(1_240, 'es')).toBe('12,40');
    expect(writeMinor(1_240, 'en')).toBe('12.40');
    expect(writeMinor(1_240, 'en', 0)).toBe('1240');
  });
});

describe('a whole number as people type it', () => {
  test.each([
    ['es', '12', 12],
    ['es', '1.320', 1_320],
    ['es', '-4', -4],
    ['en', '1,320', 1_320],
  ] as const)('%s: %j is %i', (language, text, value) => {
    expect(parseWhole(text, language)).toBe(value);
  });

  test.each([
    ['es', ''],
    ['es', '1,5'],
    ['es', '1.5'],
    ['es', '1320.'],
    ['en', '1.320'],
    ['en', 'x'],
  ] as const)('%s: %j is none', (language, text) => {
    expect(parseWhole(text, language)).toBeUndefined();
  });
});
