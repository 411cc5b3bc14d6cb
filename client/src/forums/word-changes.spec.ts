import { changesOf } from './word-changes.js';

const shown = (before: string, after: string): string =>
  changesOf(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}{${text}}`))
    .join('');

test('#15 what came and what went between two versions, and nothing else', () => {
  expect(shown('Abre el viernes', 'Abre el sábado')).toBe('Abre el -{viernes}+{sábado}');
  expect(shown('uno dos tres', 'uno tres')).toBe('uno -{dos }tres');
  expect(shown('', 'hola')).toBe('+{hola}');
  expect(shown('igual', 'igual')).toBe('igual');
});

test('#15 both texts can be read out of the changes, also of long ones', () => {
  const before = Array.from({ length: 1_500 }, (_, at) => `a${at}`).join(' ');
  const after = Array.from({ length: 1_500 }, (_, at) => `b${at}`).join(' ');
  for (const [old, fresh] of [
    [before, after],
    ['a b\n\nc  d', 'b c\n d e'],
  ] as const) {
    const changes = changesOf(old, fresh);
    const without = (left: string) => changes.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('');
    expect([without('added'), without('removed')]).toEqual([old, fresh]);
  }
});
