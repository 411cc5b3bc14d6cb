import fc from 'fast-check';
import { composed } from '@verbena/shared/platform/exact-text.js';
import { foldedText } from '@verbena/shared/platform/folded-text.js';

test.each([
  ['  ROPA  de\tHogar ', 'ropa de hogar'],
  ['Ropa\u00A0de\u3000hogar', 'ropa de hogar'],
  ['Ｒｏｐａ', 'ropa'],
  ['Ro\u00ADpa\u200B', 'ropa'],
  ['JARDI\u0301N', 'jardín'],
  ['Straße', 'strasse'],
  ['ΟΔΟΣ', 'οδος'],
  ['ﬁambre', 'fiambre'],
  ['\u200B', ''],
])('#10 %j is compared as %j', (text, wanted) => expect(foldedText(text)).toBe(wanted));

test('#10 accents are letters: what Spanish tells apart stays apart', () => {
  for (const [one, other] of [
    ['Papá', 'papa'],
    ['año', 'ano'],
    ['PAPELERIA', 'Papelería'],
    ['pingüino', 'pinguino'],
  ] as const)
    expect(foldedText(one)).not.toBe(foldedText(other));
});

test('#10 folded twice is folded once, and neither form nor case of what was sent makes a difference', () => {
  const letters = 'aAáÁñÑüÜßẞşŞéÉ ſﬁＡ１ªº\u0301\u200B\u00ADΣσςıİdžǅЖж';
  const text = fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'grapheme' })), (one) => {
      const folded = foldedText(one);
      expect(foldedText(folded)).toBe(folded);
      expect(foldedText(one.normalize('NFD'))).toBe(folded);
      expect(foldedText(one.normalize('NFKC'))).toBe(folded);
      expect(foldedText(`\u00A0${one.toUpperCase()} `)).toBe(folded);
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test('B6 what is composed is composed at every depth, and what needs nothing is the very same', () => {
  const plain = { a: ['é', 1, null, { b: true }] };
  expect(composed(plain)).toBe(plain);
  expect(composed({ a: ['e\u0301', 1, null, { b: 'n\u0303' }] })).toEqual({ a: ['é', 1, null, { b: 'ñ' }] });
  const deep = JSON.parse(`${'['.repeat(100_000)}"e\u0301"${']'.repeat(100_000)}`) as unknown;
  expect(composed(deep)).toBe(deep);
});
