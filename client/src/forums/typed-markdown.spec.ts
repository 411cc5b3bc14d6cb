import { putBehind, type Tool, type Typing, useTool } from './typed-markdown.js';

const sample = { words: 'texto', address: 'https://' };
/** The text after a tool, with what is selected between `‹` and `›`; it comes with them as it was. */
function after(tool: Tool, marked: string): string {
  const start = marked.indexOf('‹');
  const end = marked.indexOf('›') - 1;
  const text = marked.replaceAll(/[‹›]/g, '');
  return show(text, useTool(tool, { text, start, end }, sample));
}
function show(text: string, { from, to, put, start, end }: Typing): string {
  const typed = text.slice(0, from) + put + text.slice(to);
  return `${typed.slice(0, start)}‹${typed.slice(start, end)}›${typed.slice(end)}`;
}

test('#22 signs stand around what is selected, or around a word to type over', () => {
  expect(after('bold', 'Hola ‹mundo›!')).toBe('Hola **‹mundo›**!');
  expect(after('spoiler', '‹›')).toBe('||‹texto›||');
  expect(after('code', 'usa ‹npm›')).toBe('usa `‹npm›`');
});

test('#22 of a link the address is left to be typed', () => {
  expect(after('link', 'mira ‹esto›')).toBe('mira [esto](‹https://›)');
});

test('FB10 a quote and a list take whole lines, and a quote leaves an empty line with the cursor behind it', () => {
  expect(after('quote', 'uno\nd‹os\ntr›es\ncuatro')).toBe('uno\n> dos\n> tres\n\n‹›\ncuatro');
  expect(after('list', 'uno\nd‹›os')).toBe('uno\n- dos‹›');
  expect(after('quote', '‹›')).toBe('> ‹›');
});

test('#22 code of several lines is a block', () => {
  expect(after('code', 'así: ‹a\nb›')).toBe('así: \n```\na\nb\n```\n‹›');
});

test('#9 what is quoted comes behind what was written', () => {
  expect(show('', putBehind('', '> cita\n\n'))).toBe('> cita\n\n‹›');
  expect(show('Hola\n', putBehind('Hola\n', '> cita\n\n'))).toBe('Hola\n\n> cita\n\n‹›');
});
