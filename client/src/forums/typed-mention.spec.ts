import { completeMention, typedMention } from './typed-mention.js';

test.each([
  ['@a', { from: 0, name: 'a' }],
  ['Hola @Luc', { from: 5, name: 'Luc' }],
  ['(@ana.lópez', { from: 1, name: 'ana.lópez' }],
  ['Hola @"Lucía H', { from: 5, name: 'Lucía H' }],
  ['Hola «@“Ana', { from: 6, name: 'Ana' }],
])('#10 a name is being written in %j', (text, typed) => expect(typedMention(text, text.length)).toEqual(typed));

test.each(['', '@', 'Hola @ana ', 'ana@beto', 'https://a.b/@ana', 'Hola @-', '@ana y', 'a@"Ana'])(
  '#10 none is in %j',
  (text) => expect(typedMention(text, text.length)).toBeNull(),
);

test('#10 only what stands before the cursor counts, and it gives way to the whole mention with a blank behind it', () => {
  const text = 'Hola @lu, ¿vienes?';
  const typed = typedMention(text, 8);
  expect(typed).toEqual({ from: 5, name: 'lu' });
  if (typed === null) throw new Error('None was found.');
  expect(completeMention(typed, 8, 'Lucía H.')).toEqual({ from: 5, to: 8, put: '@"Lucía H." ', start: 17, end: 17 });
  expect(completeMention(typed, 8, 'Luis')).toMatchObject({ put: '@Luis ' });
});
