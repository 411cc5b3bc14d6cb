import { slugOfTitle } from './slug-of-title.js';

test.each([
  ['¿Cuándo abre la terraza?', 'cuando-abre-la-terraza'],
  ['Año nuevo, 2027: ¡las mañanas!', 'ano-nuevo-2027-las-mananas'],
  ['日本', 'hilo'],
  ['a'.repeat(80), 'a'.repeat(60)],
  [`${'palabra '.repeat(10)}fin`, 'palabra-palabra-palabra-palabra-palabra-palabra-palabra'],
])('#51 the title %j in an address', (title, slug) => {
  expect(slugOfTitle(title)).toBe(slug);
});
