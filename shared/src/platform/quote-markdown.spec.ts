import { quoteOf, readQuoteMarker } from './quote-markdown.js';

const id = '01JDZ5K4V8Q2M7N3P6R-WX';
const quote = (body: string): string[] => quoteOf({ id, alias: 'Clara H.', body }).split('\n');
const marker = `> [@Clara H.](post:${id})`;

test('FB10 a quote has the whole body, and an empty line behind it', () => {
  const body = 'Uno\ndos\n\nTres\n\n- a\n  - b\n\n```js\n\n> no es cita\n```';
  expect(quote(body)).toEqual([
    ...[marker, '>', '> Uno', '> dos', '>', '> Tres', '>', '> - a', '>   - b', '>'],
    ...['> ```js', '>', '> > no es cita', '> ```', '', ''],
  ]);
});

test('FB10 what begins the body begins a block, whatever it is', () => {
  expect(quote('2. dos').slice(0, 3)).toEqual([marker, '>', '> 2. dos']);
  expect(quote('---').slice(0, 3)).toEqual([marker, '>', '> ---']);
});

test('#9 what a body quotes itself is left out, with the line right below it that belongs to it', () => {
  expect(quote('> [@Ana](post:X)\n>\n> hola\nsigue\n\nYo digo\n\n> > otra\n\n\nfin\n')).toEqual([
    ...[marker, '>', '> Yo digo', '>', '> fin', '', ''],
  ]);
  expect(quote('> hola\n- punto')).toEqual([marker, '>', '> - punto', '', '']);
  expect(quote('> hola\n>\nno es de la cita')).toEqual([marker, '>', '> no es de la cita', '', '']);
  expect(quote('> solo una cita')).toEqual([marker, '', '']);
});

test('#9 a fenced block that nobody closed stays whole', () => {
  expect(quote('~~~\n```\n\n\n> a\n')).toEqual([marker, '>', '> ~~~', '> ```', '>', '>', '> > a', '', '']);
});

test('#9 a marker is read where a block begins with it alone on its line', () => {
  const line = `[@Clara H.](post:${id})`;
  expect(readQuoteMarker(line)).toEqual({ id, alias: 'Clara H.', length: line.length });
  expect(readQuoteMarker(`${line} \nmás`)).toEqual({ id, alias: 'Clara H.', length: line.length + 2 });
  for (const other of [`${line} más`, `Mira ${line}`, '[@Clara](post:1)', `[Clara](post:${id})`, `[@](post:${id})`])
    expect(readQuoteMarker(other)).toBeNull();
});
