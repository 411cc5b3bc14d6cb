import { Format } from '@verbena/shared/words/format.js';
import { en } from './en.js';
import { es } from './es.js';

test.each([
  ['es', es],
  ['en', en],
] as const)('every entry of %s can be said with 0, 1, 2 and a million', (language, words) => {
  const format = new Format(language);
  const say = (entry: unknown, count: number): void => {
    if (typeof entry === 'function') {
      const text: unknown = entry(new Proxy({}, { get: () => count }), format);
      expect(text).toEqual(expect.any(String));
      expect(text).not.toMatch(/undefined|NaN|\[object/);
    } else if (typeof entry === 'object' && entry !== null) {
      for (const part of Object.values(entry)) say(part, count);
    } else expect(entry).toEqual(expect.any(String));
  };
  for (const count of [0, 1, 2, 1_000_000]) say(words, count);
});

test('both languages say the same things', () => {
  const keys = (entry: unknown, path = ''): string[] =>
    typeof entry === 'object' && entry !== null
      ? Object.entries(entry).flatMap(([key, part]) => keys(part, `${path}.${key}`))
      : [path];
  expect(keys(en)).toEqual(keys(es));
});
