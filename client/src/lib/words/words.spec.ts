import { readFileSync } from 'node:fs';
import { Format } from '@verbena/shared/words/format.js';
import { findModuleFiles } from '#lib/find-module-files.js';
import { areaNameOf } from './area-name.js';
import { en } from './en.js';
import { es } from './es.js';

const spanish = findModuleFiles('.es.ts');
const english = findModuleFiles('.en.ts');
const read = async (file: string, language: 'es' | 'en'): Promise<unknown> =>
  ((await import(file)) as Record<string, unknown>)[language];
const areas: { name: string; es: unknown; en: unknown }[] = [];
// One after the other: jest cannot link two imports at once.
for (const file of spanish)
  areas.push({
    name: areaNameOf(file),
    es: await read(file, 'es'),
    en: await read(file.replace(/\.es\.ts$/, '.en.ts'), 'en').catch(() => undefined),
  });

test('every area has both languages, a name of its own, and a type', () => {
  expect(areas.length).toBeGreaterThan(30);
  expect(english.map((file) => file.replace(/\.en\.ts$/, '.es.ts'))).toEqual(spanish);
  const names = areas.map(({ name }) => name).sort();
  expect([...new Set(names)]).toEqual(names);
  const typed = spanish.flatMap((file) => {
    const [, lines = ''] = /interface AreaWordsByName \{\n([^}]*)\}/.exec(readFileSync(file, 'utf8')) ?? [];
    return [...lines.matchAll(/^ *(\w+): /gm)].map(([, name]) => name);
  });
  expect(typed.sort()).toEqual(names);
});

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
