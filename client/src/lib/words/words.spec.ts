import { Format } from '@verbena/shared/words/format.js';
import { AREAS } from './areas.js';
import { en } from './en.js';
import { es } from './es.js';

const areas = await Promise.all(
  Object.entries(AREAS).map(async ([name, area]) => ({ name, es: await area.es(), en: await area.en() })),
);

test.each([
  ['es', 'the shell', es],
  ['en', 'the shell', en],
  ...areas.map((area) => ['es', area.name, area.es] as const),
  ...areas.map((area) => ['en', area.name, area.en] as const),
] as const)('every entry of %s, %s, can be said with 0, 1, 2 and a million', (language, _, words) => {
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
  for (const area of areas) expect([area.name, keys(area.en)]).toEqual([area.name, keys(area.es)]);
});
