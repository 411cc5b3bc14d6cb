import * as z from 'zod/mini';
import { Alias } from '#members/members.routes.js';
import { LocalizedName, LocalizedText } from './localized-text.js';
import { typedLine, typedName, typedText } from './typed-text.js';

const codesOf = (schema: z.ZodMiniType, value: unknown): unknown[] => {
  const { error } = z.safeParse(schema, value);
  return (error?.issues ?? []).map((issue) => (issue.code === 'custom' ? issue.params?.['code'] : issue.code));
};

test.each([
  ['a line break', 'Plaza\nMayor'],
  ['NUL', 'Plaza\0'],
  ['a line separator', 'Plaza\u2028Mayor'],
  ['a direction override', 'Plaza \u202Egro.live'],
  ['a blank of no width', 'Pla\u200Bza'],
  ['a soft hyphen', 'Pla\u00ADza'],
  ['a joiner between letters', 'Pla\u200Dza'],
  ['a filler', '\u3164'],
  ['an empty braille cell', '\u2800'],
  ['half a sign', 'Plaza\uD800x'],
])('L7 a line does not take %s', (_, text) => {
  expect(codesOf(typedLine(1, 80), text)).toEqual(['unseen']);
});

test('L7 a line takes names of all alphabets, emoji that are put together, and blanks around it', () => {
  for (const text of ['José Mª Núñez-O’Neill', '李小龍', 'Ελένη', 'Plaza ❤️ 👩🏽‍⚕️ 👨‍👩‍👧 1️⃣', 'Amig@s de la Plaza, S.L.U.'])
    expect(z.parse(typedName(80), ` ${text}\n`)).toBe(text);
});

test('L7 a line is measured and compared as it is kept: composed', () => {
  const apart = 'Pen\u0303a';
  expect(z.parse(typedLine(1, 4), apart)).toBe('Peña');
  expect(z.parse(Alias, apart)).toBe('Peña');
  expect(codesOf(typedLine(1, 3), apart)).toEqual(['too_big']);
});

test.each([
  'x.example',
  'Gana ya en https://x',
  'premio@x.example',
  'x．example',
  'x。example',
  'a.xn--p1ai',
  'x.éxample',
])('M4 a name does not take the address %s', (text) => expect(codesOf(typedName(80), text)).toEqual(['address']));

test('L7 an alias has one alphabet a word, and no address in any writing', () => {
  for (const text of ['\u0430na', 'An\u03B1', 'Ana1\u0430', 'ana\u13A0'])
    expect(codesOf(Alias, text)).toEqual(['scripts']);
  for (const text of ['Аня', 'Ana Аня', 'お茶の水', 'Ana2', 'L’Anna·1']) expect(z.parse(Alias, text)).toBe(text);
  expect(codesOf(Alias, 'ａｎａ.ｃｏｍ')).toEqual(['address']);
});

test('L7 a text of several lines keeps them and loses what nobody sees', () => {
  expect(z.parse(typedText(3, 300), 'Dos\u200B veces\r\n\tpor\u202E error\0 ')).toBe('Dos veces\n por error');
  expect(codesOf(typedText(3, 300), '\u200B\u200B\u200B')).toEqual(['too_small']);
});

test('L7 what a manager writes loses it too; how something is called is one line', () => {
  expect(z.parse(LocalizedText, { es: 'Uno\r\ndos\u202E' })).toEqual({ es: 'Uno\ndos' });
  expect(z.parse(LocalizedName, { es: 'Uno\r\ndos\u202E' })).toEqual({ es: 'Uno dos' });
});
