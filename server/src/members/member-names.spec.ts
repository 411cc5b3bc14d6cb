import { aliasKeyOf, searchWordsOf } from './member-names.js';

test.each([
  ['ANA', 'ana'],
  ['  Ana   Belén ', 'Ana Belén'],
  // A full-width A, and an é of two characters.
  ['Ａna', 'ana'],
  ['Bele\u0301n', 'Bel\u00e9n'],
])('A1 %p and %p are the same alias', (one, other) => {
  expect(aliasKeyOf(one)).toBe(aliasKeyOf(other));
});

test.each([
  ['Aná', 'Ana'],
  ['Peña', 'Pena'],
  ['Ana B', 'AnaB'],
])('A1 %p and %p are two aliases', (one, other) => {
  expect(aliasKeyOf(one)).not.toBe(aliasKeyOf(other));
});

test('a search compares words without accents, case and signs, each once', () => {
  expect(searchWordsOf('Lucía  Peña-Núñez', "L'Hospitalet·lucia")).toEqual([
    'lucia',
    'pena',
    'nunez',
    'l',
    'hospitalet',
  ]);
  expect(searchWordsOf(null, '  ')).toEqual([]);
  expect(searchWordsOf('a'.repeat(100))).toEqual(['a'.repeat(32)]);
});
